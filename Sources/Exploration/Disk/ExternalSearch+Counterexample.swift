extension ExternalSearch {
    /// The best run to a violation that was found while the states of a layer were expanded.
    ///
    /// The layers are expanded once more, backwards, to find the states that lie on shortest runs; these fit in memory,
    /// and the run is chosen from them as after a search in memory. Where they do not fit, one of each layer is taken.
    mutating func counterexample(
        _ hit: Hit, layer: Int, _ budget: Budget
    ) throws(SearchStop) -> Counterexample {
        let targets = Targets(hit, system.judgements, layer: layer)
        guard store.removeAll() else { throw .budget(.memory(limit: store.bytes)) }
        let mostBytes = options.maximumMemory.map { $0 / 2 } ?? .max
        guard var cone = Cone(self, budget, mostBytes: mostBytes) else {
            throw .budget(.memory(limit: store.bytes))
        }
        defer { cone.free() }
        try cone.collect(targets, layer: layer)
        var choice = CounterexampleChoice(
            system: system, store: cone.store.states, layers: cone.layers, measure: .steps,
            limits: CounterexampleChoice.Limits(budget: budget, memory: nil))
        choice.states = tally.states
        choice.transitions = tally.transitions
        var counterexample = try choice.best(hit, targets)
        counterexample.isBest = !cone.isNarrow
        return counterexample
    }
}
