// Unsafe code: called for every successor of a search; its tables and scratch states are raw memory.

import Model

/// Turns a state into the representative of its orbit under the product of the full symmetric groups of the sorts.
///
/// The representative is exact: equal for two states if and only if one is a renaming of the other. The sorts are
/// settled one after the other: the elements of a sort are put into the order that ``ElementOrder`` finds with the
/// names of the sorts that are settled already. Elements that it leaves equal must be *twins*, which can be exchanged
/// without any change, or the sort has to wait until others are settled. Where all that are left wait for each other,
/// one of them is put into each order that is possible, and the least result counts. What is decided at each point is
/// the same for all states of an orbit, so they end in the same state. Where that would be too many orders,
/// ``OrbitSearch`` finds the representative; whether it comes to that is also the same for the whole orbit.
///
/// It is the idea of canonical labelling of graphs (McKay, Practical graph isomorphism, 1981): refine, and try only
/// where refining leaves a choice.
///
/// The initial states need not be symmetric. A renaming of the elements is an automorphism of the transition relation
/// and leaves every property as it is: the language has no way to name an element. So a representative reached from
/// the representative of an initial state is a renaming of a state reached from that initial state, in as many steps,
/// and violates the same properties.
///
/// A code that names no element, which a damaged model can leave in a cell, is not renamed.
final class Canonicaliser {
    private let plan: SymmetryPlan
    private let search: OrbitSearch
    let sorts: UnsafeMutableBufferPointer<SortTables>
    private let everySort: Int
    let wordCount: Int
    private let scratch: UnsafeMutablePointer<UInt64>
    /// Three states for each sort that is put into several orders.
    let branchScratch: UnsafeMutablePointer<UInt64>
    /// By number, the element that gets it.
    private let sorted: UnsafeMutablePointer<Int>
    /// What settled a state that was in order from the start.
    private var shortcut: Shortcut
    /// What was exchanged, where a caller wants to know.
    var exchanges: [(sort: Int, x: Int, y: Int)]?

    /// Nil where the model has no symmetry.
    init?(_ code: ModelCode) {
        guard let plan = SymmetryPlan(code) else { return nil }
        self.plan = plan
        search = OrbitSearch(plan)
        wordCount = code.wordCount
        scratch = .allocate(capacity: wordCount)
        sorted = .allocate(capacity: plan.sizes.max() ?? 1)
        let tables = SortTables.all(plan)
        sorts = .allocate(capacity: tables.count)
        _ = sorts.initialize(from: tables)
        shortcut = Shortcut(width: wordCount)
        everySort = 1 << tables.count - 1
        branchScratch = .allocate(capacity: 3 * wordCount * tables.count)
    }

    deinit {
        scratch.deallocate()
        sorted.deallocate()
        branchScratch.deallocate()
        shortcut.free()
        for sort in sorts { sort.free() }
        sorts.deallocate()
    }

    /// The size of the group, saturating.
    var order: Int { plan.order }

    func canonicalise(_ words: UnsafeMutablePointer<UInt64>) {
        if !complete(words, 0) { search.canonicalise(words) }
        if shortcut.isWanted { remember(words) }
    }

    /// Whether a look at some bits tells that the state is a representative.
    @inline(__always)
    func isPlainlyCanonical(_ words: UnsafePointer<UInt64>) -> Bool { shortcut.matches(words) }

    /// `renaming` gets, by actor, the one that plays its part in the representative.
    func canonicalise(_ words: UnsafeMutablePointer<UInt64>, renaming: inout [Int]) {
        exchanges = []
        let isComplete = complete(words, 0)
        var images = Renaming(sizes: plan.sizes)
        for exchange in exchanges ?? [] { images.exchange(exchange.sort, exchange.x, exchange.y) }
        exchanges = nil
        if !isComplete { images = images.followed(by: search.renaming(words)) }
        renaming = plan.actorImages(images)
    }

    // MARK: Sorts

    /// Settles the sorts that are left, where necessary by trying; false where it would have to try too many orders.
    func complete(_ words: UnsafeMutablePointer<UInt64>, _ settled: Int) -> Bool {
        let settled = settle(words, settled)
        if settled == everySort { return everySort != 0 }
        return tryOrders(words, settled)
    }

