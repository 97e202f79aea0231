// Unsafe code: states keep their addresses while others are taken in.

/// States that differ in length. For one worker.
final class VaryingStore: StateStore {
    private var numbers: [UInt64: [StateID]] = [:]
    private var entries: [Entry] = []
    private var words = 0
    private var told: StateID = 0

    private struct Entry {
        let state: UnsafeMutableBufferPointer<UInt64>
        let predecessor: StateID
    }

    init() {}

    deinit { for entry in entries { entry.state.deallocate() } }

    let capacity = StateID.mostStates
    var bytes: Int { entries.count * 96 + words * 8 }
    let scratchWords = 0
    let keepsStates = true
    let keysAreHashes = true

    func bytes(states: Int) -> Int { bytes }
    func room(states: Int) -> Int { StateID.mostStates - states }
    func forget(_ layer: [Range<StateID>]) {}

    func makeCursor() {}
    func grow(states: Int) -> Bool { true }
    func mostStates(inBytes limit: Int) -> Int? { nil }
    func key(of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout Void) -> UInt64 { hash }
    func prefetchCandidate(_ key: UInt64) {}

    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> { state(id) }

    private func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(entries[Int(id)].state) }

    func predecessor(_ id: StateID) -> StateID { entries[Int(id)].predecessor }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? {
        numbers[key]?.first { self.state($0).elementsEqual(state) }
    }

    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout Void
    ) -> (id: StateID, isNew: Bool) {
        if let id = find(state, key: key) { return (id, false) }
        let id = StateID(truncatingIfNeeded: entries.count)
        let copy = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: state.count)
        _ = copy.initialize(from: state)
        entries.append(Entry(state: copy, predecessor: predecessor))
        numbers[key, default: []].append(id)
        words += state.count
        return (id, true)
    }

    func takeRanges(_ cursor: inout Void) -> [Range<StateID>] {
        defer { told = StateID(truncatingIfNeeded: entries.count) }
        let end = StateID(truncatingIfNeeded: entries.count)
        return told < end ? [told..<end] : []
    }
}
