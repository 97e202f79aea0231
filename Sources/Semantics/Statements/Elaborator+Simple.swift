import Diagnostics
import Program
import Syntax

extension Elaborator {
    // MARK: Assignments and bindings

    func assignment(
        _ target: ExprTree, _ operation: AssignOperator, _ value: ExprTree, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        let resolved: AssignOperation =
            switch operation {
            case .set: .set
            case .add: .add
            case .subtract: .subtract
            }
        guard let place = infer(target, hint: nil, body) else { return nil }
        switch place.kind {
        case .read(let place, racy: false):
            guard !containsLock(place.type) else {
                report(
                    .notAssignable, "a lock changes by `lock` and `unlock` only", at: target.span,
                    notes: isLock(place.type)
                        ? [] : [Note("\(describe(place.type)) holds a lock: assign its other fields")])
                return nil
            }
            guard writable(place, body), owned(place, target, body),
                let checked = assigned(value, place.type, resolved, body)
            else { return nil }
            return make(.assign(place, resolved, checked), span)
        case .constant where isFieldOfPlace(target, body):
            _ = assigned(value, place.type, resolved, body)
            return nil
        default: return localAssignment(place, target, resolved, value, span, body)  // a local, or nothing assignable
        }
    }

    /// A field of a place reads as a constant where it is switched off in this configuration: what is assigned to it
    /// goes nowhere.
    private func isFieldOfPlace(_ target: ExprTree, _ body: BodyScope) -> Bool {
        guard case .member(let base, _) = target.kind, case .read = infer(base, hint: nil, body)?.kind else {
            return false
        }
        return true
    }

    private func localAssignment(
        _ place: Expr, _ target: ExprTree, _ operation: AssignOperation, _ value: ExprTree, _ span: Span,
        _ body: BodyScope
    ) -> Stmt? {
        guard let (local, path) = localPath(place) else {
            reportNotAssignable(target, body)
            return nil
        }
        guard body.locals[local.raw].isMutable else {
            let name = body.locals[local.raw].name
            report(
                .notAssignable, "`\(name)` can't be assigned: it was bound by `let`, or is a parameter",
                at: target.span,
                notes: [Note("bound here; a `var` may be assigned", at: body.locals[local.raw].span)])
            return nil
        }
        return assigned(value, place.type, operation, body)
            .map { make(.assignLocal(local, path, operation, $0), span) }
    }

    private func reportNotAssignable(_ target: ExprTree, _ body: BodyScope) {
        guard let parts = target.pathParts, let symbol = lookUp(parts.map(\.text), in: body.instance) else {
            report(.notAssignable, "this can't be assigned to", at: target.span)
            return
        }
        report(
            .notAssignable,
            "`\(parts.map(\.text).joined(separator: "."))` is \(kind(of: symbol)), which can't be assigned to",
            at: target.span)
    }

    private func localPath(_ expr: Expr) -> (LocalID, [InnerField])? {
        switch expr.kind {
        case .local(let id): return (id, [])
        case .field(let base, let number): return localPath(base).map { ($0.0, $0.1 + [.record(number)]) }
        case .payload(let base, let index, let field):
            return localPath(base).map { ($0.0, $0.1 + [.payload(case: index, field: field)]) }
        case .unwrap(let base): return localPath(base).map { ($0.0, $0.1 + [.some]) }
        default: return nil  // any other expression names no local
        }
    }

    /// The right side of an assignment of the given kind to a target of a type.
    private func assigned(
        _ value: ExprTree, _ type: Type, _ operation: AssignOperation, _ body: BodyScope
    ) -> Expr? {
        if operation == .set { return check(value, expecting: type, body) }
        switch type {
        case .int, .range: return check(value, expecting: .int, body)
        case .bits: return check(value, expecting: type, body)
        case .set(let element):
            guard let expr = infer(value, hint: value.isSetShaped ? type : element, body) else { return nil }
            if case .set = expr.type { return coerce(expr, to: type) }
            return coerce(expr, to: element)
        case .unit, .bool, .rangeOrUnbounded, .domain, .enumeration, .record, .optional, .lock:
            report(
                .typeMismatch, "`\(operation == .add ? "+=" : "-=")` needs a number or a set, not \(describe(type))",
                at: value.span)
            return nil
        }
    }

    /// A module's variables are written by that module only; the root's `init` may set any.
    func owned(_ place: Place, _ target: ExprTree, _ body: BodyScope) -> Bool {
        if case .initial = body.kind, body.instance.isRoot { return true }
        guard let owner = owners[place.variable], owner !== body.instance else { return true }
        // A hole bound to a place of the importer was handed over on purpose.
        var base = target
        while let inner = base.basePlace { base = inner }
        if let parts = base.pathParts, parts.count == 1,
            case .place = symbol(named: parts[0].text, in: body.instance)
        {
            return true
        }
        if let parts = base.pathParts, parts.count == 1, body.instance.bindings[parts[0].text] != nil { return true }
        report(
            .writtenOutside, "`\(program[place.variable].name)` belongs to another module, which alone writes it",
            at: target.span,
            notes: [
                Note("declared here", at: program[place.variable].span),
                Note("call a handler of that module"),
            ])
        return false
    }

    /// `let`, `var`. Where they are in error the name is there all the same, so that its uses are not errors, too.
    func binding(
        _ name: Name, _ type: TypeTree?, _ value: ExprTree?, _ isMutable: Bool, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        let result = checkedBinding(name, type, value, isMutable, span, body)
        if result == nil, body.find(name.text) == nil { body.declareBroken(name.text) }
        return result
    }

