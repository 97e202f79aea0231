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
    if code.model.isSolverOnly { throw InvalidModel.freeVariables }
    let survey = options.surveysReach ? try ReachSurvey(code.model, unwanted: options.unwantedMarks) : nil
    if let mostSwitches = options.maximumSwitches { return explore(code, mostSwitches, survey, options) }
    guard options.usesPartialOrder, let plan = PassPlan(code) else { return whole(code, survey, options) }
    return PartialOrderSearch(code, plan, survey, options).result {
        // What is saved are the states of the other search.
        var options = options
        options.checkpoint = nil
        return whole(code, survey, options)
    }
}

/// Without partial order.
private func whole(
    _ code: ModelCode, _ survey: ReachSurvey?, _ options: SearchOptions
) -> SearchResult {
    StoredSearch(options, survey).result(ModelSystem.crew(code, nil, options), width: code.wordCount)
}

/// Searches by switches, in one thread.
private func explore(
    _ code: ModelCode, _ mostSwitches: Int, _ survey: ReachSurvey?, _ options: SearchOptions
) -> SearchResult {
    let mostStates = options.mostRows(8 * code.wordCount)
    guard let store = FixedStore(width: code.wordCount, mostStates: mostStates, workers: 1) else {
        return .refused(options)
    }
    let system = ModelSystem(code, usesSymmetry: options.usesSymmetry)
    var search = ContextSearch(system, store, options, mostSwitches: mostSwitches)
    var result = search.run()
    if let survey, !result.outcome.isInconclusive {
        result.reach = survey.reach(in: store, [[search.states]], options)
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
    return StoredSearch(options, nil).result([system, system], width: width)
}

extension SearchOptions {
    /// The states for which room is reserved: what the budget allows, given the bytes that stay of each.
    func mostRows(_ bytes: Int) -> Int {
        min(maximumStates ?? .max, maximumMemory.map { $0 / (bytes + 4) } ?? .max, StateID.mostStates)
    }
}

extension SearchResult {
    /// The machine refuses even the memory to begin with.
    static func refused(_ options: SearchOptions) -> SearchResult {
        var result = SearchResult(
            outcome: .inconclusive(.memory(limit: options.maximumMemory ?? 0)), states: 0, transitions: 0, depth: 0,
            completeDepth: -1, initialStates: 0, unwitnessed: [], passedOver: [], memory: 0, reach: nil,
            symmetryOrder: 1, elapsed: .zero)
        result.completeSwitches = options.maximumSwitches == nil ? nil : -1
        return result
    }
}
