/// Which of the violations `range`, `none_value` and `use_after_free` evaluating something may be. Errs on the safe side.
extension Program {
    /// Whether evaluating the expression, with all its parts, may be a violation.
    public func mayViolate(_ e: Expr) -> Bool {
        if !violations(of: e).isEmpty { return true }
        if case .call(let id, _) = e.kind, mayViolate(self[id].body) { return true }
        return e.children.contains { mayViolate($0) }
    }

    /// Leaving aside its children, and what happens in the function that it calls.
    public func violations(of e: Expr) -> Set<BuiltinViolation> {
        switch e.kind {
        case .read(let place, racy: _): violations(reading: place)
        case .locked(let place): indicesFit(place) ? [] : [.range]
        case .process(let id, let indices, _): fit(indices, self[id].indexTypes) ? [] : [.range]
        case .payload, .unwrap: [.noneValue]
        case .withPayload: [.noneValue, .range]
        case .binary, .unary, .call, .makeCase, .makeRecord, .withRecord, .makeSome, .setOf:
            mayLeaveRange(e) ? [.range] : []
        case .constant, .local, .sibling, .field, .matches, .conditional, .match, .quantified, .cardinality,
            .comprehension, .allOf, .old, .slice, .toBits, .toInt:
            []
        }
    }

    /// Whether the operation itself has a result, or gives something a part, that does not fit.
    private func mayLeaveRange(_ e: Expr) -> Bool {
        switch e.kind {
        case .binary(.add, _, _), .binary(.subtract, _, _), .binary(.multiply, _, _), .unary(.negate, _):
            e.interval == nil
        case .binary(.shiftLeft, _, let count), .binary(.shiftRight, _, let count): !isCount(count)
        case .call(let id, let arguments):
            !fit(arguments, self[id].scope.parameterTypes) || !fits(self[id].body, self[id].result)
        case .makeCase(let id, case: let index, let payload):
            !fit(payload, self[id].cases.indices.contains(index) ? self[id].cases[index].payload.map(\.type) : [])
        case .makeRecord(let id, let fields): !fit(fields, self[id].fields.map(\.type))
        case .withRecord(let record, let updates): mayViolate(updates, of: record.type)
        case .makeSome(let wrapped):
            if case .optional(let type) = e.type { !fits(wrapped, type) } else { false }
        case .setOf(let elements):
            if case .set(let type) = e.type { elements.contains { !fits($0, type) } } else { false }
        case .constant, .local, .read, .locked, .payload, .unwrap, .withPayload, .sibling, .field, .unary, .binary,
            .matches, .conditional, .match, .quantified, .cardinality, .comprehension, .allOf, .old, .slice, .toBits,
            .toInt, .process:
            false
        }
    }

    private func isCount(_ count: Expr) -> Bool {
        if case .bits = count.type { return true }
        return count.interval.map { $0.lower >= 0 } ?? false
    }

    private func mayViolate(_ updates: [FieldUpdate], of type: Type) -> Bool {
        guard case .record(let id) = type else { return true }
        let fields = self[id].fields
        return updates.contains { !fields.indices.contains($0.field) || !fits($0.value, fields[$0.field].type) }
    }

    private func fit(_ list: [Expr], _ types: [Type]) -> Bool {
        list.count == types.count && zip(list, types).allSatisfy { fits($0, $1) }
    }

    /// Whether every value of the expression is a value of the type.
    public func fits(_ e: Expr, _ type: Type) -> Bool {
        switch type {
        case .range(_, _, wraps: true): true
        case .range(let lower, let upper, wraps: false):
            e.interval.map { $0.isInside(Interval(lower: lower, upper: upper)) } ?? (e.type == type)
        case .rangeOrUnbounded(let lower, let upper):
            e.type == type || e.constant == .unbounded
                || (e.interval.map { $0.isInside(Interval(lower: lower, upper: upper)) } ?? false)
        case .optional, .set: e.type == type || e.constant == Value.none || e.constant == .set([])
        case .unit, .bool, .int, .bits, .domain, .enumeration, .record, .lock: true
        }
    }

    // MARK: Places

    /// Reading through the place: indices that do not fit, the fields' and the variable's `when`, the way inside. Leaving aside
    /// what evaluating the indices may be.
    public func violations(reading place: Place) -> Set<BuiltinViolation> {
        violations(touching: place).union(hasConditionalFields(place.type) ? [.useAfterFree] : [])
    }

    /// The same for writing.
    public func violations(touching place: Place) -> Set<BuiltinViolation> {
        var result: Set<BuiltinViolation> = []
        if !indicesFit(place) { result.insert(.range) }
        if place.inner.contains(where: \.isPartial) { result.insert(.noneValue) }
        if isConditional(place) { result.insert(.useAfterFree) }
        return result
    }

    private func isConditional(_ place: Place) -> Bool {
        if self[place.variable].condition != nil { return true }
        var type = self[place.variable].type
        for index in place.fields {
            guard case .record(let id) = type, self[id].fields.indices.contains(index) else { return true }
            if self[id].fields[index].condition != nil { return true }
            type = self[id].fields[index].type
        }
        return false
    }

    private func indicesFit(_ place: Place) -> Bool { fit(place.indices, self[place.variable].indexTypes) }

    // MARK: Statements

    /// Whether the head of an assignment or a binding may be a violation. `type` is that of the target.
    public func mayViolate(storing e: Expr, _ operation: AssignOperation, into type: Type) -> Bool {
        mayViolate(e) || mayLeaveRange(storing: e, operation, into: type)
    }

    /// Leaving aside what evaluating the new value may be.
    public func mayLeaveRange(storing e: Expr, _ operation: AssignOperation, into type: Type) -> Bool {
        if case .set(let element) = type {
            if case .set = e.type { return false }
            return !fits(e, element)
        }
        switch operation {
        case .set: return !fits(e, type)
        case .add: return !(sum(type, e) { $0 + $1 }).isInside(type)
        case .subtract: return !(sum(type, e) { $0 - $1 }).isInside(type)
        }
    }

    private func sum(_ type: Type, _ e: Expr, _ combine: (Interval, Interval) -> Interval?) -> Interval? {
        guard let old = type.interval, let change = e.interval else { return nil }
        return combine(old, change)
    }

    public func mayViolate(_ operation: ReadModifyWrite, on type: Type) -> Bool {
        switch operation {
        case .exchange(let e): mayViolate(storing: e, .set, into: type)
        case .compareExchange(expected: let expected, new: let new):
            mayViolate(expected) || mayViolate(storing: new, .set, into: type)
        case .fetchAdd(let e): mayViolate(storing: e, .add, into: type)
        }
    }
}

extension Interval? {
    /// Whether adding up stays inside the type of the target. Bits wrap; unknown results may leave.
    fileprivate func isInside(_ type: Type) -> Bool {
        switch type {
        case .bits, .range(_, _, wraps: true): true
        case .range(let lower, let upper, wraps: false):
            map { $0.isInside(Interval(lower: lower, upper: upper)) } ?? false
        case .unit, .bool, .int, .rangeOrUnbounded, .domain, .enumeration, .record, .set, .optional, .lock: false
        }
    }
}

extension InnerField {
    /// Whether the value may have no such part.
    public var isPartial: Bool {
        switch self {
        case .record: false
        case .payload, .some: true
        }
    }
}

extension Scope {
    public var parameterTypes: [Type] { locals.prefix(parameterCount).map(\.type) }
}
