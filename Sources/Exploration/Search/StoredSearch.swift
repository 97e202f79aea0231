import Model

/// What a search says that makes no counterexample.
enum SearchVerdict {
    case result(SearchResult)
    case violated(ViolatedChain)
}

/// A breadth-first search with the store that was asked for, and on disk where that is too small.
struct StoredSearch {
    private var options: SearchOptions
    private let survey: ReachSurvey?
    /// Knows the states that the search passes through. Then only whether something is violated is asked.
    private let passing: PassedStates?

    init(_ options: SearchOptions, _ survey: ReachSurvey?, passing: PassedStates? = nil) {
        self.options = options
        self.survey = survey
        self.passing = passing
        if let limit = options.maximumMemory, limit < DiskOptions.leastMemory { self.options.disk = nil }
    }

    /// The result of a search that passes through nothing.
    func result<System: TransitionSystem>(_ systems: [System], width: Int) -> SearchResult {
        switch run(systems, width: width) {
        case .result(let result): result
        case .violated: .refused(options)
        }
    }

    /// A result, or, where states are passed through, that something is violated.
    func run<System: TransitionSystem>(_ systems: [System], width: Int) -> SearchVerdict {
        switch inMemory(systems, width: width) {
        case .verdict(let verdict): verdict
        case .spilled(let spilled): spilled.explore(systems, survey, options, passing: passing)
        }
    }

    /// How a search in memory has ended.
    private enum MemoryPhase {
        case verdict(SearchVerdict)
        /// Its memory is free again.
        case spilled(SpilledSearch)
    }

    private func inMemory<System: TransitionSystem>(_ systems: [System], width: Int) -> MemoryPhase {
        let workers = systems.count - 1
        // A tree with one leaf is none.
        switch options.store == .tree && width < 2 ? .exact : options.store {
        case .exact:
            return run(
                systems, FixedStore(width: width, mostStates: options.mostRows(8 * width), workers: workers), options)
        case .tree:
            return run(systems, TreeStore(width: width, mostStates: options.mostRows(8), workers: workers), options)
        case .hash:
            var options = options
            options.disk = nil
            let store = HashStore(width: width, mostStates: options.mostRows(8), workers: workers)
            let phase = run(systems, store, options)
            guard case .verdict(.result(var result)) = phase else { return phase }
            result.missedStateProbability = HashStore.missedStateProbability(states: result.states)
            return .verdict(.result(result))
        }
    }

    private func run<System: TransitionSystem, Store: StateStore>(
        _ systems: [System], _ store: Store?, _ options: SearchOptions
    ) -> MemoryPhase {
        guard let store else { return .verdict(.result(.refused(options))) }
        var search = BreadthFirstSearch(systems, store, options)
        if let checkpoint = options.checkpoint, let saved = checkpoint.saved {
            guard search.resume(saved, checkpoint.files) else {
                guard options.disk != nil else { return .verdict(.result(search.resultWithoutRoom(for: saved))) }
                return .spilled(SpilledSearch(saved, checkpoint.files, options))
            }
        }
        let verdict = passing == nil ? .result(search.run()) : search.runForVerdict()
        guard case .result(var result) = verdict else { return .verdict(verdict) }
        if let disk = options.disk, let width = systems[0].fixedWidth, case .inconclusive(.memory) = result.outcome {
            do throws(DiskProblem) {
                return .spilled(try SpilledSearch(search, to: disk, width: width, workers: systems.count - 1))
            } catch {
                result.outcome = .inconclusive(search.budget.reason(error))
            }
        }
        if let survey, store.keepsStates, !result.outcome.isInconclusive {
            result.reach = survey.reach(in: store, search.layers, options, passing: passing)
        }
        return .verdict(.result(result))
    }
}
