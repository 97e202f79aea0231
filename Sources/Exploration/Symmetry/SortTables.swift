// Unsafe code: asked for every successor of a search; its tables are raw memory.

/// What it takes to put the elements of one sort in order: who names them, and what exchanges two of them.
struct SortTables {
    let sort: Int
    let size: Int
    let mentions: ElementMentions
    /// By pair, the larger element outside.
    private let exchanges: UnsafeMutableBufferPointer<ElementExchange>
    /// By which other sorts are settled, a bit for each; made when they are asked for.
    let orders: UnsafeMutableBufferPointer<ElementOrder?>

    init(_ plan: SymmetryPlan, sort: Int, openSorts: Int) {
        self.sort = sort
        size = plan.sizes[sort]
        mentions = ElementMentions(plan, sort: sort)
        let pairs = (0..<size).flatMap { y in (0..<y).map { ElementExchange(plan, sort: sort, $0, y) } }
        exchanges = .allocate(capacity: pairs.count)
        _ = exchanges.initialize(from: pairs)
        orders = .allocate(capacity: 1 << openSorts)
        orders.initialize(repeating: nil)
    }

    /// The tables of all sorts that can be permuted, in the order of their turns: those whose own cells tell most come
    /// first. None where masks and shifts do not reach all elements, or the tables would be too many.
    static func all(_ plan: SymmetryPlan) -> [SortTables] {
        let open = plan.sizes.indices.filter { plan.sizes[$0] > 1 }
        guard open.count <= mostSorts, open.allSatisfy({ plan.sizes[$0] <= mostElements }) else { return [] }
        let reachesAll = plan.types.allSatisfy { type in
            type.sets.allSatisfy { set in set.isPlain(plan.sizes) }
        }
        guard reachesAll else { return [] }
        let nothing = plan.sizes.map { _ in false }
        let bits = open.map { sort in
            OwnField.all(plan, sort: sort, settled: nothing).reduce(0) { $0 + $1.bits }
        }
        let turns = open.indices.sorted { (-bits[$0], $0) < (-bits[$1], $1) }
        return turns.map { SortTables(plan, sort: open[$0], openSorts: open.count) }
    }

    private static let mostSorts = 8
    /// A mask of those that are named must have room.
    private static let mostElements = 32

    func free() {
        mentions.free()
        for exchange in exchanges { exchange.free() }
        exchanges.deallocate()
        for order in orders { order?.free() }
        orders.deallocate()
    }

    @inline(__always)
    func exchange(_ x: Int, _ y: Int, in words: UnsafeMutablePointer<UInt64>) {
        pair(x, y).pointee.apply(words, mentions)
    }

    /// Whether the state stays as it is when both are exchanged.
    ///
    /// - Parameters:
    ///   - named: a bit for each element that some value names.
    ///   - scratch: as long as a state.
    @inline(__always)
    func areTwins(
        _ x: Int, _ y: Int, named: UInt64, in words: UnsafePointer<UInt64>, scratch: UnsafeMutablePointer<UInt64>,
        count: Int
    ) -> Bool {
        let (isXNamed, isYNamed) = (named &>> UInt64(x) & 1, named &>> UInt64(y) & 1)
        if isXNamed != isYNamed { return false }
        if isXNamed == 0 { return pair(x, y).pointee.swapsNothing(words) }
        for word in 0..<count { scratch[word] = words[word] }
        exchange(x, y, in: scratch)
        for word in 0..<count where scratch[word] != words[word] { return false }
        return true
    }

    /// Whether both are twins that no value names; adds the bits that say so.
    func areUnnamedTwins(
        _ x: Int, _ y: Int, in words: UnsafePointer<UInt64>, noting bits: UnsafeMutablePointer<UInt64>
    ) -> Bool {
        mentions.noteBits(bits)
        pair(x, y).pointee.noteBits(bits)
        let named = mentions.named(in: words)
        return named >> UInt64(x) & 1 == 0 && named >> UInt64(y) & 1 == 0 && pair(x, y).pointee.swapsNothing(words)
    }

    @inline(__always)
    private func pair(_ x: Int, _ y: Int) -> UnsafeMutablePointer<ElementExchange> {
        let (low, high) = x < y ? (x, y) : (y, x)
        return exchanges.baseAddress.unsafelyUnwrapped + (high &* (high &- 1) / 2 &+ low)
    }
}
