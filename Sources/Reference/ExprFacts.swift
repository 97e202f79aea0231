import Program

/// The locals that an expression reads and binds.
struct ExprFacts: Sendable {
    /// Locals that it reads and does not bind itself.
    var reads: Set<LocalID> = []
    /// Locals that its patterns and quantifiers bind.
    var bound: Set<LocalID> = []

    /// The facts of several expressions together.
    init(_ expressions: [Expr]) {
        for expression in expressions { add(expression) }
        reads.subtract(bound)
    }

    init(_ expression: Expr) { self.init([expression]) }

    private mutating func add(_ expression: Expr) {
        switch expression.kind {
        case .local(let id): reads.insert(id)
        case .matches(_, let pattern): bound.formUnion(pattern.boundLocals)
        case .match(_, let arms): for arm in arms { bound.formUnion(arm.pattern.boundLocals) }
        case .quantified(_, let binders, _): bound.formUnion(binders.map(\.local))
        case .comprehension(let binder): bound.insert(binder.local)
        case .constant, .read, .locked, .call, .sibling, .field, .payload, .unwrap, .unary, .binary, .conditional,
            .cardinality, .setOf,
            .allOf, .makeCase, .makeRecord, .makeSome, .withRecord, .withPayload, .old, .slice, .toBits, .toInt,
            .process:
            break
        }
        for child in expression.children { add(child) }
    }
}
