// Unsafe code: see the rows and the memory it is made of.

/// Successors that may be new, each once, until they are compared with the states on disk. The states to expand are
/// those of the frontier.
final class CandidateStore: StateStore, @unchecked Sendable {
    let rows: RowStore
    let frontier: Frontier
    /// By row, whether the state is on disk.
    private let isOld: MappedMemory<UInt8>
    /// How many candidates it takes before they must be settled.
    let limit: Int

    static var role: StoreRole { .candidates }

    /// Room for about so many bytes; nil where the machine refuses it.
    init?(width: Int, bytes: Int, workers: Int) {
        frontier = Frontier(width: width, bytes: bytes / 8)
        // Rows, marks, and while it grows two tables.
        let left = min(1 << 40, max(0, bytes - frontier.bytes))
        var limit = SlotTable.load(SlotTable.least(workers: workers)) / 2
        while 2 * limit * (8 * width + 1) + 6 * SlotTable.bytes(rows: 2 * limit) / 4 <= left { limit *= 2 }
        let most = (left - 6 * SlotTable.bytes(rows: limit) / 4) / (8 * width + 1)
        limit = max(limit, min(most, SlotTable.load(SlotTable.bytes(rows: limit) / 4)))
        guard let rows = RowStore(width: width, mostRows: limit, workers: workers),
            let isOld = MappedMemory<UInt8>(rowsLike: rows, limit)
        else { return nil }
        self.rows = rows
        self.isOld = isOld
        self.limit = min(limit, rows.capacity)
    }

    deinit { isOld.free() }

    var capacity: Int { limit }
    var bytes: Int { rows.bytes + rows.count + frontier.bytes }
    let keepsStates = false
    let keysAreHashes = true
    let scratchWords = 0

    func bytes(states: Int) -> Int { bytes }
    func room(states: Int) -> Int { min(limit, rows.load) - states }
    func makeCursor() -> RowCursor { RowCursor() }
    func grow(states: Int) -> Bool { rows.grow() }
    func forget(_ layer: [Range<StateID>]) {}
    func mostStates(inBytes limit: Int) -> Int? { nil }
    func predecessor(_ id: StateID) -> StateID { .none }
    func takeRanges(_ cursor: inout RowCursor) -> [Range<StateID>] { cursor.takeRanges() }

    /// Forgets the candidates; false where memory is refused. Cursors must be made anew.
    func removeAll() -> Bool {
        isOld.clear(0..<rows.count)
        return rows.removeAll()
    }

    @inline(__always)
    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        frontier.state(id)
    }

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
    ) -> (id: StateID, isNew: Bool) { rows.insert(state, hash: key, &cursor) }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? { rows.find(state, hash: key) }

    // MARK: Settling

    @inline(__always)
    func markOld(_ id: StateID) { isOld.base[Int(id)] = 1 }

    @inline(__always)
    func isOld(_ id: StateID) -> Bool { isOld.base[Int(id)] != 0 }
}
