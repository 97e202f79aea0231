import Model

/// What a search says that makes no counterexample.
enum Verdict {
    case result(SearchResult)
    case violated(ViolatedChain)
}

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

    /// The result of a search that passes through nothing.
    func result<System: TransitionSystem>(_ systems: [System], width: Int) -> SearchResult {
        switch run(systems, width: width) {
        case .result(let result): result
        case .violated: .refused(options)
        }
    }

    /// A result, or, where states are passed through, that something is violated.
    func run<System: TransitionSystem>(_ systems: [System], width: Int) -> Verdict {
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
            let verdict = run(systems, store)
            guard case .result(var result) = verdict else { return verdict }
            result.missedStateProbability = HashStore.missedStateProbability(states: result.states)
            return .result(result)
        }
    }

    private func run<System: TransitionSystem, Store: StateStore>(_ systems: [System], _ store: Store?) -> Verdict {
        guard let store else { return .result(.refused(options)) }
        var search = BreadthFirstSearch(systems, store, options)
        let verdict = passing == nil ? .result(search.run()) : search.runForVerdict()
        guard case .result(var result) = verdict else { return verdict }
        if let statements, store.keepsStates, !result.outcome.isInconclusive {
            result.executedStatements = statements.executed(in: store, search.layers, options, passing: passing)
        }
        return .result(result)
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
