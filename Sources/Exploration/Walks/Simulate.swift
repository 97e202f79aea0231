import Model

/// Walks at random through a compiled model.
public func simulate(_ code: ModelCode, _ options: WalkOptions = WalkOptions()) -> WalkResult {
    var simulation = Simulation(code, options)
    return simulation.run()
}

/// Walks at random through a model.
///
/// - Throws: ``InvalidModel`` for a model that no engine can run.
public func simulate(_ model: Model, _ options: WalkOptions = WalkOptions()) throws(InvalidModel) -> WalkResult {
    simulate(try ModelCode(model), options)
}