    /// Settles one sort after the other; gives those that are settled in the end.
    private func settle(_ words: UnsafeMutablePointer<UInt64>, _ settled: Int) -> Int {
        var settled = settled
        while true {
            let before = settled
            for number in sorts.indices where settled >> number & 1 == 0 {
                if arrange(number, settled, words) { settled |= 1 << number }
            }
            if settled == everySort || settled == before { return settled }
        }
    }

    /// Keeps what it takes to see that a representative is one, where all sorts are in order at once.
    private func remember(_ words: UnsafePointer<UInt64>) {
        shortcut.begin()
        var settled = 0
        for number in sorts.indices {
            let order = order(number, settled)
            for element in 1..<sorts[number].size {
                let comparison = order.compare(element - 1, element, in: words, noting: shortcut.bits)
                if comparison > 0 { return }
                if comparison == 0,
                    !sorts[number].areUnnamedTwins(element - 1, element, in: words, noting: shortcut.bits)
                {
                    return
                }
            }
            settled |= 1 << number
        }
        if settled != 0 { shortcut.end(words) }
    }

    /// Puts the elements of a sort in order; false where some stay equal that are no twins.
    @inline(__always)
    private func arrange(_ number: Int, _ settled: Int, _ words: UnsafeMutablePointer<UInt64>) -> Bool {
        let tables = sorts[number]
        let order = order(number, settled)
        if tables.size == 2 {
            let comparison = order.compare(0, 1, in: words)
            if comparison > 0 { exchange(tables, 0, 1, words) }
            return comparison != 0 || hasOnlyTwins(tables, order, words)
        }
        return !sort(tables, order, words) || hasOnlyTwins(tables, order, words)
    }

    /// Sorts by insertion: most states are nearly in order, since that which they come from is. Gives whether some
    /// elements are equal.
    private func sort(_ tables: SortTables, _ order: ElementOrder, _ words: UnsafeMutablePointer<UInt64>) -> Bool {
        var hasEqual = false
        sorted[0] = 0
        for element in 1..<tables.size {
            var place = element
            while place > 0 {
                let comparison = order.compare(sorted[place &- 1], element, in: words)
                if comparison == 0 { hasEqual = true }
                if comparison <= 0 { break }
                sorted[place] = sorted[place &- 1]
                place &-= 1
            }
            sorted[place] = element
        }
        for number in 0..<tables.size where sorted[number] != number {
            let element = sorted[number]
            exchange(tables, number, element, words)
            // What had the number is now where the element was.
            var other = number &+ 1
            while sorted[other] != number { other &+= 1 }
            sorted[other] = element
        }
        return hasEqual
    }

    /// Whether neighbours that the order leaves equal are twins. To be twins is an equivalence.
    private func hasOnlyTwins(_ tables: SortTables, _ order: ElementOrder, _ words: UnsafePointer<UInt64>) -> Bool {
        let named = tables.mentions.named(in: words)
        for element in 1..<tables.size where order.compare(element &- 1, element, in: words) == 0 {
            if !areTwins(tables, element &- 1, element, named: named, words) { return false }
        }
        return true
    }

    @inline(__always)
    func areTwins(_ tables: SortTables, _ x: Int, _ y: Int, named: UInt64, _ words: UnsafePointer<UInt64>) -> Bool {
        tables.areTwins(x, y, named: named, in: words, scratch: scratch, count: wordCount)
    }

    @inline(__always)
    func exchange(_ tables: SortTables, _ x: Int, _ y: Int, _ words: UnsafeMutablePointer<UInt64>) {
        tables.exchange(x, y, in: words)
        exchanges?.append((tables.sort, x, y))
    }

    @inline(__always)
    func order(_ number: Int, _ settled: Int) -> ElementOrder {
        sorts[number].orders[settled] ?? makeOrder(number, settled)
    }

    @inline(never)
    private func makeOrder(_ number: Int, _ settled: Int) -> ElementOrder {
        var isSettled = plan.sizes.map { _ in false }
        for other in sorts.indices where settled >> other & 1 == 1 { isSettled[sorts[other].sort] = true }
        let order = ElementOrder(plan, sort: sorts[number].sort, settled: isSettled)
        sorts[number].orders[settled] = order
        return order
    }
}
