import Diagnostics
import Program
import Syntax

extension Elaborator {
    func unary(_ operation: UnaryOperator, _ operand: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        switch operation {
        case .not:
            return body.inFrame { check(operand, expecting: .bool, body) }
                .map { Expr(.unary(.not, $0), .bool, span) }
        case .negate:
            guard let expr = check(operand, expecting: .int, body) else { return nil }
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
        if isLock(first.type) {
            report(.typeMismatch, "a lock has no value to compare; `locked(x)` tells whether it is held", at: span)
            return nil
        }
        return Expr(.binary(operation == .equal ? .equal : .notEqual, first, second), .bool, span)
    }

    /// Both sides, brought to one type. The side that says its type itself is looked at first.
    private func sameType(_ left: ExprTree, _ right: ExprTree, _ body: BodyScope) -> (Expr, Expr)? {
        if left.needsHint, !right.needsHint {
            guard let second = infer(right, hint: nil, body), let first = infer(left, hint: second.type, body) else {
                return nil
            }
            return unified(first, second)
        }
        guard let first = infer(left, hint: nil, body), let second = infer(right, hint: first.type, body) else {
            return nil
        }
        return unified(first, second)
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
                    Note("a `domain` is a set of interchangeable identities; use a range for numbers", at: program[id].span)
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
        guard let set = setExpr(right, element: nil, body), case .set(let element) = set.type,
            let value = check(left, expecting: element, body)
        else { return nil }
        let expr = Expr(.binary(.isIn, value, set), .bool, span)
        return negated ? Expr(.unary(.not, expr), .bool, span) : expr
    }

    private func onBits(
        _ operation: BinaryOperation, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        guard let (first, second) = bitsOperands(left, right, hint, body) else { return nil }
        guard case .bits = first.type, first.type == second.type else {
            report(
                .typeMismatch, "two bits of one width are needed, not \(describe(first.type)) and \(describe(second.type))",
                at: span)
            return nil
        }
        return Expr(.binary(operation, first, second), first.type, span)
    }

    private func bitsOperands(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ body: BodyScope) -> (Expr, Expr)? {
        if left.needsHint, !right.needsHint {
            guard let second = infer(right, hint: hint, body) else { return nil }
            return infer(left, hint: second.type, body).map { ($0, second) }
        }
        guard let first = infer(left, hint: hint, body) else { return nil }
        return infer(right, hint: first.type, body).map { (first, $0) }
    }

    private func bitAnd(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let (first, second) = bitsOperands(left, right, hint, body) else { return nil }
        if case .set = first.type {
            return coerce(second, to: first.type).map { Expr(.binary(.intersection, first, $0), first.type, span) }
        }
        guard case .bits = first.type, first.type == second.type else {
            report(
                .typeMismatch, "`&` takes two bits of one width or two sets, not \(describe(first.type)) and "
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

    private func multiply(_ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let (first, second) = bitsOperands(left, right, hint, body) else { return nil }
        if case .bits = first.type, first.type == second.type {
            return Expr(.binary(.bitsMultiply, first, second), first.type, span)
        }
        return arithmetic(.multiply, first, second, span)
    }

    private func additive(
        _ operation: BinaryOperator, _ left: ExprTree, _ right: ExprTree, _ hint: Type?, _ span: Span,
        _ body: BodyScope
    ) -> Expr? {
        guard let first = infer(left, hint: hint, body) else { return nil }
        if case .set(let element) = first.type {
            return setUpdate(operation == .add, first, element, right, span, body)
        }
        guard let second = infer(right, hint: first.type, body) else { return nil }
        if case .bits = first.type, first.type == second.type {
            return Expr(.binary(operation == .add ? .bitsAdd : .bitsSubtract, first, second), first.type, span)
        }
        return arithmetic(operation == .add ? .add : .subtract, first, second, span)
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
        for operand in [first, second] {
            switch operand.type {
            case .int, .range: break
            case .domain(let id):
                report(
                    .symmetricDomainMisused, "there is no arithmetic on `\(program[id].name)`", at: operand.span,
                    notes: [Note("a `domain` is a set of interchangeable identities", at: program[id].span)])
                return nil
            case .unit, .bool, .rangeOrUnbounded, .bits, .enumeration, .record, .set, .optional, .lock:
                report(.typeMismatch, "a number is needed here, but this is \(describe(operand.type))", at: operand.span)
                return nil
            }
        }
        return Expr(.binary(operation, first, second), .int, span)
    }
}

extension ExprTree {
    /// Whether the expression does not tell its type: a bare case, a number, `none`, `{}`.
    var needsHint: Bool {
        switch kind {
        case .number, .setLiteral, .unbounded: true
        case .name(let name): name.text == "none" || name.text == "unit"
        case .call(let callee, _): callee.isName("some")
        case .bool, .string, .member, .index, .slice, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setComprehension, .allOf, .with, .unwrap, .racy, .old,
            .error:
            false
        }
    }

    var isSetShaped: Bool {
        switch kind {
        case .setLiteral, .setComprehension, .allOf: true
        case .conditional(_, let first, _): first.isSetShaped
        case .number, .bool, .string, .name, .member, .index, .slice, .call, .record, .bitsConversion, .unary,
            .binary, .isPattern, .match, .quantified, .cardinality, .with, .unwrap, .racy, .old, .unbounded, .error:
            false
        }
    }

    func isName(_ text: String) -> Bool {
        if case .name(let name) = kind { name.text == text } else { false }
    }
}
