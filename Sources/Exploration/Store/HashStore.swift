// Unsafe code: see the rows and the memory it is made of.

/// Hash compaction (Stern and Dill, 1995; Wolper and Leroy, 1993): of a state only a fingerprint of 64 bits is kept, and
/// the state itself until its layer is expanded.
///
/// Two states with one fingerprint count as one, so a state may be missed: see ``missedStateProbability(states:)``.
final class HashStore: StateStore {
    private let width: Int
    private let fingerprints: RowStore
    private let predecessors: MappedMemory<StateID>
    /// The states of the layers at hand, by number.
    private let words: MappedMemory<UInt64>
    private var forgotten = 0
    let capacity: Int

    /// Room for `mostStates` states, or as many as the machine allows.
    init?(width: Int, mostStates: Int, workers: Int) {
        guard let fingerprints = RowStore(width: 1, mostRows: mostStates, workers: workers),
            let predecessors = MappedMemory<StateID>(rowsLike: fingerprints, mostStates)
        else { return nil }
        let count = predecessors.count
        guard let words = MappedMemory<UInt64>(count: count * width, least: 2 * RowStore.spareRows * width) else {
            predecessors.free()
            return nil
        }
        self.width = width
        self.fingerprints = fingerprints
        self.predecessors = predecessors
        self.words = words
        capacity = min(fingerprints.capacity, predecessors.count, words.count / width - RowStore.spareRows)
    }

    deinit {
        predecessors.free()
        words.free()
    }

    let scratchWords = 0
    let keepsStates = false
    let keysAreHashes = true

    var bytes: Int { fingerprints.bytes + 4 * fingerprints.count + 8 * width * (fingerprints.count - forgotten) }

    func bytes(states: Int) -> Int {
        12 * states + 8 * width * (states - forgotten) + SlotTable.bytes(rows: states)
    }

    func room(states: Int) -> Int { fingerprints.load - states }

    func makeCursor() -> RowCursor { RowCursor() }

    func takeRanges(_ cursor: inout RowCursor) -> [Range<StateID>] { cursor.takeRanges() }

    func grow(states: Int) -> Bool { fingerprints.grow() }

    func forget(_ layer: [Range<StateID>]) {
        for range in layer {
            forgotten += range.count
            words.discard(Int(range.lowerBound) * width..<Int(range.upperBound) * width)
        }
    }

    func mostStates(inBytes limit: Int) -> Int? {
        SlotTable.mostRows(inBytes: limit + 8 * width * forgotten, row: 12 + 8 * width)
    }

    @inline(__always)
    private func words(_ id: StateID) -> UnsafeMutablePointer<UInt64> { words.base + Int(id) &* width }

    @inline(__always)
    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: words(id), count: width)
    }

    func predecessor(_ id: StateID) -> StateID { predecessors.base[Int(id)] }

    @inline(__always)
    func key(
        of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout RowCursor
    ) -> UInt64 {
        fingerprints.prefetch(Exploration.hash(word: hash))
        return hash
    }

    @inline(__always)
    func prefetchCandidate(_ key: UInt64) { fingerprints.prefetchCandidate(Exploration.hash(word: key)) }

    @inline(__always)
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout RowCursor
    ) -> (id: StateID, isNew: Bool) {
        let (id, isNew) = withUnsafePointer(to: key) {
            fingerprints.insert(
                UnsafeBufferPointer(start: $0, count: 1), hash: Exploration.hash(word: key), &cursor)
        }
        if isNew {
            predecessors.base[Int(id)] = predecessor
            let place = words(id)
            for word in 0..<width { place[word] = state[word] }
        }
        return (id, isNew)
    }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? {
        withUnsafePointer(to: key) {
            fingerprints.find(UnsafeBufferPointer(start: $0, count: 1), hash: Exploration.hash(word: key))
        }
    }

    /// How likely it is at most that two of so many states have one fingerprint, where fingerprints are as good as
    /// random: n (n - 1) / 2 pairs, each with probability 2^-64.
    static func missedStateProbability(states: Int) -> Double {
        min(1, Double(states) * Double(max(0, states - 1)) / 2 * 0x1p-64)
    }
}
