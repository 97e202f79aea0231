// Unsafe code: see the rows and the memory it is made of.

/// Tree compression (Blom, Lisser, van de Pol and Weber, 2009; Laarman, van de Pol and Weber, 2011): the words of a state
/// are the leaves of a tree, every node has a table of its own, and what is left of a state is the pair of numbers of its
/// two halves: eight bytes. Exact. It pays where states are wide and their parts recur.
final class TreeStore: StateStore {
    private let shape: TreeShape
    private let root: RowStore
    /// In the order of ``TreeShape/nodes``.
    private let tables: [TreeTable]
    private let predecessors: MappedMemory<StateID>
    let capacity: Int
    let scratchWords: Int

    /// Where a worker goes on in each table.
    struct Cursor {
        fileprivate var root = RowCursor()
        fileprivate var tables: [RowCursor]
        /// The number of each node of the state at hand.
        fileprivate var numbers: [StateID]
    }

    /// Room for `mostStates` states of at least two words, or as many as the machine allows.
    init?(width: Int, mostStates: Int, workers: Int) {
        let shape = TreeShape(width: width)
        let tables = shape.nodes.compactMap { TreeTable(width: $0.words, mostRows: mostStates, workers: workers) }
        guard tables.count == shape.nodes.count, let root = RowStore(width: 1, mostRows: mostStates, workers: workers),
            let predecessors = MappedMemory<StateID>(rowsLike: root, mostStates)
        else { return nil }
        self.shape = shape
        self.root = root
        self.tables = tables
        self.predecessors = predecessors
        scratchWords = width
        capacity = tables.reduce(min(root.capacity, predecessors.count - RowStore.spareRows)) {
            min($0, $1.rows.capacity)
        }
    }

    deinit { predecessors.free() }

    let keepsStates = true
    let keysAreHashes = false

    var bytes: Int { tables.reduce(root.bytes + 4 * root.count) { $0 + $1.rows.bytes } }

    func bytes(states: Int) -> Int {
        tables.reduce(12 * states + SlotTable.bytes(rows: states)) { $0 + $1.settledBytes }
    }

    func room(states: Int) -> Int {
        // A state has one row in a table at most that is new.
        let least = tables.reduce(Int.max) { min($0, $1.room) }
        return tables.contains(where: \.mustGrow) ? 0 : min(least, root.load - states)
    }

    func makeCursor() -> Cursor {
        Cursor(
            tables: Array(repeating: RowCursor(), count: tables.count),
            numbers: Array(repeating: 0, count: tables.count))
    }

    func takeRanges(_ cursor: inout Cursor) -> [Range<StateID>] { cursor.root.takeRanges() }

    func grow(states: Int) -> Bool {
        for table in tables where table.mustGrow {
            guard table.rows.grow() else { return false }
        }
        return states < root.load || root.grow()
    }

    func forget(_ layer: [Range<StateID>]) {}
    func mostStates(inBytes limit: Int) -> Int? { nil }

    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        let halves = root.words(id)[0]
        unpack(shape.left, StateID(truncatingIfNeeded: halves &>> 32), scratch)
        unpack(shape.right, StateID(truncatingIfNeeded: halves), scratch)
        return UnsafeBufferPointer(start: scratch, count: scratchWords)
    }

    private func unpack(_ node: Int, _ number: StateID, _ scratch: UnsafeMutablePointer<UInt64>) {
        let words = tables[node].rows.words(number)
        switch shape.nodes[node] {
        case .leaf(let start, words: let count): for word in 0..<count { scratch[start + word] = words[word] }
        case .join(let left, let right):
            unpack(left, StateID(truncatingIfNeeded: words[0] &>> 32), scratch)
            unpack(right, StateID(truncatingIfNeeded: words[0]), scratch)
        }
    }

    func predecessor(_ id: StateID) -> StateID { predecessors.base[Int(id)] }

    /// The word of the root. A part that is not there may only be added where the state may be, too.
    func key(
        of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout Cursor
    ) -> UInt64 {
        for index in shape.nodes.indices {
            guard let number = number(of: index, state, adding: adding, &cursor) else { return Self.unknown }
            cursor.numbers[index] = number
        }
        let key = Self.pair(cursor.numbers[shape.left], cursor.numbers[shape.right])
        root.prefetch(Exploration.hash(word: key))
        return key
    }

    @inline(__always)
    private func number(
        of index: Int, _ state: UnsafeBufferPointer<UInt64>, adding: Bool, _ cursor: inout Cursor
    ) -> StateID? {
        switch shape.nodes[index] {
        case .leaf(let start, let count):
            let words = UnsafeBufferPointer(rebasing: state[start..<start + count])
            return tables[index].number(words, adding: adding, &cursor.tables[index])
        case .join(let left, let right):
            return withUnsafePointer(to: Self.pair(cursor.numbers[left], cursor.numbers[right])) {
                tables[index].number(
                    UnsafeBufferPointer(start: $0, count: 1), adding: adding, &cursor.tables[index])
            }
        }
    }

    /// No state: numbers are smaller.
    private static let unknown = UInt64.max

    @inline(__always)
    private static func pair(_ left: StateID, _ right: StateID) -> UInt64 { UInt64(left) &<< 32 | UInt64(right) }

    func prefetchCandidate(_ key: UInt64) { root.prefetchCandidate(Exploration.hash(word: key)) }

    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout Cursor
    ) -> (id: StateID, isNew: Bool) {
        let (id, isNew) = withUnsafePointer(to: key) {
            root.insert(UnsafeBufferPointer(start: $0, count: 1), hash: Exploration.hash(word: key), &cursor.root)
        }
        if isNew { predecessors.base[Int(id)] = predecessor }
        return (id, isNew)
    }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? {
        withUnsafePointer(to: key) {
            root.find(UnsafeBufferPointer(start: $0, count: 1), hash: Exploration.hash(word: key))
        }
    }
}
