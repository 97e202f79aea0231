import Model

/// Searches all states of a model.
///
/// The generic search is instantiated here, beside its code: everything hot is specialised in this module.
///
/// - Throws: ``InvalidModel`` for a model that no engine can run.
public func explore(_ model: Model, _ options: SearchOptions = SearchOptions()) throws(InvalidModel) -> SearchResult {
    let code = try ModelCode(model)
    let machine = Machine(code)
    let system = ModelSystem(code, source: machine, machine: machine, usesSymmetry: options.usesSymmetry)
    let store = FixedStore(width: code.wordCount)
    var search = BreadthFirstSearch(system, store, options)
    var result = search.run()
    if options.findsExecutedStatements, !result.outcome.isInconclusive {
        result.executedStatements = try executedStatements(model, store, options)
    }
    return result
}

/// Goes through the states until every statement was executed; nil where the user has had enough before that.
private func executedStatements(
    _ model: Model, _ store: FixedStore, _ options: SearchOptions
) throws(InvalidModel) -> [Set<Int>]? {
    var executed = try ExecutedStatements(model)
    for number in 0..<store.count {
        if executed.isComplete { break }
        if number & 4095 == 0, options.isCancelled() { return nil }
        guard let state = store.state(StateID(truncatingIfNeeded: number)).baseAddress else { break }
        executed.visit(state)
    }
    return executed.statements
}

/// Searches all states of any system.
public func explore<System: TransitionSystem>(
    system: System, _ options: SearchOptions = SearchOptions()
) -> SearchResult {
    guard let width = system.fixedWidth else {
        var search = BreadthFirstSearch(system, VaryingStore(), options)
        return search.run()
    }
    var search = BreadthFirstSearch(system, FixedStore(width: width), options)
    return search.run()
}
