import Model

/// Searches all states of a model.
///
/// The generic search is instantiated here, beside its code: everything hot is specialised in this module.
///
/// - Throws: ``InvalidModel`` for a model that no engine can run.
public func explore(_ model: Model, _ options: SearchOptions = SearchOptions()) throws(InvalidModel) -> SearchResult {
    try explore(try ModelCode(model), options)
}

/// Searches all states of a compiled model.
///
/// - Throws: ``InvalidModel`` for a model that no engine can run.
public func explore(
    _ code: ModelCode, _ options: SearchOptions = SearchOptions()
) throws(InvalidModel) -> SearchResult {
    let statements = options.findsExecutedStatements ? try ExecutedStatements(code.model) : nil
    if let mostSwitches = options.maximumSwitches { return explore(code, mostSwitches, statements, options) }
    // One for the coordinator, and one for each worker.
    let systems = (0...max(1, options.threads)).map { _ in
        ModelSystem(code, usesSymmetry: options.usesSymmetry)
    }
    return explore(systems, width: code.wordCount, statements, options)
}

/// Searches by switches, in one thread.
private func explore(
    _ code: ModelCode, _ mostSwitches: Int, _ statements: ExecutedStatements?, _ options: SearchOptions
) -> SearchResult {
    let mostStates = options.mostRows(8 * code.wordCount)
    guard let store = FixedStore(width: code.wordCount, mostStates: mostStates, workers: 1) else {
        return .refused(options)
    }
    let system = ModelSystem(code, usesSymmetry: options.usesSymmetry)
    var search = ContextSearch(system, store, options, mostSwitches: mostSwitches)
    var result = search.run()
    if let statements, !result.outcome.isInconclusive {
        result.executedStatements = executed(statements, store, [[search.states]], options)
    }
    return result
}

/// Searches all states of any system, in one thread.
public func explore<System: TransitionSystem>(
    system: System, _ options: SearchOptions = SearchOptions()
) -> SearchResult {
    guard let width = system.fixedWidth else {
        var search = BreadthFirstSearch([system, system], VaryingStore(), options)
        return search.run()
    }
    return explore([system, system], width: width, nil, options)
}

private func explore<System: TransitionSystem>(
    _ systems: [System], width: Int, _ statements: ExecutedStatements?, _ options: SearchOptions
) -> SearchResult {
    var options = options
    if let limit = options.maximumMemory, limit < DiskOptions.leastMemory { options.disk = nil }
    switch exploreInMemory(systems, width: width, statements, options) {
    case .result(let result): return result
    case .spilled(let spilled): return spilled.explore(systems, statements, options)
    }
}

/// How a search in memory has ended.
private enum MemoryPhase {
    case result(SearchResult)
    /// Its memory is free again.
    case spilled(SpilledSearch)
}

private func exploreInMemory<System: TransitionSystem>(
    _ systems: [System], width: Int, _ statements: ExecutedStatements?, _ options: SearchOptions
) -> MemoryPhase {
    let workers = systems.count - 1
    // A tree with one leaf is none.
    switch options.store == .tree && width < 2 ? .exact : options.store {
    case .exact:
        let store = FixedStore(width: width, mostStates: options.mostRows(8 * width), workers: workers)
        return explore(systems, store, statements, options)
    case .tree:
        let store = TreeStore(width: width, mostStates: options.mostRows(8), workers: workers)
        return explore(systems, store, statements, options)
    case .hash:
        let store = HashStore(width: width, mostStates: options.mostRows(8), workers: workers)
        var options = options
        options.disk = nil
        guard case .result(var result) = explore(systems, store, statements, options) else {
            return .result(.refused(options))
        }
        result.missedStateProbability = HashStore.missedStateProbability(states: result.states)
        return .result(result)
    }
}

private func explore<System: TransitionSystem, Store: StateStore>(
    _ systems: [System], _ store: Store?, _ statements: ExecutedStatements?, _ options: SearchOptions
) -> MemoryPhase {
    guard let store else { return .result(.refused(options)) }
    var search = BreadthFirstSearch(systems, store, options)
    if let checkpoint = options.checkpoint, let saved = checkpoint.saved {
        guard search.resume(saved, checkpoint.files) else {
            return .spilled(SpilledSearch(saved, checkpoint.files, options))
        }
    }
    var result = search.run()
    if let disk = options.disk, let width = systems[0].fixedWidth, case .inconclusive(.memory) = result.outcome {
        do throws(DiskProblem) {
            return .spilled(try SpilledSearch(search, to: disk, width: width, workers: systems.count - 1))
        } catch {
            result.outcome = .inconclusive(.disk(error))
        }
    }
    if let statements, store.keepsStates, !result.outcome.isInconclusive {
        result.executedStatements = executed(statements, store, search.layers, options)
    }
    return .result(result)
}

/// Goes through the states until every statement was executed; nil where the user has had enough before that.
private func executed(
    _ statements: ExecutedStatements, _ store: some StateStore, _ layers: [[Range<StateID>]], _ options: SearchOptions
) -> [Set<Int>]? {
    var executed = statements
    let scratch = Scratch(store)
    for id in layers.joined().joined() {
        if executed.isComplete { break }
        if id & 4095 == 0, options.isCancelled() { return nil }
        guard let state = store.state(id, in: scratch.words).baseAddress else { break }
        executed.visit(state)
    }
    return executed.statements
}

extension SearchOptions {
    /// The states for which room is reserved: what the budget allows, given the bytes that stay of each.
    fileprivate func mostRows(_ bytes: Int) -> Int {
        min(maximumStates ?? .max, maximumMemory.map { $0 / (bytes + 4) } ?? .max, StateID.mostStates)
    }
}

extension SearchResult {
    /// The machine refuses even the memory to begin with.
    static func refused(_ options: SearchOptions) -> SearchResult {
        var result = SearchResult(
            outcome: .inconclusive(.memory(limit: options.maximumMemory ?? 0)), states: 0, transitions: 0, depth: 0,
            completeDepth: -1, initialStates: 0, unwitnessed: [], passedOver: [], memory: 0, executedStatements: nil,
            symmetryOrder: 1, elapsed: .zero)
        result.completeSwitches = options.maximumSwitches == nil ? nil : -1
        return result
    }
}