    private func checkedBinding(
        _ name: Name, _ type: TypeTree?, _ value: ExprTree?, _ isMutable: Bool, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        var declared: Type?
        if let type {
            guard let resolved = resolve(type, in: body.instance) else { return nil }
            declared = resolved
        }
        guard let value else {
            guard let declared else {
                report(.cannotInfer, "`var \(name.text)` needs a type or a value", at: span)
                return nil
            }
            rejectReuse(name, body)
            guard declared != .int else {
                report(.cannotInfer, "a local that is assigned needs bounds: `a..b`", at: type?.span ?? span)
                return nil
            }
            guard isPassable(declared, at: type?.span ?? span) else { return nil }
            let local = body.declare(name, declared, isMutable: true)
            if let domain = singledOut(in: program.defaultValue(of: declared)) { body.unset[local] = domain }
            return make(.bind(local, Expr(.constant(program.defaultValue(of: declared)), declared, span)), span)
        }
        let checked = declared.map { check(value, expecting: $0, body) } ?? infer(value, hint: nil, body)
        rejectReuse(name, body)
        guard let checked, let kept = storable(checked, value.span) else {
            if let declared, declared != .int { _ = body.declare(name, declared, isMutable: isMutable) }
            return nil
        }
        if isMutable, declared == nil || declared == .int, isInteger(checked.type), checked.type == .int {
            report(
                .cannotInfer, "which values `\(name.text)` may take later is not clear; give it a type",
                at: name.span, notes: [Note("`var \(name.text): 0..7 = …`, say")])
        }
        let type = declared.flatMap { $0 == .int ? nil : $0 } ?? kept.type
        if !isMutable, kept.type == type, let last = renamedCall(kept, name, body) { return last }
        let local = body.declare(name, type, isMutable: isMutable)
        return make(.bind(local, kept), span)
    }

    /// `let x = f(…)`: the call's result is `x` itself, so there is no further statement.
    private func renamedCall(_ value: Expr, _ name: Name, _ body: BodyScope) -> Stmt? {
        guard case .local(let temporary) = value.kind, let last = body.pending.last else { return nil }
        switch last.kind {
        case .call(let handler, let arguments, result: temporary):
            let local = body.declare(name, value.type)
            body.pending.removeLast()
            return Stmt(id: last.id, .call(handler, arguments, result: local), last.span, role: last.role)
        case .readModifyWrite(temporary, let place, let operation):
            let local = body.declare(name, value.type)
            body.pending.removeLast()
            return Stmt(id: last.id, .readModifyWrite(local, place, operation), last.span, role: last.role)
        default: return nil  // the value comes from an earlier statement
        }
    }

    /// A value that a local can hold: integers need bounds.
    private func storable(_ expr: Expr, _ span: Span) -> Expr? {
        switch expr.type {
        case .int:
            guard let (lower, upper) = interval(of: expr), lower > -Self.boundLimit, upper < Self.boundLimit else {
                report(.cannotInfer, "which values this local may have is not clear; give it a type", at: span)
                return nil
            }
            return Expr(expr.kind, .range(lower: lower, upper: upper, wraps: false), expr.span)
        case .set(.unit) where isEmptySet(expr):
            report(.cannotInfer, "what this set may hold is not clear; give the local a type", at: span)
            return nil
        case .lock, .record:
            guard containsLock(expr.type) else { return expr }
            report(
                .typeMismatch,
                isLock(expr.type) ? "a lock has no value" : "\(describe(expr.type)) holds a lock, and has no value",
                at: span)
            return nil
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .domain, .enumeration, .set, .optional: return expr
        }
    }

    // MARK: Calls

    func expressionStatement(_ tree: ExprTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard case .call(let callee, let arguments) = tree.kind, let parts = callee.pathParts else {
            report(
                .misplacedStatement, "this has a value, but does nothing", at: span,
                notes: [Note("a statement assigns, calls, locks, waits, chooses or leaves")])
            return nil
        }
        if case .handler(let id) = lookUp(parts.map(\.text), in: body.instance) {
            return callStatement(id, arguments, needsResult: false, span, body)
        }
        guard infer(tree, hint: nil, body) != nil else { return nil }
        guard let last = body.pending.last, case .readModifyWrite(_, let place, let operation) = last.kind else {
            report(.misplacedStatement, "this has a value, but does nothing", at: span)
            return nil
        }
        body.pending.removeLast()
        return Stmt(id: last.id, .readModifyWrite(nil, place, operation), span, role: .access)
    }

    func returnStatement(_ value: ExprTree?, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard case .handler(let result, _) = body.kind, result != .unit else {
            if let value { report(.typeMismatch, "nothing is returned here", at: value.span) }
            return make(.returnValue(nil), span)
        }
        guard let value else {
            report(.typeMismatch, "a value of \(describe(result)) must be returned here", at: span)
            return nil
        }
        return check(value, expecting: result, body).map { make(.returnValue($0), span) }
    }
}

extension ExprTree {
    /// What an index or member access starts from.
    var basePlace: ExprTree? {
        switch kind {
        case .index(let base, _): base
        case .member(let base, _): pathParts == nil ? base : nil
        case .unwrap(let base): base
        case .number, .bool, .string, .name, .slice, .call, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .racy,
            .old, .unbounded, .error:
            nil
        }
    }
}
