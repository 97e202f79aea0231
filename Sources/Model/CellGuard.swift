/// What must be so for some bits of a code to mean anything: some other bits say which case it is, and only some cases have
/// them.
public struct CellGuard: Hashable, Sendable {
    /// Where the number of the case is.
    public let tag: Range<Int>
    /// The cases that have the bits.
    public let cases: [UInt64]
    /// How many there are.
    public let count: Int
    /// Only where this is so, one of several cases around it that have the bits.
    public var within: Case?

    public struct Case: Hashable, Sendable {
        public let tag: Range<Int>
        public let number: UInt64
    }

    fileprivate func shifted(up offset: Int) -> CellGuard {
        CellGuard(
            tag: tag.shifted(up: offset), cases: cases, count: count,
            within: within.map { Case(tag: $0.tag.shifted(up: offset), number: $0.number) })
    }
}

extension Range<Int> {
    fileprivate func shifted(up offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
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
            if cases.count == 1 { return CellType.tuple(name: "", cases[0].fields).guards(of: bits, sorts: sorts) }
            let places = cases.map { Self.place(of: bits, among: $0.fields, from: tagWidth, sorts) }
            let those = cases.indices.filter { places[$0] != nil }.map { UInt64($0) }
            let inner = places.enumerated().flatMap { number, place in
                (place.map { Self.guards(of: bits, in: $0.type, at: $0.start, sorts) } ?? []).map { one in
                    var one = one
                    one.within = one.within ?? CellGuard.Case(tag: 0..<tagWidth, number: UInt64(number))
                    return one
                }
            }
            return [CellGuard(tag: 0..<tagWidth, cases: those, count: cases.count)] + inner
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
