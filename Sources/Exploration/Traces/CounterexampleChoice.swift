import Model

/// Chooses the run that is shown, once a search knows the layers in which the runs to a violation lie: the state at
/// position *i* of a run is in layer *i*.
struct CounterexampleChoice<System: TransitionSystem, Store: StateStore> {
    var system: System
    let buffer = SuccessorBuffer()
    let store: Store
    let scratch: Scratch
    var cursor: Store.Cursor
    let layers: [[Range<StateID>]]
    /// By which the layers were made.
    let measure: Counterexample.Measure
    /// Nil where the layers are so small that nobody has to wait.
    var limits: Limits?
    /// Nil where the layers hold next to nothing.
    var sieve: LayerSieve<System, Store>?
    /// For reports on progress.
    var states = 0
    var transitions = 0

    struct Limits {
        var budget: Budget
        let memory: Int?
        /// Asked for functions that were compiled meanwhile; nil once they are there.
        var native: (@Sendable () -> NativeFunctions?)?
    }

    init(
        system: System, store: Store, layers: [[Range<StateID>]], measure: Counterexample.Measure, limits: Limits?
    ) {
        self.system = system
        self.store = store
        scratch = Scratch(store)
        cursor = store.makeCursor()
        self.layers = layers
        self.measure = measure
        self.limits = limits
    }
}
