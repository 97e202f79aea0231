// Unsafe code: see the rows and the memory it is made of.

/// The states of the layers behind that lie on runs to a violation. A state of the frontier with a step to one of the
/// next layer gets a mark.
final class ConeStore: StateStore {
    let states: FixedStore
    let frontier: Frontier
    /// The states of the next layer.
    var next: Range<StateID> = 0..<0
    /// By position in the frontier. Threads write the same value.
    private let marks: UnsafeMutablePointer<UInt8>

    static var role: StoreRole { .cone }

    init(_ states: FixedStore, _ frontier: Frontier) {
        self.states = states
        self.frontier = frontier
        marks = .allocate(capacity: frontier.capacity)
        marks.initialize(repeating: 0, count: frontier.capacity)
    }

    deinit { marks.deallocate() }

    /// The positions with a mark, which is taken away.
    func takeMarked() -> [StateID] {
        let marked = (0..<frontier.count).filter { marks[$0] != 0 }
        for position in marked { marks[position] = 0 }
        return marked.map { StateID($0) }
    }

    var capacity: Int { states.capacity }
    var bytes: Int { states.bytes + frontier.bytes + frontier.capacity }
    let keepsStates = false
    let keysAreHashes = true
    let scratchWords = 0

    func bytes(states count: Int) -> Int { bytes }
    func room(states: Int) -> Int { .max }
    func makeCursor() {}
    func grow(states: Int) -> Bool { true }
    func forget(_ layer: [Range<StateID>]) {}
    func mostStates(inBytes limit: Int) -> Int? { nil }
    func predecessor(_ id: StateID) -> StateID { .none }
    func takeRanges(_ cursor: inout Void) -> [Range<StateID>] { [] }

    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64> {
        frontier.state(id)
    }

    func key(of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout Void) -> UInt64 {
        states.prefetch(hash)
        return hash
    }

    func prefetchCandidate(_ key: UInt64) { states.prefetchCandidate(key) }

    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout Void
    ) -> (id: StateID, isNew: Bool) {
        if let id = states.find(state, key: key), next.contains(id) { marks[Int(predecessor)] = 1 }
        return (.none, false)
    }

    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID? { states.find(state, key: key) }
}
