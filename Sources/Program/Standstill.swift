extension Program {
    /// Whether a `transition` may be violated by a step that changes nothing it looks at. Errs on the safe side.
    public var judgesStandstill: Bool {
        properties.contains { property in
            switch property.kind {
            case .transition(let conjuncts): !conjuncts.allSatisfy { holdsAtStandstill($0.withoutOld) }
            case .invariant, .reachable, .progress: false
            }
        }
    }

    /// Whether a condition, both of whose states are one, is true by its form alone.
    private func holdsAtStandstill(_ e: Expr) -> Bool {
        switch e.kind {
        case .constant(.bool(let value)): value
        case .binary(.and, let a, let b): holdsAtStandstill(a) && holdsAtStandstill(b)
        case .binary(.or, let a, let b):
            holdsAtStandstill(a) || holdsAtStandstill(b) || isNegation(a, of: b) || isNegation(b, of: a)
        case .binary(.implies, let a, let b): holdsAtStandstill(b) || implies(a, b)
        case .binary(.equal, let a, let b), .binary(.lessOrEqual, let a, let b), .binary(.greaterOrEqual, let a, let b):
            isSame(a, b)
        case .conditional(_, let a, let b): holdsAtStandstill(a) && holdsAtStandstill(b)
        case .match(_, let arms): arms.allSatisfy { holdsAtStandstill($0.value) }
        case .quantified(.all, _, let body): holdsAtStandstill(body)
        case .constant, .local, .read, .sibling, .locked, .field, .payload, .unwrap, .unary, .binary, .matches,
            .quantified, .cardinality, .setOf, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome, .withRecord,
            .withPayload, .call, .old, .slice, .toBits, .toInt, .process:
            false
        }
    }

    private func implies(_ a: Expr, _ b: Expr) -> Bool {
        if isSame(a, b) { return true }
        if case .binary(.and, let x, let y) = a.kind { return implies(x, b) || implies(y, b) }
        return false
    }

    private func isNegation(_ a: Expr, of b: Expr) -> Bool {
        if case .unary(.not, let inner) = a.kind { return isSame(inner, b) }
        return false
    }

    /// Whether two expressions are written alike; false where that is not known.
    private func isSame(_ a: Expr, _ b: Expr) -> Bool {
        isSameHead(a, b) && a.children.count == b.children.count
            && zip(a.children, b.children).allSatisfy { isSame($0, $1) }
    }

    private func isSameHead(_ a: Expr, _ b: Expr) -> Bool {
        switch (a.kind, b.kind) {
        case (.constant(let x), .constant(let y)): x == y
        case (.local(let x), .local(let y)): x == y
        case (.read(let x, _), .read(let y, _)):
            x.variable == y.variable && x.fields == y.fields && x.inner == y.inner
        case (.locked(let x), .locked(let y)): x.variable == y.variable && x.fields == y.fields
        case (.binary(let x, _, _), .binary(let y, _, _)): x == y
        case (.unary(let x, _), .unary(let y, _)): x == y
        case (.field(_, let x), .field(_, let y)): x == y
        case (.cardinality, .cardinality), (.unwrap, .unwrap), (.makeSome, .makeSome): true
        case (.process(let x, _, let p), .process(let y, _, let q)): x == y && p == q
        case (.call(let x, _), .call(let y, _)): x == y
        default: false  // a pair; others are not compared
        }
    }
}

extension Expr {
    /// As if the state before were the state after.
    fileprivate var withoutOld: Expr {
        if case .old(let inner) = kind { return inner.withoutOld }
        return mapChildren { $0.withoutOld }
    }
}
