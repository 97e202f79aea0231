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
    var search = BreadthFirstSearch(system, FixedStore(width: code.wordCount), options)
    return search.run()
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
