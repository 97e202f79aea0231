/// How many states a search may take in, and what sets that limit. It is known before the search, so that where it ends
/// depends on nothing else.
struct StateLimit {
    let states: Int
    let reason: InconclusiveReason
    /// Whether the limit on memory is in it.
    let coversMemory: Bool

    init(_ options: SearchOptions, _ store: some StateStore) {
        var states = store.capacity
        var reason = InconclusiveReason.states(limit: states)
        let fitting = options.memoryForStates.flatMap { store.mostStates(inBytes: $0) }
        if let fitting, let limit = options.maximumMemory, fitting < states {
            states = fitting
            reason = .memory(limit: limit)
        }
        if let limit = options.maximumStates, limit < states {
            states = limit
            reason = .states(limit: limit)
        }
        self.states = states
        self.reason = reason
        coversMemory = fitting != nil
    }
}
