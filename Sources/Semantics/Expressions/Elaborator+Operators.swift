import Diagnostics
import Program
import Syntax

extension Elaborator {
    func unary(_ operation: UnaryOperator, _ operand: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr?
    {
        switch operation {
        case .not:
            return body.inFrame { check(operand, expecting: .bool, body) }
                .map { Expr(.unary(.not, $0), .bool, span) }
        case .negate:
            guard let expr = infer(operand, hint: .int, body), isNumber(expr) else { return nil }
            if case .constant(.int(let value)) = expr.kind, value != .min {
                return Expr(.constant(.int(-value)), .int, span)
            }
            return Expr(.unary(.negate, expr), .int, span)
        case .complement:
            guard let expr = infer(operand, hint: hint, body) else { return nil }
            guard case .bits = expr.type else {
                report(.typeMismatch, "`~` needs bits, and this is \(describe(expr.type))", at: operand.span)
                return nil
            }
            return Expr(.unary(.complement, expr), expr.type, span)
        }
    }

    func binary(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        switch operation {
        case .implies, .or, .and: return logical(operation, left, right, span, body)
        case .equal, .notEqual: return equality(operation, left, right, span, body)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return ordered(operation, left, right, span, body)
        case .isIn, .isNotIn: return membership(left, right, negated: operation == .isNotIn, span, body)
        case .bitOr, .bitXor: return onBits(operation == .bitOr ? .bitsOr : .bitsXor, left, right, hint, span, body)
        case .bitAnd: return bitAnd(left, right, hint, span, body)
        case .shiftLeft, .shiftRight: return shift(operation, left, right, hint, span, body)
        case .concatenate: return concatenate(left, right, span, body)
        case .add, .subtract: return additive(operation, left, right, hint, span, body)
        case .multiply: return multiply(left, right, hint, span, body)
        }
    }

    private func logical(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        // What the left side of `and` and `implies` binds is visible on the right; `and` lets it out, too.
        func both() -> (Expr, Expr)? {
            let first = check(left, expecting: .bool, body)
            let second = body.withoutCalls { check(right, expecting: .bool, body) }
            guard let first, let second else { return nil }
            return (first, second)
        }
        switch operation {
        case .and: return both().map { Expr(.binary(.and, $0, $1), .bool, span) }
        case .implies: return body.inFrame { both() }.map { Expr(.binary(.implies, $0, $1), .bool, span) }
        default:  // `or`: neither side sees what the other binds
            let first = body.inFrame { check(left, expecting: .bool, body) }
            let second = body.inFrame { body.withoutCalls { check(right, expecting: .bool, body) } }
            guard let first, let second else { return nil }
            return Expr(.binary(.or, first, second), .bool, span)
        }
    }

    private func equality(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let (first, second) = sameType(left, right, body) else { return nil }
        if containsLock(first.type) {
            report(.typeMismatch, "a lock has no value to compare; `locked(x)` tells whether it is held", at: span)
            return nil
        }
        return Expr(.binary(operation == .equal ? .equal : .notEqual, first, second), .bool, span)
    }

    /// Both sides, brought to one type. The side that says its type itself is looked at first.
    private func sameType(_ left: ExprTree, _ right: ExprTree, _ body: BodyScope) -> (Expr, Expr)? {
        operands(left, right, nil, body).flatMap { unified($0, $1) }
    }

    /// Both sides. The one that tells its type is looked at first and is the hint for the other; calls are made from
    /// left to right all the same.
    private func operands(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ body: BodyScope) -> (Expr, Expr)? {
        guard needsHint(left, body), !needsHint(right, body) else {
            guard let first = infer(left, hint: hint, body) else {
                _ = infer(right, hint: hint, body)
                return nil
            }
            return infer(right, hint: first.type, body).map { (first, $0) }
        }
        let before = body.pending
        body.pending = []
        guard let second = infer(right, hint: hint, body) else { return nil }
        let ofRight = body.pending
        body.pending = before
        guard let first = infer(left, hint: second.type, body) else { return nil }
        body.pending += ofRight
        return (first, second)
    }

    private func unified(_ first: Expr, _ second: Expr) -> (Expr, Expr)? {
        if first.type == second.type { return (first, second) }
        switch (first.type, second.type) {
        case (.int, .range), (.range, .int), (.range, .range): return (first, second)
        case (.optional, _): return coerce(second, to: first.type).map { (first, $0) }
        case (_, .optional), (.int, .rangeOrUnbounded), (.range, .rangeOrUnbounded):
            return coerce(first, to: second.type).map { ($0, second) }
        default: return coerce(second, to: first.type).map { (first, $0) }  // reports the mismatch
        }
    }

    private func ordered(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let (first, second) = sameType(left, right, body) else { return nil }
        switch first.type {
        case .int, .range, .bits: break
        case .domain(let id):
            report(
                .symmetricDomainMisused, "elements of `\(program[id].name)` have no order", at: span,
                notes: [
                    Note(
                        "a `domain` is a set of interchangeable identities; use a range for numbers",
                        at: program[id].span)
                ])
            return nil
        case .unit, .bool, .rangeOrUnbounded, .enumeration, .record, .set, .optional, .lock:
            report(.typeMismatch, "\(describe(first.type)) has no order", at: span)
            return nil
        }
        let resolved: BinaryOperation =
            switch operation {
            case .less: .less
            case .lessOrEqual: .lessOrEqual
            case .greater: .greater
            default: .greaterOrEqual  // the caller passes only the four
            }
        return Expr(.binary(resolved, first, second), .bool, span)
    }

    private func membership(
        _ left: ExprTree, _ right: ExprTree, negated: Bool, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let (value, set) = member(left, of: right, body) else { return nil }
        let expr = Expr(.binary(.isIn, value, set), .bool, span)
        return negated ? Expr(.unary(.not, expr), .bool, span) : expr
    }

    /// An element and the set in which it may be. A literal set gets its type from the element.
    private func member(_ left: ExprTree, of right: ExprTree, _ body: BodyScope) -> (Expr, Expr)? {
        if case .setLiteral = right.kind, !needsHint(left, body) {
            guard let value = infer(left, hint: nil, body) else { return nil }
            let element = value.type == .int ? nil : value.type
            return setExpr(right, element: element, body).map { (value, $0) }
        }
        let before = body.pending
        body.pending = []
        guard let set = setExpr(right, element: nil, body), case .set(let element) = set.type else { return nil }
        let ofSet = body.pending
        body.pending = before
        guard let value = check(left, expecting: element, body) else { return nil }
        body.pending += ofSet
        return (value, set)
    }

    private func onBits(
        _ operation: BinaryOperation, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        guard let (first, second) = operands(left, right, hint, body) else { return nil }
        guard case .bits = first.type, first.type == second.type else {
            report(
                .typeMismatch,
                "two bits of one width are needed, not \(describe(first.type)) and \(describe(second.type))",
                at: span)
            return nil
        }
        return Expr(.binary(operation, first, second), first.type, span)
    }

    private func bitAnd(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let (first, second) = operands(left, right, hint, body) else { return nil }
        if case .set = first.type {
            return coerce(second, to: first.type).map { Expr(.binary(.intersection, first, $0), first.type, span) }
        }
        guard case .bits = first.type, first.type == second.type else {
            report(
                .typeMismatch,
                "`&` takes two bits of one width or two sets, not \(describe(first.type)) and "
                    + describe(second.type), at: span)
            return nil
        }
        return Expr(.binary(.bitsAnd, first, second), first.type, span)
    }

    private func shift(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        guard let value = infer(left, hint: hint, body), let count = infer(right, hint: .int, body) else { return nil }
        guard case .bits = value.type else {
            report(.typeMismatch, "only bits are shifted, and this is \(describe(value.type))", at: left.span)
            return nil
        }
        switch count.type {
        case .int, .range, .bits: break
        case .unit, .bool, .rangeOrUnbounded, .domain, .enumeration, .record, .set, .optional, .lock:
            report(.typeMismatch, "a shift count is a number, not \(describe(count.type))", at: right.span)
            return nil
        }
        return Expr(.binary(operation == .shiftLeft ? .shiftLeft : .shiftRight, value, count), value.type, span)
    }

    private func concatenate(_ left: ExprTree, _ right: ExprTree, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let high = infer(left, hint: nil, body), let low = infer(right, hint: nil, body) else { return nil }
        guard case .bits(let a) = high.type, case .bits(let b) = low.type, a + b <= 64 else {
            report(
                .typeMismatch, "`++` joins bits to at most 64, not \(describe(high.type)) and \(describe(low.type))",
                at: span)
            return nil
        }
        return Expr(.binary(.concatenate, high, low), .bits(a + b), span)
    }

    private func multiply(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr?
    {
        guard let (first, second) = operands(left, right, hint, body) else { return nil }
        if case .bits = first.type, first.type == second.type {
            return Expr(.binary(.bitsMultiply, first, second), first.type, span)
        }
        return arithmetic(.multiply, first, second, span)
    }

    private func additive(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        let isSum = operation == .add
        if needsHint(left, body), !left.isSetShaped {
            guard let (first, second) = operands(left, right, hint, body) else { return nil }
            return sum(isSum, first, second, span)
        }
        let setHint = hint ?? (left.isSetShaped ? setType(of: right, body) : nil)
        guard let first = infer(left, hint: setHint, body) else { return nil }
        if case .set(let element) = first.type {
            return setUpdate(isSum, first, element, right, span, body)
        }
        return infer(right, hint: first.type, body).flatMap { sum(isSum, first, $0, span) }
    }

    private func sum(_ isSum: Bool, _ first: Expr, _ second: Expr, _ span: Span) -> Expr? {
        if case .bits = first.type, first.type == second.type {
            return Expr(.binary(isSum ? .bitsAdd : .bitsSubtract, first, second), first.type, span)
        }
        return arithmetic(isSum ? .add : .subtract, first, second, span)
    }

    /// The type of a set that stands for itself, as a hint for a literal beside it; what it reports is told later.
    private func setType(of tree: ExprTree, _ body: BodyScope) -> Type? {
        guard case .name(let name) = tree.kind, !needsHint(tree, body) else { return nil }
        guard let expr = nameExpr(name, nil, body), case .set = expr.type else { return nil }
        return expr.type
    }

    private func setUpdate(
        _ isSum: Bool, _ set: Expr, _ element: Type, _ right: ExprTree, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let second = infer(right, hint: right.isSetShaped ? set.type : element, body) else { return nil }
        if case .set = second.type {
            return coerce(second, to: set.type).map {
                Expr(.binary(isSum ? .union : .difference, set, $0), set.type, span)
            }
        }
        return coerce(second, to: element).map { Expr(.binary(isSum ? .insert : .remove, set, $0), set.type, span) }
    }

    private func arithmetic(_ operation: BinaryOperation, _ first: Expr, _ second: Expr, _ span: Span) -> Expr? {
        guard isNumber(first), isNumber(second) else { return nil }
        return Expr(.binary(operation, first, second), .int, span)
    }

    /// Whether a value can be calculated with as an integer; else it reports why not.
    private func isNumber(_ expr: Expr) -> Bool {
        switch expr.type {
        case .int, .range: return true
        case .domain(let id):
            report(
                .symmetricDomainMisused, "there is no arithmetic on `\(program[id].name)`", at: expr.span,
                notes: [Note("a `domain` is a set of interchangeable identities", at: program[id].span)])
        case .rangeOrUnbounded:
            report(
                .typeMismatch, "\(describe(expr.type)) may be `unbounded`, which can't be calculated with",
                at: expr.span)
        case .unit, .bool, .bits, .enumeration, .record, .set, .optional, .lock:
            report(.typeMismatch, "a number is needed here, but this is \(describe(expr.type))", at: expr.span)
        }
        return false
    }

    /// Whether an expression does not tell its type itself: a number, a case, `none`, `{}`.
    func needsHint(_ tree: ExprTree, _ body: BodyScope) -> Bool {
        switch tree.kind {
        case .number, .setLiteral, .unbounded: true
        case .name(let name): body.find(name.text) == nil && !namesValue([name.text], body)
        case .call(let callee, _):
            callee.pathParts.map { $0.count == 1 && !isCallable($0[0].text, body) } ?? false
        case .unary(.negate, let inner), .unary(.complement, let inner), .racy(let inner), .old(let inner):
            needsHint(inner, body)
        case .binary(.add, let a, let b), .binary(.subtract, let a, let b), .binary(.multiply, let a, let b),
            .binary(.bitAnd, let a, let b), .binary(.bitOr, let a, let b), .binary(.bitXor, let a, let b):
            needsHint(a, body) && needsHint(b, body)
        case .conditional(_, let a, let b): needsHint(a, body) && needsHint(b, body)
        case .match(_, let arms): arms.allSatisfy { needsHint($0.value, body) }
        case .bool, .string, .member, .index, .slice, .record, .bitsConversion, .unary, .binary, .isPattern,
            .quantified, .cardinality, .setComprehension, .allOf, .with, .unwrap, .error:
            false
        }
    }

    private func namesValue(_ parts: [String], _ body: BodyScope) -> Bool {
        switch lookUp(parts, in: body.instance) {
        case .constant, .variable, .place: true
        case .type, .function, .handler, .process, .property, .module, nil: false
        }
    }

    private func isCallable(_ name: String, _ body: BodyScope) -> Bool {
        switch lookUp([name], in: body.instance) {
        case .function, .handler: true
        case .type, .constant, .variable, .place, .process, .property, .module, nil:
            Self.builtinOperations.contains(name) && name != "some"
        }
    }
}

extension ExprTree {
    var isSetShaped: Bool {
        switch kind {
        case .setLiteral, .setComprehension, .allOf: true
        case .conditional(_, let first, _): first.isSetShaped
        case .number, .bool, .string, .name, .member, .index, .slice, .call, .record, .bitsConversion, .unary,
            .binary, .isPattern, .match, .quantified, .cardinality, .with, .unwrap, .racy, .old, .unbounded, .error:
            false
        }
    }
}
