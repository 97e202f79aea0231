import Model

extension ReachSurvey {
    /// States that one thread goes through at a time. Each costs a machine of its own.
    private static let portion = 1 << 16

    /// Goes through the states of a search; nil where the user has had enough, or time is up, before everything was
    /// witnessed.
    ///
    /// Says the same for any number of threads: what is found in a layer is the same in whatever order.
    func reach(
        in store: some StateStore, _ layers: [[Range<StateID>]], _ options: SearchOptions, passing: PassedStates? = nil
    ) -> Reach? {
        var survey = self
        for layer in layers {
            survey.beginLayer()
            if survey.isComplete { break }
            guard survey.visit(layer, of: store, options, passing) else { return nil }
        }
        return survey.reach
    }

    /// False where somebody has had enough.
    private mutating func visit(
        _ layer: [Range<StateID>], of store: some StateStore, _ options: SearchOptions, _ passing: PassedStates?
    ) -> Bool {
        let portions = layer.portions(of: Self.portion)
        guard options.threads > 1, layer.total > Self.portion else {
            return portions.allSatisfy { visit($0, of: store, options, passing) }
        }
        // Copied only: each thread works with its own.
        nonisolated(unsafe) let (start, passing, store) = (self, passing, store)
        let parts = inParts(portions.count, threads: options.threads) { part, _, _ in
            var survey = start.forked()
            let isWhole = survey.visit(portions[part], of: store, options, passing?.forked())
            return (survey, isWhole)
        }
        learn(from: parts.map(\.0))
        return parts.allSatisfy(\.1)
    }

    private mutating func visit(
        _ portion: Range<StateID>, of store: some StateStore, _ options: SearchOptions, _ passing: PassedStates?
    ) -> Bool {
        let scratch = Scratch(store)
        for id in portion {
            if isComplete { break }
            if id & 4095 == 0, options.hasHadEnough { return false }
            guard let state = store.state(id, in: scratch.words).baseAddress else { return false }
            visit(state, passing)
        }
        return true
    }
}

extension SearchOptions {
    /// Whether the user or the clock has ended the work.
    var hasHadEnough: Bool { isCancelled() || deadline.map { $0 < .now } ?? false }
}
