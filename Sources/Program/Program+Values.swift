extension Program {
    /// The value that a variable of a type has where nobody says otherwise: false, 0 (or the lower bound), the first
    /// element, the first case, `none`, the empty set, free.
    public func defaultValue(of type: Type) -> Value {
        switch type {
        case .unit: .unit
        case .bool: .bool(false)
        case .int: .int(0)
        case .range(let lower, let upper, _), .rangeOrUnbounded(let lower, let upper):
            .int(lower <= 0 && 0 <= upper ? 0 : lower)
        case .bits: .bits(0)
        case .domain(let id): .element(id, 0)
        case .enumeration(let id):
            .enumeration(id, case: 0, self[id].cases.first?.payload.map(\.initial) ?? [])
        case .record(let id): .record(id, self[id].fields.map(\.initial))
        case .set: .set([])
        case .optional: .none
        case .lock: .lockFree
        }
    }

    /// All values of a finite type in ascending order, or nil where there are more than `limit`.
    public func allValues(of type: Type, limit: Int = 4096) -> [Value]? {
        switch type {
        case .unit: return [.unit]
        case .bool: return [.bool(false), .bool(true)]
        case .int, .lock: return nil
        case .range(let lower, let upper, _): return integers(lower, upper, limit)
        case .rangeOrUnbounded(let lower, let upper): return integers(lower, upper, limit - 1).map { $0 + [.unbounded] }
        case .bits(let width):
            guard width < 62, 1 << width <= limit else { return nil }
            return (0..<(1 << width)).map { .bits(UInt64($0)) }
        case .domain(let id): return self[id].size <= limit ? (0..<self[id].size).map { .element(id, $0) } : nil
        case .enumeration(let id):
            var result: [Value] = []
            for (index, enumCase) in self[id].cases.enumerated() {
                guard let payloads = tuples(of: enumCase.payload.map(\.type), limit: limit) else { return nil }
                guard result.count + payloads.count <= limit else { return nil }
                result += payloads.map { .enumeration(id, case: index, $0) }
            }
            return result
        case .record(let id): return tuples(of: self[id].fields.map(\.type), limit: limit)?.map { .record(id, $0) }
        case .set(let element):
            guard let values = allValues(of: element, limit: 62), values.count < 62, 1 << values.count <= limit else {
                return nil
            }
            return (0..<(1 << values.count)).map { mask in
                .set(values.indices.filter { mask >> $0 & 1 == 1 }.map { values[$0] })
            }
        case .optional(let wrapped):
            return allValues(of: wrapped, limit: limit - 1).map { [.none] + $0.map { .some($0) } }
        }
    }

    /// Whether a type has a value at all: domains and ranges may be empty in a configuration.
    public func hasValues(_ type: Type) -> Bool {
        switch type {
        case .domain(let id): self[id].size > 0
        case .range(let lower, let upper, wraps: _): lower <= upper
        case .unit, .bool, .int, .rangeOrUnbounded, .bits, .enumeration, .record, .set, .optional, .lock: true
        }
    }

    private func integers(_ lower: Int64, _ upper: Int64, _ limit: Int) -> [Value]? {
        let (span, overflow) = upper.subtractingReportingOverflow(lower)
        guard !overflow, span < Int64(limit) else { return nil }
        return lower <= upper ? (lower...upper).map { .int($0) } : []
    }

    private func tuples(of types: [Type], limit: Int) -> [[Value]]? {
        var result: [[Value]] = [[]]
        for type in types {
            guard let values = allValues(of: type, limit: limit) else { return nil }
            guard result.count * values.count <= limit else { return nil }
            result = result.flatMap { prefix in values.map { prefix + [$0] } }
        }
        return result
    }
}
