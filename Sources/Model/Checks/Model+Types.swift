extension Model {
    /// What is wrong with a type; nil for a good one.
    func problem(with type: CellType) -> String? {
        if let problem = shapeProblem(type, depth: 0) { return problem }
        let width = type.width(sorts: sorts)
        return width <= 64 ? nil : "its values need \(width) bits; a cell has 64"
    }

    private func shapeProblem(_ type: CellType, depth: Int) -> String? {
        guard depth < 32 else { return "types are nested too deep" }
        switch type {
        case .unit, .bool, .exclusiveLock: return nil
        case .range(let lower, let upper): return lower <= upper ? nil : "the range \(lower)..\(upper) is empty"
        case .rangeOrUnbounded(let lower, let upper):
            guard lower <= upper else { return "the range \(lower)..\(upper) is empty" }
            return lower == .min && upper == .max ? "the range leaves no code for unbounded" : nil
        case .bits(let width): return (0...64).contains(width) ? nil : "bits of width \(width)"
        case .element(let sort): return sorts.indices.contains(sort) ? nil : "sort \(sort) does not exist"
        case .tagged(let name, let cases):
            if cases.isEmpty { return "enum \(name) has no case" }
            return cases.lazy.compactMap { shapeProblem($0.fields, depth) }.first
        case .tuple(_, let fields): return shapeProblem(fields, depth)
        case .set(let element):
            return shapeProblem(element, depth: depth + 1)
                ?? (element.valueCount(sorts: sorts) <= 64 ? nil : "a set of more than 64 values")
        case .optional(let wrapped): return shapeProblem(wrapped, depth: depth + 1)
        case .sharedLock(let holders): return holders >= 0 ? nil : "a lock with \(holders) holders"
        case .location(let count): return count >= 1 ? nil : "a process without locations"
        }
    }

    private func shapeProblem(_ fields: [CellField], _ depth: Int) -> String? {
        fields.lazy.compactMap { shapeProblem($0.type, depth: depth + 1) }.first
    }
}
