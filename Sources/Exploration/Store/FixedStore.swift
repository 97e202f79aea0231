// Unsafe code: see the rows and the memory it is made of.

/// States of one width: whole words in an arena, four bytes for the predecessor, a slot in the table.
final class FixedStore: StateStore {
    private let rows: RowStore
    private let predecessors: MappedMemory<StateID>
    let capacity: Int

    /// Room for `mostStates` states, or as many as the machine allows.
    init?(width: Int, mostStates: Int, workers: Int) {
        guard let rows = RowStore(width: width, mostRows: mostStates, workers: workers),
            let predecessors = MappedMemory<StateID>(rowsLike: rows, mostStates)
        else { return nil }
        self.rows = rows
        self.predecessors = predecessors
        capacity = min(rows.capacity, predecessors.count - RowStore.spareRows)
    }

    deinit { predecessors.free() }

    let scratchWords = 0
    let keepsStates = true
    let keysAreHashes = true

    var bytes: Int { rows.bytes + 4 * rows.count }

    /// What growth takes until the old table is given back.
    var bytesOfLargerTable: Int { 2 * rows.tableBytes }

    func room(states: Int) -> Int { rows.load - states }

    func makeCursor() -> RowCursor { RowCursor() }

    func takeRanges(_ cursor: inout RowCursor) -> [Range<StateID>] { cursor.takeRanges() }

    func grow(states: Int) -> Bool { rows.grow() }

    func forget(_ layer: [Range<StateID>]) {}

    func mostStates(inBytes limit: Int) -> Int? { SlotTable.mostRows(inBytes: limit, row: 8 * rows.width + 4) }

    func bytes(states: Int) -> Int { states * (8 * rows.width + 4) + SlotTable.bytes(rows: states) }

    @inline(__always)
    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        rows.words(id)
    }

    func prefetch(_ hash: UInt64) { rows.prefetch(hash) }

    @inline(__always)
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> { rows.words(id) }

    func predecessor(_ id: StateID) -> StateID { predecessors.base[Int(id)] }

    @inline(__always)
    func key(
        of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout RowCursor
    ) -> UInt64 {
        rows.prefetch(hash)
        return hash
    }

    @inline(__always)
    func prefetchCandidate(_ key: UInt64) { rows.prefetchCandidate(key) }

    @inline(__always)
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout RowCursor
    ) -> (id: StateID, isNew: Bool) {
        let (id, isNew) = rows.insert(state, hash: key, &cursor)
        if isNew { predecessors.base[Int(id)] = predecessor }
        return (id, isNew)
    }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? {
        rows.find(state, hash: key)
    }
}

extension MappedMemory {
    /// One element for each row.
    init?(rowsLike rows: RowStore, _ mostRows: Int) {
        let count = min(mostRows, StateID.mostStates) + RowStore.spareRows
        self.init(count: min(count, rows.capacity + RowStore.spareRows), least: 2 * RowStore.spareRows)
    }
}
