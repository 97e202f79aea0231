/// What must be so for some bits of a code to mean anything: some other bits say which case it is, and only some cases have
/// them.
public struct CellGuard: Hashable, Sendable {
    /// Where the number of the case is.
    public let tag: Range<Int>
    /// The cases that have the bits.
    public let cases: [UInt64]
    /// How many there are.
    public let count: Int

    fileprivate func shifted(up offset: Int) -> CellGuard {
        CellGuard(tag: tag.lowerBound + offset..<tag.upperBound + offset, cases: cases, count: count)
    }
}

extension CellType {
    /// From outside in; none where the bits are always there.
    public func guards(of bits: Range<Int>, sorts: [Sort]) -> [CellGuard] {
        switch self {
        case .optional(let wrapped):
            guard bits.lowerBound >= 1 else { return [] }
            return [CellGuard(tag: 0..<1, cases: [1], count: 2)] + Self.guards(of: bits, in: wrapped, at: 1, sorts)
        case .tagged(_, let cases):
            let tagWidth = Self.tagWidth(cases.count)
            guard bits.lowerBound >= tagWidth else { return [] }
            let places = cases.map { Self.place(of: bits, among: $0.fields, from: tagWidth, sorts) }
            let those = cases.indices.filter { places[$0] != nil }
            let inner = Set(
                those.map { number in
                    places[number].map { Self.guards(of: bits, in: $0.type, at: $0.start, sorts) } ?? []
                })
            return [CellGuard(tag: 0..<tagWidth, cases: those.map { UInt64($0) }, count: cases.count)]
                + (inner.count == 1 ? inner.first ?? [] : [])
        case .tuple(_, let fields):
            return Self.place(of: bits, among: fields, from: 0, sorts)
                .map { Self.guards(of: bits, in: $0.type, at: $0.start, sorts) } ?? []
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .set, .exclusiveLock, .sharedLock, .location:
            return []
        }
    }

    private static func guards(of bits: Range<Int>, in type: CellType, at start: Int, _ sorts: [Sort]) -> [CellGuard] {
        type.guards(of: bits.lowerBound - start..<bits.upperBound - start, sorts: sorts).map { $0.shifted(up: start) }
    }

    /// The field that has the bits, and where it begins.
    private static func place(
        of bits: Range<Int>, among fields: [CellField], from first: Int, _ sorts: [Sort]
    ) -> (type: CellType, start: Int)? {
        var start = first
        for field in fields {
            let end = start.saturatingSum(field.type.width(sorts: sorts))
            if bits.lowerBound >= start, bits.upperBound <= end { return (field.type, start) }
            start = end
        }
        return nil
    }
}
