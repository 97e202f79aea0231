// Unsafe code: asked for every successor of a search; its tables are raw memory.

/// An order of the elements of one sort by the part they play in a state, as far as a few cells tell.
///
/// First come the cells that belong to an element, then the values elsewhere that name it. Read is only what no
/// renaming of the sorts that are still open changes: cells whose other indices are settled, and of these the bits
/// that name no element of an open sort. A renaming of the open sorts therefore renames the order.
struct ElementOrder {
    private let size: Int
    /// By field: the bits that count, and by field and element where they are.
    private let masks: UnsafeMutableBufferPointer<UInt64>
    private let places: UnsafeMutableBufferPointer<OwnField.Place>
    private let mentions: ElementMentions

    /// - Parameter settled: by sort, whether its elements have their final names.
    init(_ plan: SymmetryPlan, sort: Int, settled: [Bool]) {
        size = plan.sizes[sort]
        let fields = OwnField.all(plan, sort: sort, settled: settled)
        masks = .allocate(capacity: fields.count)
        _ = masks.initialize(from: fields.map(\.mask))
        places = .allocate(capacity: fields.count * size)
        _ = places.initialize(from: fields.flatMap(\.places))
        mentions = ElementMentions(plan, sort: sort) { $0.isElsewhere(than: sort, settled) }
    }

    func free() {
        masks.deallocate()
        places.deallocate()
        mentions.free()
    }

    /// Below 0 where `x` comes first, 0 where nothing tells them apart.
    @inline(__always)
    func compare(_ x: Int, _ y: Int, in words: UnsafePointer<UInt64>) -> Int {
        var (atX, atY) = (x, y)
        for mask in masks {
            let a = words[places[atX].word] &>> places[atX].shift & mask
            let b = words[places[atY].word] &>> places[atY].shift & mask
            if a != b { return a < b ? -1 : 1 }
            atX &+= size
            atY &+= size
        }
        return mentions.compare(x, y, in: words)
    }

    /// The same; adds the bits that decide it.
    func compare(_ x: Int, _ y: Int, in words: UnsafePointer<UInt64>, noting bits: UnsafeMutablePointer<UInt64>) -> Int
    {
        for (field, mask) in masks.enumerated() {
            let (a, b) = (places[field * size + x], places[field * size + y])
            bits[a.word] |= mask << a.shift
            bits[b.word] |= mask << b.shift
            let (codeA, codeB) = (words[a.word] >> a.shift & mask, words[b.word] >> b.shift & mask)
            if codeA != codeB { return codeA < codeB ? -1 : 1 }
        }
        mentions.noteBits(bits)
        return mentions.compare(x, y, in: words)
    }
}

extension SymmetryPlan.Cell {
    /// Whether the cell belongs to no element of the sort, and to settled ones of others.
    fileprivate func isElsewhere(than sort: Int, _ settled: [Bool]) -> Bool {
        for coordinate in coordinates {
            guard let other = coordinate.sort, other != sort, settled[other] else { return false }
        }
        return true
    }
}
