import Model

/// A breadth-first search with the store that was asked for.
struct StoredSearch {
    private let options: SearchOptions
    private let statements: ExecutedStatements?
    /// Knows the states that the search passes through. Then only whether something is violated is asked.
    private let passing: ModelSystem?

    init(_ options: SearchOptions, _ statements: ExecutedStatements?, passing: ModelSystem? = nil) {
        self.options = options
        self.statements = statements
        self.passing = passing
    }

    /// Nil where states are passed through and something is violated.
    func run<System: TransitionSystem>(_ systems: [System], width: Int) -> SearchResult? {
        // A tree with one leaf is none.
        switch options.store == .tree && width < 2 ? .exact : options.store {
        case .exact:
            return run(
                systems, FixedStore(width: width, mostStates: options.mostRows(8 * width), workers: systems.count - 1))
        case .tree:
            return run(
                systems, TreeStore(width: width, mostStates: options.mostRows(8), workers: systems.count - 1))
        case .hash:
            let store = HashStore(width: width, mostStates: options.mostRows(8), workers: systems.count - 1)
            guard var result = run(systems, store) else { return nil }
            result.missedStateProbability = HashStore.missedStateProbability(states: result.states)
            return result
        }
    }

    private func run<System: TransitionSystem, Store: StateStore>(_ systems: [System], _ store: Store?) -> SearchResult?
    {
        guard let store else { return .refused(options) }
        var search = BreadthFirstSearch(systems, store, options)
        guard var result = passing == nil ? search.run() : search.runUnlessViolated() else { return nil }
        if let statements, store.keepsStates, !result.outcome.isInconclusive {
            result.executedStatements = statements.executed(in: store, search.layers, options, passing: passing)
        }
        return result
    }
}

extension ExecutedStatements {
    /// Goes through the states until every statement was executed; nil where the user has had enough before that.
    func executed(
        in store: some StateStore, _ layers: [[Range<StateID>]], _ options: SearchOptions, passing: ModelSystem? = nil
    ) -> [Set<Int>]? {
        var executed = self
        let scratch = Scratch(store)
        for id in layers.joined().joined() {
            if executed.isComplete { break }
            if id & 4095 == 0, options.isCancelled() { return nil }
            guard let state = store.state(id, in: scratch.words).baseAddress else { break }
            executed.visit(state)
            guard let passing, executed.isWaiting(where: passing.passes) else { continue }
            passing.forEachPassed(behind: state) { executed.visit($0) }
        }
        return executed.statements
    }
}
