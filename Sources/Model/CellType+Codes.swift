extension CellType {
    /// The width of the code in bits. More than 64 is possible for a type that no model may have; see
    /// ``Model/validate()``. A sort that does not exist counts as one of size 1.
    public func width(sorts: [Sort]) -> Int {
        switch self {
        case .unit: 0
        case .bool, .exclusiveLock: 1
        case .range(let lower, let upper): UInt64(bitPattern: upper &- lower).bitsNeeded
        case .rangeOrUnbounded(let lower, let upper): (UInt64(bitPattern: upper &- lower) &+ 1).bitsNeeded
        case .bits(let width): width
        case .element(let sort): Self.bits(forValues: Self.size(of: sort, in: sorts))
        case .tagged(_, let cases):
            cases.reduce(0) { max($0, Self.width(of: $1.fields, sorts: sorts)) }
                .saturatingSum(Self.tagWidth(cases.count))
        case .tuple(_, let fields): Self.width(of: fields, sorts: sorts)
        case .set(let element): element.valueCount(sorts: sorts)
        case .optional(let wrapped): wrapped.width(sorts: sorts).saturatingSum(1)
        case .sharedLock(let holders): Self.bits(forValues: holders.saturatingSum(2))
        case .location(let count): Self.bits(forValues: count)
        }
    }

    /// How many values the type has, `Int.max` for more than fit.
    public func valueCount(sorts: [Sort]) -> Int {
        switch self {
        case .unit: 1
        case .bool, .exclusiveLock: 2
        case .range(let lower, let upper): Self.count(lower, upper)
        case .rangeOrUnbounded(let lower, let upper): Self.count(lower, upper).saturatingSum(1)
        case .bits(let width): width >= 62 ? .max : 1 << max(0, width)
        case .element(let sort): Self.size(of: sort, in: sorts)
        case .tagged(_, let cases):
            cases.reduce(0) { $0.saturatingSum(Self.valueCount(of: $1.fields, sorts: sorts)) }
        case .tuple(_, let fields): Self.valueCount(of: fields, sorts: sorts)
        case .set(let element):
            CellType.bits(element.valueCount(sorts: sorts)).valueCount(sorts: sorts)
        case .optional(let wrapped): wrapped.valueCount(sorts: sorts).saturatingSum(1)
        case .sharedLock(let holders): holders.saturatingSum(2)
        case .location(let count): max(0, count)
        }
    }

    /// All valid codes in ascending order; nil where there are more than `limit`.
    ///
    /// The place of a code in this list is its *dense index*: the bit that stands for it in a set, and the index that
    /// stands for it in an array over the type.
    public func codes(sorts: [Sort], limit: Int = 64) -> [UInt64]? {
        let count = valueCount(sorts: sorts)
        guard count <= limit else { return nil }
        switch self {
        case .unit, .bool, .exclusiveLock, .range, .rangeOrUnbounded, .bits, .element, .sharedLock, .location, .set:
            return (0..<UInt64(count)).map { $0 }
        case .tagged(_, let cases):
            let tagWidth = Self.tagWidth(cases.count)
            return cases.enumerated().flatMap { tag, one in
                Self.codes(of: one.fields, sorts: sorts, limit: limit).map { $0.shifted(by: tagWidth) | UInt64(tag) }
            }.sorted()
        case .tuple(_, let fields):
            return Self.codes(of: fields, sorts: sorts, limit: limit).sorted()
        case .optional(let wrapped):
            return [0] + (wrapped.codes(sorts: sorts, limit: limit) ?? []).map { $0 << 1 | 1 }
        }
    }

    /// The dense index of a valid code; nil for an invalid one. Needs ``codes(sorts:limit:)`` only for tagged, tuple
    /// and optional types; constant time for the others.
    public func denseIndex(of code: UInt64, sorts: [Sort]) -> Int? {
        switch self {
        case .unit, .bool, .exclusiveLock, .range, .rangeOrUnbounded, .bits, .element, .sharedLock, .location, .set:
            guard let index = Int(exactly: code), index < valueCount(sorts: sorts) else { return nil }
            return index
        case .tagged, .tuple, .optional:
            return codes(sorts: sorts, limit: 1 << 16)?.firstIndex(of: code)
        }
    }

    /// How many bits the number of a case takes.
    public static func tagWidth(_ cases: Int) -> Int { bits(forValues: cases) }

    private static func bits(forValues count: Int) -> Int { count <= 1 ? 0 : UInt64(count - 1).bitsNeeded }

    private static func size(of sort: Int, in sorts: [Sort]) -> Int {
        sorts.indices.contains(sort) ? sorts[sort].size : 1
    }

    private static func count(_ lower: Int64, _ upper: Int64) -> Int {
        guard lower <= upper else { return 0 }
        return Int(exactly: UInt64(bitPattern: upper &- lower))?.saturatingSum(1) ?? .max
    }

    private static func width(of fields: [CellField], sorts: [Sort]) -> Int {
        fields.reduce(0) { $0.saturatingSum($1.type.width(sorts: sorts)) }
    }

    private static func valueCount(of fields: [CellField], sorts: [Sort]) -> Int {
        fields.reduce(1) { $0.saturatingProduct($1.type.valueCount(sorts: sorts)) }
    }

    private static func codes(of fields: [CellField], sorts: [Sort], limit: Int) -> [UInt64] {
        var codes: [UInt64] = [0]
        var shift = 0
        for field in fields {
            let own = field.type.codes(sorts: sorts, limit: limit) ?? []
            codes = codes.flatMap { low in own.map { low | $0.shifted(by: shift) } }
            shift = shift.saturatingSum(field.type.width(sorts: sorts))
        }
        return codes
    }
}

extension UInt64 {
    /// Shifted left; 0 where nothing is left.
    func shifted(by count: Int) -> UInt64 { count >= 64 ? 0 : self << UInt64(Swift.max(0, count)) }
}
