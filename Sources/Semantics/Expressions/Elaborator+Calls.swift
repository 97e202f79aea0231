import Diagnostics
import Program
import Syntax

extension Elaborator {
    func call(
        _ callee: ExprTree, _ arguments: [ExprTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let parts = callee.pathParts else {
            report(.wrongKindOfName, "only functions, handlers and cases are called", at: callee.span)
            return nil
        }
        let names = parts.map(\.text)
        if body.find(names[0]) != nil, parts.count == 1 {
            report(.wrongKindOfName, "`\(names[0])` is a local, which can't be called", at: callee.span)
            return nil
        }
        if let symbol = lookUp(names, in: body.instance) {
            switch symbol {
            case .function(let id): return call(function: id, arguments, span, body)
            case .handler(let id): return call(handler: id, arguments, span, body)
            case .type, .constant, .variable, .place, .process, .property, .module: break
            }
        }
        if isInError(names, in: body.instance) { return nil }
        if let expr = constructorCall(parts, arguments, hint, span, body) { return expr.value }
        if parts.count == 1, let expr = builtinCall(names[0], arguments, hint, span, body) { return expr.value }
        reportUnknownCallee(parts, body)
        return nil
    }

    /// The result of an attempt: found, with the expression or (after a report) without.
    struct Attempt { let value: Expr? }

    /// What may be called without being declared.
    static let builtinOperations = ["exchange", "cmpxchg", "fetch_add", "some", "locked", "int"]

    // MARK: Cases

    private func constructorCall(
        _ parts: [Name], _ arguments: [ExprTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Attempt? {
        guard let name = parts.last else { return nil }
        if parts.count == 1, name.text == "some" {
            guard arguments.count == 1 else {
                report(.wrongArguments, "`some` takes one value", at: span)
                return Attempt(value: nil)
            }
            let wrapped = unwrapped(hint)
            let inner = wrapped.map { check(arguments[0], expecting: $0, body) } ?? infer(arguments[0], hint: nil, body)
            return Attempt(value: inner.map { Expr(.makeSome($0), .optional(wrapped ?? $0.type), span) })
        }
        var module = body.instance
        var owner: EnumID?
        for part in parts.dropLast() {
            switch symbol(named: part.text, in: module) {
            case .module(let next): module = next
            case .type(.enumeration(let id)): owner = id
            case .type, .constant, .variable, .place, .function, .handler, .process, .property, nil: return nil
            }
        }
        guard let (id, index) = findCase(name.text, owner.map { .enumeration($0) } ?? hint, module) else { return nil }
        return Attempt(value: makeCase(id, index, arguments, span, body))
    }

    private func makeCase(
        _ id: EnumID, _ index: Int, _ arguments: [ExprTree], _ span: Span, _ body: BodyScope
    ) -> Expr? {
        let item = program[id].cases[index]
        guard let values = checkedArguments(arguments, item.payload.map(\.type), item.name, span, body) else {
            return nil
        }
        return Expr(.makeCase(id, case: index, values), .enumeration(id), span)
    }

    private func checkedArguments(
        _ trees: [ExprTree], _ types: [Type], _ name: String, _ span: Span, _ body: BodyScope
    ) -> [Expr]? {
        guard trees.count == types.count else {
            report(
                .wrongArguments,
                "`\(name)` takes \(types.count) argument\(types.count == 1 ? "" : "s"), and gets "
                    + "\(trees.count)", at: span)
            return nil
        }
        let result = zip(trees, types).map { check($0, expecting: $1, body) }
        return result.contains { $0 == nil } ? nil : result.compactMap { $0 }
    }

    // MARK: Functions and handlers

    func call(function id: FunctionID, _ arguments: [ExprTree], _ span: Span, _ body: BodyScope) -> Expr? {
        let function = program[id]
        let types = function.scope.parameters.map { function.scope.locals[$0.raw].type }
        guard let values = checkedArguments(arguments, types, function.name, span, body) else { return nil }
        return Expr(.call(id, values), function.result, span)
    }

    /// A call of a handler becomes a statement in front of the one in which it stands.
    private func call(handler id: HandlerID, _ arguments: [ExprTree], _ span: Span, _ body: BodyScope) -> Expr? {
        guard let statement = callStatement(id, arguments, needsResult: true, span, body) else { return nil }
        guard case .call(_, _, let result?) = statement.kind else { return nil }
        body.pending.append(statement)
        return Expr(.local(result), program[id].result, span)
    }

    /// A call with its result, if wanted, in a hidden local.
    func callStatement(
        _ id: HandlerID, _ arguments: [ExprTree], needsResult: Bool, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        let handler = program[id]
        guard mayCall(handler, span, body) else { return nil }
        let types = handler.scope.parameters.map { handler.scope.locals[$0.raw].type }
        guard let values = checkedArguments(arguments, types, handler.name, span, body) else { return nil }
        let wanted = needsResult && handler.result != .unit
        if needsResult, handler.result == .unit {
            report(.typeMismatch, "`\(handler.name)` returns nothing", at: span)
            return nil
        }
        let result = wanted ? body.hidden(handler.name, handler.result, isMutable: false, at: span) : nil
        return Stmt(id: newStatementID(), .call(id, values, result: result), span, role: .local)
    }

    private func mayCall(_ handler: Handler, _ span: Span, _ body: BodyScope) -> Bool {
        switch body.kind {
        case .handler(_, let isGhost):
            if isGhost != handler.isGhost {
                report(
                    isGhost ? .ghostWritesReal : .misplacedStatement,
                    isGhost
                        ? "a ghost handler can't call `\(handler.name)`, which is no ghost"
                        : "`\(handler.name)` is a ghost handler: write `commit \(handler.name)(…)`", at: span)
                return false
            }
        case .process:
            if handler.isGhost {
                report(
                    .misplacedStatement, "`\(handler.name)` is a ghost handler: write `commit \(handler.name)(…)`",
                    at: span,
                    fixIts: [
                        FixIt("insert `commit`", replace: Span(span.source, span.start, span.start), with: "commit ")
                    ])
                return false
            }
        case .initial: break
        case .constant, .function, .variable, .property:
            report(.misplacedStatement, "a handler can't be called here; functions can", at: span)
            return false
        }
        guard body.allowsCalls else {
            report(
                .misplacedStatement, "a call can't stand here: it would only sometimes be made, or more than once",
                at: span, notes: [Note("bind its result with `let` before")])
            return false
        }
        return true
    }

    // MARK: Built-in operations

    private func builtinCall(
        _ name: String, _ arguments: [ExprTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Attempt? {
        switch name {
        case "exchange", "cmpxchg", "fetch_add":
            return Attempt(value: readModifyWrite(name, arguments, span, body))
        case "locked":
            guard arguments.count == 1 else {
                report(.wrongArguments, "`locked` takes one lock", at: span)
                return Attempt(value: nil)
            }
            guard let place = place(arguments[0], body) else { return Attempt(value: nil) }
            guard isLock(place.type) else {
                report(
                    .typeMismatch, "`locked` takes a lock, and this is \(describe(place.type))", at: arguments[0].span)
                return Attempt(value: nil)
            }
            return Attempt(value: Expr(.locked(place), .bool, span))
        case "int":
            guard arguments.count == 1 else {
                report(.wrongArguments, "`int` takes one value", at: span)
                return Attempt(value: nil)
            }
            guard let inner = infer(arguments[0], hint: nil, body) else { return Attempt(value: nil) }
            guard case .bits(let width) = inner.type, width < 64 else {
                report(.typeMismatch, "`int` takes fewer than 64 bits, not \(describe(inner.type))", at: span)
                return Attempt(value: nil)
            }
            return Attempt(value: Expr(.toInt(inner), .int, span))
        default: return nil  // any other name is no built-in
        }
    }

    private func readModifyWrite(_ name: String, _ arguments: [ExprTree], _ span: Span, _ body: BodyScope) -> Expr? {
        let count = name == "cmpxchg" ? 3 : 2
        guard arguments.count == count else {
            report(.wrongArguments, "`\(name)` takes \(count) arguments, and gets \(arguments.count)", at: span)
            return nil
        }
        guard body.allowsCalls else {
            report(
                .misplacedStatement, "`\(name)` can't stand here: it would only sometimes be done, or more than once",
                at: span, notes: [Note("bind its result with `let` before")])
            return nil
        }
        guard let place = place(arguments[0], body) else { return nil }
        guard isCell(place.type) || isInteger(place.type), !isLock(place.type) else {
            report(.typeMismatch, "`\(name)` works on one cell, not on \(describe(place.type))", at: arguments[0].span)
            return nil
        }
        guard writable(place, body), owned(place, arguments[0], body),
            let operation = operation(name, arguments, place, body)
        else { return nil }
        let result = body.hidden(name, place.type, isMutable: false, at: span)
        body.pending.append(
            Stmt(id: newStatementID(), .readModifyWrite(result, place, operation), span, role: .access))
        return Expr(.local(result), place.type, span)
    }

    private func operation(
        _ name: String, _ arguments: [ExprTree], _ place: Place, _ body: BodyScope
    ) -> ReadModifyWrite? {
        if name == "cmpxchg" {
            guard let expected = check(arguments[1], expecting: place.type, body),
                let new = check(arguments[2], expecting: place.type, body)
            else { return nil }
            return .compareExchange(expected: expected, new: new)
        }
        if name == "exchange" { return check(arguments[1], expecting: place.type, body).map { .exchange($0) } }
        guard isInteger(place.type) else {
            report(.typeMismatch, "`fetch_add` needs a number, not \(describe(place.type))", at: arguments[0].span)
            return nil
        }
        return check(arguments[1], expecting: .int, body).map { .fetchAdd($0) }
    }

    // MARK: Places

    /// A written place: something shared that can be read and written.
    func place(_ tree: ExprTree, _ body: BodyScope) -> Place? {
        guard let expr = infer(tree, hint: nil, body) else { return nil }
        guard case .read(let place, racy: false) = expr.kind else {
            report(.notAssignable, "this is no shared place", at: tree.span)
            return nil
        }
        return place
    }

    /// Whether this body may write the variable: it belongs to the module, and it is not chosen once and for all.
    func writable(_ place: Place, _ body: BodyScope) -> Bool {
        let variable = program[place.variable]
        if variable.role == .symbolicConstant {
            report(.notAssignable, "`\(variable.name)` is a constant", at: place.span)
            return false
        }
        if case .initial = body.kind { return true }
        if variable.role == .ghost, !body.isGhost {
            report(
                .notAssignable, "`\(variable.name)` is a ghost variable: only ghost handlers write it", at: place.span,
                notes: [Note("put the assignment into a `ghost handler` and `commit` it")])
            return false
        }
        if variable.role == .shared, body.isGhost {
            report(
                .ghostWritesReal, "a ghost handler can't write `\(variable.name)`, which is no ghost", at: place.span)
            return false
        }
        return true
    }
}
