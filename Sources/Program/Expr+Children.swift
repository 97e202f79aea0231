/// One place that knows which expressions stand directly inside another; every walk over expressions uses it.
extension Expr {
    /// The expressions directly inside, in the order of evaluation.
    public var children: [Expr] {
        switch kind {
        case .constant, .local, .sibling, .allOf: []
        case .read(let place, racy: _), .locked(let place): place.indices
        case .field(let e, _), .payload(let e, case: _, field: _), .unwrap(let e), .unary(_, let e), .matches(let e, _),
            .cardinality(let e), .makeSome(let e), .old(let e), .slice(let e, high: _, low: _), .toBits(let e),
            .toInt(let e):
            [e]
        case .binary(_, let a, let b): [a, b]
        case .conditional(let c, let a, let b): [c, a, b]
        case .match(let subject, let arms): [subject] + arms.map(\.value)
        case .quantified(_, let binders, let body): binders.flatMap(\.expressions) + [body]
        case .comprehension(let binder): binder.expressions
        case .setOf(let list), .makeCase(_, case: _, let list), .makeRecord(_, let list), .call(_, let list),
            .process(_, let list, _):
            list
        case .withRecord(let e, let updates), .withPayload(let e, case: _, let updates): [e] + updates.map(\.value)
        }
    }

    /// The same expression with each direct child replaced.
    public func mapChildren(_ change: (Expr) -> Expr) -> Expr { Expr(kind.mapChildren(change), type, span) }

    /// Whether the expression, or one inside it at any depth, satisfies a condition. Bodies of called functions are not
    /// looked at.
    public func contains(where condition: (Expr) -> Bool) -> Bool {
        condition(self) || children.contains { $0.contains(where: condition) }
    }
}

extension ExprKind {
    fileprivate func mapChildren(_ change: (Expr) -> Expr) -> ExprKind {
        switch self {
        case .constant, .local, .sibling, .allOf: self
        case .read(let place, let racy): .read(place.mapIndices(change), racy: racy)
        case .locked(let place): .locked(place.mapIndices(change))
        case .field(let e, let index): .field(change(e), index)
        case .payload(let e, let enumCase, let field): .payload(change(e), case: enumCase, field: field)
        case .unwrap(let e): .unwrap(change(e))
        case .unary(let operation, let e): .unary(operation, change(e))
        case .binary(let operation, let a, let b): .binary(operation, change(a), change(b))
        case .matches(let e, let pattern): .matches(change(e), pattern)
        case .conditional(let c, let a, let b): .conditional(change(c), change(a), change(b))
        case .match(let subject, let arms):
            .match(change(subject), arms.map { ExprArm(pattern: $0.pattern, value: change($0.value)) })
        case .quantified(let kind, let binders, let body):
            .quantified(kind, binders.map { $0.map(change) }, change(body))
        case .cardinality(let e): .cardinality(change(e))
        case .setOf(let list): .setOf(list.map(change))
        case .comprehension(let binder): .comprehension(binder.map(change))
        case .makeCase(let id, let enumCase, let list): .makeCase(id, case: enumCase, list.map(change))
        case .makeRecord(let id, let list): .makeRecord(id, list.map(change))
        case .makeSome(let e): .makeSome(change(e))
        case .withRecord(let e, let updates): .withRecord(change(e), updates.map { $0.map(change) })
        case .withPayload(let e, let enumCase, let updates):
            .withPayload(change(e), case: enumCase, updates.map { $0.map(change) })
        case .call(let id, let list): .call(id, list.map(change))
        case .old(let e): .old(change(e))
        case .slice(let e, let high, let low): .slice(change(e), high: high, low: low)
        case .toBits(let e): .toBits(change(e))
        case .toInt(let e): .toInt(change(e))
        case .process(let id, let list, let attribute): .process(id, list.map(change), attribute)
        }
    }
}

extension Binder {
    /// The set and, where there is one, the condition.
    public var expressions: [Expr] { [set] + (condition.map { [$0] } ?? []) }

    public func map(_ change: (Expr) -> Expr) -> Binder {
        Binder(local: local, set: change(set), condition: condition.map(change))
    }
}

extension Place {
    public func mapIndices(_ change: (Expr) -> Expr) -> Place {
        Place(variable: variable, indices: indices.map(change), fields: fields, inner: inner, type: type, span: span)
    }
}

extension FieldUpdate {
    public func map(_ change: (Expr) -> Expr) -> FieldUpdate { FieldUpdate(field: field, value: change(value)) }
}

extension Pattern {
    /// The locals that it binds, from left to right.
    public var boundLocals: [LocalID] {
        switch self {
        case .anything, .constant, .none, .emptySet: []
        case .bind(let local): [local]
        case .enumeration(_, case: _, let parts): parts.flatMap(\.boundLocals)
        case .some(let inner): inner.boundLocals
        }
    }
}

extension Expr {
    /// The value of a constant expression.
    public var constant: Value? {
        if case .constant(let value) = kind { return value }
        return nil
    }
}
