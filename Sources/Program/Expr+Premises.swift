import Diagnostics

/// What a condition claims something of: the left side of an `implies`, or the elements behind a `where`.
public struct Premise: Sendable {
    public let span: Span
    /// True where the premise holds, for some elements where it stands below `all`.
    public let witnessed: Expr
}

extension Expr {
    /// The premises of a condition, each with what has to hold around it. Functions that it calls are not looked into.
    public var premises: [Premise] { premises { $0 } }

    private func premises(under outer: @escaping (Expr) -> Expr) -> [Premise] {
        switch kind {
        case .binary(.implies, let condition, let claim):
            let mine = Premise(span: condition.span, witnessed: outer(condition))
            return [mine] + claim.premises { outer(condition.and($0)) }
        case .binary(.and, let a, let b): return a.premises(under: outer) + b.premises(under: outer)
        case .conditional(let condition, let a, let b):
            return a.premises { outer(condition.and($0)) }
                + b.premises { outer(Expr(.unary(.not, condition), .bool, condition.span).and($0)) }
        case .quantified(.all, let binders, let body):
            let some = { (inner: Expr) in outer(Expr(.quantified(.some, binders, inner), .bool, self.span)) }
            let filters = binders.compactMap(\.condition)
            guard let first = filters.first, let last = filters.last else { return body.premises(under: some) }
            let span = Span(first.span.source, first.span.start, last.span.end)
            let any = Premise(span: span, witnessed: some(Expr(.constant(.bool(true)), .bool, span)))
            return [any] + body.premises(under: some)
        case .constant, .local, .read, .sibling, .locked, .field, .payload, .unwrap, .unary, .binary, .matches, .match,
            .quantified, .cardinality, .setOf, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome, .withRecord,
            .withPayload, .call, .old, .slice, .toBits, .toInt, .process:
            return []
        }
    }

    private func and(_ other: Expr) -> Expr {
        Expr(.binary(.and, self, other), .bool, Span(span.source, span.start, max(span.end, other.span.end)))
    }
}
