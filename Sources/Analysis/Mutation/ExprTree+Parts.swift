import Syntax

extension ExprTree {
    /// The expressions directly inside, in the order of the text. Patterns have none that could be changed.
    var parts: [ExprTree] {
        switch kind {
        case .number, .bool, .string, .name, .unbounded, .error: []
        case .member(let e, _), .unary(_, let e), .isPattern(let e, _, negated: _), .cardinality(let e), .allOf(let e),
            .unwrap(let e), .racy(let e), .old(let e):
            [e]
        case .index(let e, let indices): [e] + indices
        case .slice(let e, let high, let low): [e, high, low]
        case .call(let callee, let arguments): [callee] + arguments
        case .record(let e, let fields), .with(let e, let fields): [e] + fields.map(\.value)
        case .bitsConversion(let width, let e): [width, e]
        case .binary(_, let left, let right): [left, right]
        case .conditional(let condition, let yes, let no): [condition, yes, no]
        case .match(let subject, let arms): [subject] + arms.map(\.value)
        case .quantified(_, let binders, let body): binders.flatMap(\.parts) + (body.map { [$0] } ?? [])
        case .setLiteral(let elements): elements
        case .setComprehension(let binder): binder.parts
        }
    }

    /// Itself and all that is inside: what is around something comes before it.
    var everything: [ExprTree] { [self] + parts.flatMap(\.everything) }
}

extension BinderTree {
    var parts: [ExprTree] { [set] + (condition.map { [$0] } ?? []) }
}

extension StmtTree {
    /// What it computes, but for the conditions that decide how it goes on. Claims are left alone, and so are locks, which
    /// are taken and released at several places.
    var values: [ExprTree] {
        switch kind {
        case .assign(let place, _, let value): [place, value]
        case .letBinding(_, _, let value), .expression(let value): [value]
        case .varBinding(_, _, let value), .returnValue(let value): value.map { [$0] } ?? []
        case .match(let subject, _): [subject]
        case .loop(label: _, atMost: let bound, _): bound.map { [$0] } ?? []
        case .choose(let binders, then: let claim, otherwise: _): binders.map(\.set) + (claim?.values ?? [])
        case .each(let binders, _): binders.map(\.set)
        case .lock, .unlock, .tryLock, .downgrade, .ifElse, .whileLoop, .either, .await, .guardElse, .doBlock,
            .breakOut, .continueLoop, .atomic, .commit, .assert, .fail, .bump, .error:
            []
        }
    }

    /// All expressions in it that a mistake may be in, those of its blocks left out.
    var expressions: [ExprTree] { (conditions + values).flatMap(\.everything) }
}
