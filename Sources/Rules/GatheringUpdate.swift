import Program

/// A change of a cell that, repeated with other amounts, gives the same in every order. Two of one kind commute.
struct GatheringUpdate: Hashable {
    enum Kind: Hashable {
        /// Modulo the size: nothing can go wrong on the way.
        case sum
        /// In a range, by amounts that are not negative: it leaves the range in every order or in none.
        case growing, shrinking
        case uniting, removing
        /// The same constant each time.
        case storing(Value)
    }

    let kind: Kind
    /// The amount, where it is a constant.
    let amount: Value?
}

extension Program {
    /// Nil: the change gives something else in another order.
    func gathering(_ operation: AssignOperation, _ amount: Expr, of type: Type) -> GatheringUpdate? {
        let constant = constantValue(amount)
        func update(_ kind: GatheringUpdate.Kind) -> GatheringUpdate { GatheringUpdate(kind: kind, amount: constant) }
        guard operation != .set else { return constant.map { update(.storing($0)) } }
        switch type {
        case .bits, .range(lower: _, upper: _, wraps: true): return update(.sum)
        case .set: return update(operation == .add ? .uniting : .removing)
        case .range, .int, .rangeOrUnbounded:
            guard let sign = sign(of: amount) else { return nil }
            return update((operation == .add) == (sign == .positive) ? .growing : .shrinking)
        case .unit, .bool, .domain, .enumeration, .record, .optional, .lock: return nil
        }
    }

    /// The same for a read-modify-write of which nobody looks at the result.
    func gathering(_ operation: ReadModifyWrite, of type: Type) -> GatheringUpdate? {
        switch operation {
        case .fetchAdd(let amount): gathering(.add, amount, of: type)
        case .exchange(let e): gathering(.set, e, of: type)
        case .compareExchange: nil
        }
    }

    private func constantValue(_ e: Expr) -> Value? {
        if case .constant(let value) = e.kind { return value }
        if case .makeSome(let inner) = e.kind { return constantValue(inner).map { .some($0) } }
        return nil
    }

    private enum Sign {
        case positive, negative
    }

    /// 0 counts as positive. Nil: it may be either.
    private func sign(of e: Expr) -> Sign? {
        if case .constant(.int(let n)) = e.kind { return n >= 0 ? .positive : .negative }
        if case .cardinality = e.kind { return .positive }
        if case .quantified(.count, _, _) = e.kind { return .positive }
        if case .toInt = e.kind { return .positive }
        if case .conditional(_, let a, let b) = e.kind, let first = sign(of: a), first == sign(of: b) { return first }
        if case .range(let lower, let upper, wraps: _) = e.type {
            if lower >= 0 { return .positive }
            if upper <= 0 { return .negative }
        }
        return nil
    }
}
