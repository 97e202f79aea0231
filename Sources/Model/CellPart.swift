/// Some of the bits of a code, in the user's terms: which case it is, or the value of a field.
public struct CellPart: Hashable, Sendable {
    /// What to append to the name of the whole: `""`, `"!"`, `".entry.frame"`.
    public let path: String
    public let content: Content
    /// Whether it is some bits of a word only.
    fileprivate var isSlice = false

    fileprivate init(path: String, content: Content) { (self.path, self.content) = (path, content) }

    public enum Content: Hashable, Sendable {
        /// The number of a case, by the patterns of the cases.
        case tag([String])
        case value(CellType)
    }

    fileprivate static func field(_ fields: [CellField], _ bits: Range<Int>, sorts: [Sort]) -> CellPart? {
        var start = 0
        for field in fields {
            let end = start.saturatingSum(field.type.width(sorts: sorts))
            if bits.lowerBound >= start, bits.upperBound <= end {
                return field.type.part(bits.shifted(down: start), sorts: sorts)?.under(".\(field.name)")
            }
            start = end
        }
        return nil
    }

    fileprivate func under(_ name: String) -> CellPart {
        var part = CellPart(path: name + path, content: content)
        part.isSlice = isSlice
        return part
    }
}

extension CellType {
    /// What some bits of a code are; nil where they are no whole part, or may be parts of several cases.
    public func part(_ bits: Range<Int>, sorts: [Sort]) -> CellPart? {
        if bits == 0..<width(sorts: sorts) { return CellPart(path: "", content: .value(self)) }
        switch self {
        case .optional(let wrapped):
            if bits == 0..<1 { return CellPart(path: "", content: .tag(["none", "some(_)"])) }
            return bits.lowerBound < 1 ? nil : wrapped.part(bits.shifted(down: 1), sorts: sorts)?.under("!")
        case .tagged(_, let cases):
            let tagWidth = Self.tagWidth(cases.count)
            if bits == 0..<tagWidth { return CellPart(path: "", content: .tag(cases.map(\.name))) }
            if bits.lowerBound < tagWidth { return nil }
            let parts = cases.compactMap { CellPart.field($0.fields, bits.shifted(down: tagWidth), sorts: sorts) }
            let whole = parts.filter { !$0.isSlice }
            let meant = whole.isEmpty ? parts : whole
            return Set(meant).count == 1 ? meant.first : nil
        case .tuple(_, let fields):
            return CellPart.field(fields, bits, sorts: sorts)
        case .bits:
            var part = CellPart(
                path: "[\(bits.upperBound - 1):\(bits.lowerBound)]", content: .value(.bits(bits.count)))
            part.isSlice = true
            return part
        case .unit, .bool, .range, .rangeOrUnbounded, .element, .set, .exclusiveLock, .sharedLock, .location:
            return nil
        }
    }
}

extension Range<Int> {
    fileprivate func shifted(down count: Int) -> Range<Int> { lowerBound - count..<upperBound - count }
}
