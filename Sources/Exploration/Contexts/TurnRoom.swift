/// How many states, turns and bytes a search by turns may take. The same search ends at the same place.
struct TurnRoom {
    let states: Int
    let statesReason: InconclusiveReason
    private let memory: Int?
    private let store: FixedStore
    private static let mostTurns = Int(TurnID.max) - (1 << 28)

    init(_ options: SearchOptions, _ store: FixedStore) {
        memory = options.maximumMemory
        states = min(options.maximumStates ?? .max, store.capacity)
        // The store reserves room for as many states as the memory would hold alone.
        if let memory, states < options.maximumStates ?? .max, states < StateID.mostStates {
            statesReason = .memory(limit: memory)
        } else {
            statesReason = .states(limit: states)
        }
        self.store = store
    }

    /// A little is kept for the turn that is under way.
    func reason(turns: Int, bytes: Int) -> InconclusiveReason? {
        if let memory, bytes > memory - memory / 32 { return .memory(limit: memory) }
        return turns > Self.mostTurns ? statesReason : nil
    }

    /// While the table of the store grows there are two of them.
    func reasonAgainstGrowth(bytes: Int) -> InconclusiveReason? {
        reason(turns: 0, bytes: bytes + store.bytesOfLargerTable)
    }
}
