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
    let store = FixedStore(width: code.wordCount, mostStates: options.mostRows(width: code.wordCount))
    guard let store else { return .refused(options) }
    if let mostSwitches = options.maximumSwitches { return try explore(code, store, options, mostSwitches) }
    // One for the coordinator, and one for each worker.
    let systems = (0...max(1, options.threads)).map { _ in
        ModelSystem(code, usesSymmetry: options.usesSymmetry)
    }
    var search = BreadthFirstSearch(systems, store, options)
    var result = search.run()
    if options.findsExecutedStatements, !result.outcome.isInconclusive {
        result.executedStatements = try executedStatements(code.model, store, search.layers, options)
    }
    return result
}

/// Searches by switches, in one thread.
private func explore(
    _ code: ModelCode, _ store: FixedStore, _ options: SearchOptions, _ mostSwitches: Int
) throws(InvalidModel) -> SearchResult {
    let system = ModelSystem(code, usesSymmetry: options.usesSymmetry)
    var search = ContextSearch(system, store, options, mostSwitches: mostSwitches)
    var result = search.run()
    if options.findsExecutedStatements, !result.outcome.isInconclusive {
        result.executedStatements = try executedStatements(code.model, store, [[search.states]], options)
    }
    return result
}

/// Goes through the states until every statement was executed; nil where the user has had enough before that.
private func executedStatements(
    _ model: Model, _ store: FixedStore, _ layers: [[Range<StateID>]], _ options: SearchOptions
) throws(InvalidModel) -> [Set<Int>]? {
    var executed = try ExecutedStatements(model)
    for id in layers.joined().joined() {
        if executed.isComplete { break }
        if id & 4095 == 0, options.isCancelled() { return nil }
        guard let state = store.state(id).baseAddress else { break }
        executed.visit(state)
    }
    return executed.statements
}

/// Searches all states of any system, in one thread.
public func explore<System: TransitionSystem>(
    system: System, _ options: SearchOptions = SearchOptions()
) -> SearchResult {
    guard let width = system.fixedWidth else {
        var search = BreadthFirstSearch([system, system], VaryingStore(), options)
        return search.run()
    }
    guard let store = FixedStore(width: width, mostStates: options.mostRows(width: width)) else {
        return .refused(options)
    }
    var search = BreadthFirstSearch([system, system], store, options)
    return search.run()
}

extension SearchOptions {
    /// The states for which room is reserved: what the budget allows, as far as that is known.
    fileprivate func mostRows(width: Int) -> Int {
        min(maximumStates ?? .max, maximumMemory.map { $0 / (8 * width + 4) } ?? .max, StateID.mostStates)
    }
}

extension SearchResult {
    /// The machine refuses even the memory to begin with.
    fileprivate static func refused(_ options: SearchOptions) -> SearchResult {
        var result = SearchResult(
            outcome: .inconclusive(.memory(limit: options.maximumMemory ?? 0)), states: 0, transitions: 0, depth: 0,
            completeDepth: -1, initialStates: 0, unwitnessed: [], passedOver: [], memory: 0, executedStatements: nil,
            symmetryOrder: 1, elapsed: .zero)
        result.completeSwitches = options.maximumSwitches == nil ? nil : -1
        return result
    }
}
