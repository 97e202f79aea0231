import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// A set, or a type that stands for the set of all its values (`Mm`, `Value`).
    ///
    /// - Parameter isChosenFrom: one value is taken, and nobody goes through them: there may be any number of bits or numbers,
    ///   alone or inside other values.
    func setExpr(_ tree: ExprTree, element: Type?, _ body: BodyScope, isChosenFrom: Bool = false) -> Expr? {
        if let type = typeNamed(by: tree, body) {
            if isChosenFrom, isNumeric(type) || (kinds(of: type) ?? .max) <= Self.mostKinds {
                return Expr(.allOf(type), .set(type), tree.span)
            }
            return allValues(of: type, tree.span)
        }
        if case .allOf(let inner) = tree.kind {
            guard let type = typeNamed(by: inner, body) else {
                report(.wrongKindOfName, "`all` needs the name of a domain or type here", at: inner.span)
                return nil
            }
            return allValues(of: type, tree.span)
        }
        guard let expr = infer(tree, hint: element.map { .set($0) }, body) else { return nil }
        guard case .set = expr.type else {
            report(.typeMismatch, "a set is needed here, but this is \(describe(expr.type))", at: tree.span)
            return nil
        }
        return expr
    }

    private func typeNamed(by tree: ExprTree, _ body: BodyScope) -> Type? {
        guard let parts = tree.pathParts, body.find(parts[0].text) == nil else { return nil }
        if case .type(let type) = lookUp(parts.map(\.text), in: body.instance) { return type }
        if parts.count == 1, parts[0].text == "bool" { return .bool }
        return nil
    }

    private static let mostKinds = 4096

    /// How many values there are that differ by more than bits and numbers of which there are too many to try all; nil for
    /// a type that has other parts with too many values.
    private func kinds(of type: Type) -> Int? {
        if let few = program.allValues(of: type, limit: 1 << 16) { return few.count }
        switch type {
        case .bits, .range: return 1
        case .optional(let wrapped): return kinds(of: wrapped).map { $0 + 1 }
        case .record(let id): return kinds(of: program[id].fields)
        case .enumeration(let id):
            return program[id].cases.reduce(Optional(0)) { sum, one in
                guard let sum, let own = kinds(of: one.payload) else { return nil }
                return sum + own
            }
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .set, .lock: return nil
        }
    }

    private func kinds(of fields: [Field]) -> Int? {
        fields.reduce(Optional(1)) { product, field in
            guard let product, let own = kinds(of: field.type), product <= Self.mostKinds else { return nil }
            return product * own
        }
    }

    private func isNumeric(_ type: Type) -> Bool {
        switch type {
        case .bits, .range: true
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .enumeration, .record, .set, .optional, .lock: false
        }
    }

    private func allValues(of type: Type, _ span: Span) -> Expr? {
        guard program.allValues(of: type) != nil else {
            report(.tooLarge, "\(describe(type)) has too many values to go through", at: span)
            return nil
        }
        return Expr(.allOf(type), .set(type), span)
    }

    func setLiteral(_ members: [ExprTree], _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        var element: Type?
        if case .set(let type) = unwrapped(hint) { element = type }
        guard let first = members.first else {
            guard let element else {
                // `{}` fits any set: the place where it is used says which.
                return Expr(.constant(.set([])), .set(.unit), span)
            }
            return Expr(.constant(.set([])), .set(element), span)
        }
        if element == nil {
            guard let expr = infer(first, hint: nil, body) else { return nil }
            element = expr.type == .int ? numbers(members, body) : expr.type
        }
        guard let element, let type = checkedSet(of: element, at: span) else { return nil }
        var result: [Expr] = []
        for member in members {
            guard let expr = check(member, expecting: element, body) else { return nil }
            result.append(expr)
        }
        return Expr(.setOf(result), type, span)
    }

    /// The range that holds all numbers of a set literal.
    private func numbers(_ members: [ExprTree], _ body: BodyScope) -> Type? {
        var low = Int64.max
        var high = Int64.min
        for member in members {
            guard let expr = infer(member, hint: .int, body) else { return nil }
            guard let (least, most) = interval(of: expr), least > -Self.boundLimit, most < Self.boundLimit else {
                report(.cannotInfer, "which numbers this set may hold is not clear here", at: member.span)
                return nil
            }
            low = min(low, least)
            high = max(high, most)
        }
        return .range(lower: low, upper: high, wraps: false)
    }

    func comprehension(_ tree: BinderTree, _ span: Span, _ body: BodyScope) -> Expr? {
        body.inFrame {
            guard let binder = binder(tree, body), case .set(let element) = binder.set.type,
                let type = checkedSet(of: element, at: span)
            else { return nil }
            return Expr(.comprehension(binder), type, span)
        }
    }

    /// A binder; its name is visible in the current frame from here on.
    func binder(_ tree: BinderTree, _ body: BodyScope, isChoice: Bool = false) -> Binder? {
        guard let set = body.withoutCalls({ setExpr(tree.set, element: nil, body, isChosenFrom: isChoice) }),
            case .set(let element) = set.type
        else {
            body.declareBroken(tree.name.text)
            return nil
        }
        rejectReuse(tree.name, body)
        let local = body.declare(tree.name, element)
        guard let condition = tree.condition else { return Binder(local: local, set: set, condition: nil) }
        let checked = body.inFrame { body.withoutCalls { check(condition, expecting: .bool, body) } }
        return checked.map { Binder(local: local, set: set, condition: $0) }
    }

    /// A local may not take the name of another local that is visible.
    func rejectReuse(_ name: Name, _ body: BodyScope) {
        switch body.find(name.text) {
        case .local(let id):
            report(
                .duplicateName, "`\(name.text)` already names a local here", at: name.span,
                notes: [Note("it is introduced here", at: body.locals[id.raw].span)])
        case .substitution:
            report(.duplicateName, "`\(name.text)` already names something here", at: name.span)
        case .broken: return
        case nil: rejectShadowing(name, body)
        }
    }

    /// A local may not hide a variable or constant of its module either: one of the two would be meant by mistake.
    private func rejectShadowing(_ name: Name, _ body: BodyScope) {
        guard let declaration = body.instance.declarations[name.text] else { return }
        switch declaration.kind {
        case .variable, .constant:
            report(
                .duplicateName, "`\(name.text)` already names a \(declaration.kindInWords) of this module",
                at: name.span,
                notes: [Note("declared here", at: declaration.names.first { $0.text == name.text }?.span)])
        case .domain, .typeAlias, .enumeration, .record, .function, .initial, .handler, .process, .property, .scenario,
            .variant, .error:
            return
        }
    }

    func quantified(
        _ quantifier: Quantifier, _ trees: [BinderTree], _ inner: ExprTree?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        body.inFrame {
            let binders = trees.map { binder($0, body) }
            var condition = Expr(.constant(.bool(true)), .bool, span)
            if let inner {
                guard let checked = body.withoutCalls({ check(inner, expecting: .bool, body) }) else { return nil }
                condition = checked
            }
            guard !binders.contains(where: { $0 == nil }) else { return nil }
            let all = binders.compactMap { $0 }
            switch quantifier {
            case .all: return Expr(.quantified(.all, all, condition), .bool, span)
            case .some: return Expr(.quantified(.some, all, condition), .bool, span)
            case .count: return Expr(.quantified(.count, all, condition), .int, span)
            }
        }
    }
}
