import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// Checks an expression and brings it to a type: an integer into a range, a value into an optional.
    func check(_ tree: ExprTree, expecting expected: Type, _ body: BodyScope) -> Expr? {
        guard let expr = infer(tree, hint: expected, body) else { return nil }
        return coerce(expr, to: expected)
    }

    /// Checks an expression of any type. The hint tells which enum a bare case belongs to, and how wide a number is.
    func infer(_ tree: ExprTree, hint: Type?, _ body: BodyScope) -> Expr? {
        let expr = inferred(tree, hint: hint, body)
        // Whatever went wrong, nothing may be left out of a program in silence.
        if expr == nil, !diagnostics.hasErrors {
            report(.cannotInfer, "what this means is not clear here", at: tree.span)
        }
        return expr
    }

    private func inferred(_ tree: ExprTree, hint: Type?, _ body: BodyScope) -> Expr? {
        switch tree.kind {
        case .number(let value, let digits): return number(value, digits, hint, tree.span)
        case .bool(let value): return Expr(.constant(.bool(value)), .bool, tree.span)
        case .string:
            report(.typeMismatch, "a text has no value here", at: tree.span)
            return nil
        case .name(let name): return nameExpr(name, hint, body)
        case .member(let base, let name): return member(base, name, hint, tree.span, body)
        case .index(let base, let indices): return indexed(base, indices, tree.span, body)
        case .slice(let base, let high, let low): return slice(base, high, low, tree.span, body)
        case .call(let callee, let arguments): return call(callee, arguments, hint, tree.span, body)
        case .record(let name, let fields): return recordLiteral(name, fields, hint, tree.span, body)
        case .bitsConversion(let width, let value): return bitsConversion(width, value, tree.span, body)
        case .unary(let operation, let operand): return unary(operation, operand, hint, tree.span, body)
        case .binary(let operation, let left, let right):
            return binary(operation, left, right, hint, tree.span, body)
        case .isPattern(let value, let pattern, let negated):
            return isPattern(value, pattern, negated: negated, tree.span, body)
        case .conditional(let condition, let first, let second):
            return conditional(condition, first, second, hint, tree.span, body)
        case .match(let value, let arms): return matchExpr(value, arms, hint, tree.span, body)
        case .quantified(let quantifier, let binders, let inner):
            return quantified(quantifier, binders, inner, tree.span, body)
        case .cardinality(let set):
            return setExpr(set, element: nil, body).map { Expr(.cardinality($0), .int, tree.span) }
        case .setLiteral(let members): return setLiteral(members, hint, tree.span, body)
        case .setComprehension(let binder): return comprehension(binder, tree.span, body)
        case .allOf(let type): return setExpr(type, element: nil, body)
        case .with(let base, let fields): return with(base, fields, hint, tree.span, body)
        case .unwrap(let inner): return unwrap(inner, hint, tree.span, body)
        case .racy(let inner): return racy(inner, tree.span, body)
        case .old(let inner): return old(inner, hint, tree.span, body)
        case .unbounded: return unbounded(hint, tree.span)
        case .error: return nil
        }
    }

    /// The expression as a value of a type, or a report that it is none.
    func coerce(_ expr: Expr, to expected: Type) -> Expr? {
        if expr.type == expected { return expr }
        switch (expr.type, expected) {
        case (.range, .int): return expr
        case (.int, .range(let lower, let upper, let wraps)), (.range, .range(let lower, let upper, let wraps)):
            guard case .constant(.int(let value)) = expr.kind else { return expr }
            if (lower...upper).contains(value) { return Expr(expr.kind, expected, expr.span) }
            guard !wraps else { return expr }
            report(.badRange, "\(value) is outside \(describe(expected))", at: expr.span)
            return nil
        case (.int, .rangeOrUnbounded(let lower, let upper)), (.range, .rangeOrUnbounded(let lower, let upper)):
            if case .constant(.int(let value)) = expr.kind, !(lower...upper).contains(value) {
                report(.badRange, "\(value) is outside \(describe(expected))", at: expr.span)
                return nil
            }
            return Expr(expr.kind, expected, expr.span)
        case (_, .optional(let wrapped)) where !isOptional(expr.type):
            return coerce(expr, to: wrapped).map { Expr(.makeSome($0), expected, $0.span) }
        case (.set, .set) where isEmptySet(expr): return Expr(.constant(.set([])), expected, expr.span)
        case (.int, .domain(let id)), (.range, .domain(let id)):
            report(
                .symmetricDomainMisused, "the elements of `\(program[id].name)` have no numbers", at: expr.span,
                notes: [
                    Note(
                        "a `domain` is a set of interchangeable identities; use a range for numbers",
                        at: program[id].span)
                ])
            return nil
        default:  // every other pair of types is a mismatch
            report(
                .typeMismatch, "\(describe(expected)) is needed here, but this is \(describe(expr.type))",
                at: expr.span)
            return nil
        }
    }

    private func isOptional(_ type: Type) -> Bool { if case .optional = type { true } else { false } }

    func isEmptySet(_ expr: Expr) -> Bool {
        if case .constant(.set([])) = expr.kind { true } else { false }
    }

    private func number(_ value: UInt64, _ digits: Int, _ hint: Type?, _ span: Span) -> Expr? {
        if case .bits(let width) = unwrapped(hint) {
            guard width == 64 || value >> UInt64(width) == 0 else {
                report(.badNumber, "this number does not fit in \(width) bits", at: span)
                return nil
            }
            return Expr(.constant(.bits(value)), .bits(width), span)
        }
        guard let number = Int64(exactly: value) else {
            report(.badNumber, "integers end at 2^63 - 1; use `bits<64>` for machine words", at: span)
            return nil
        }
        return Expr(.constant(.int(number)), .int, span)
    }

    /// The type inside an optional, for hints.
    func unwrapped(_ type: Type?) -> Type? {
        if case .optional(let wrapped) = type { return wrapped }
        return type
    }

    private func unbounded(_ hint: Type?, _ span: Span) -> Expr? {
        guard case .rangeOrUnbounded = hint, let hint else {
            report(.typeMismatch, "`unbounded` is a value of types `a..b or unbounded` only", at: span)
            return nil
        }
        return Expr(.constant(.unbounded), hint, span)
    }

    private func slice(_ base: ExprTree, _ high: ExprTree, _ low: ExprTree, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let value = infer(base, hint: nil, body), let top = constantInteger(high, in: body.instance),
            let bottom = constantInteger(low, in: body.instance)
        else { return nil }
        guard case .bits(let width) = value.type else {
            report(.typeMismatch, "only bits have slices, and this is \(describe(value.type))", at: base.span)
            return nil
        }
        guard 0 <= bottom, bottom <= top, top < Int64(width) else {
            report(.badRange, "bits \(top) down to \(bottom) do not lie in \(describe(value.type))", at: span)
            return nil
        }
        return Expr(.slice(value, high: Int(top), low: Int(bottom)), .bits(Int(top - bottom) + 1), span)
    }

    private func bitsConversion(_ width: ExprTree, _ value: ExprTree, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let bits = resolve(TypeTree(.bits(width), width.span), in: body.instance),
            let inner = infer(value, hint: nil, body)
        else { return nil }
        switch inner.type {
        case .int, .range, .bits: return Expr(.toBits(inner), bits, span)
        case .unit, .bool, .rangeOrUnbounded, .domain, .enumeration, .record, .set, .optional, .lock:
            report(.typeMismatch, "\(describe(inner.type)) can't be made bits; write a function", at: value.span)
            return nil
        }
    }

    private func unwrap(_ inner: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let expr = infer(inner, hint: hint.map { .optional($0) }, body) else { return nil }
        guard case .optional(let wrapped) = expr.type else {
            report(.typeMismatch, "`!` unwraps an optional, and this is \(describe(expr.type))", at: span)
            return nil
        }
        return Expr(.unwrap(expr), wrapped, span)
    }

    private func racy(_ inner: ExprTree, _ span: Span, _ body: BodyScope) -> Expr? {
        guard let expr = infer(inner, hint: nil, body) else { return nil }
        guard case .read(let place, _) = expr.kind else {
            if case .constant = expr.kind { return expr }
            report(.typeMismatch, "`racy(…)` reads one shared place", at: inner.span)
            return nil
        }
        return Expr(.read(place, racy: true), expr.type, span)
    }

    private func old(_ inner: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        guard case .property(isTransition: true) = body.kind else {
            report(.misplacedStatement, "`old(…)` belongs into a `transition` property", at: span)
            return nil
        }
        return infer(inner, hint: hint, body).map { Expr(.old($0), $0.type, span) }
    }
}
