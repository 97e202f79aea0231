import Model

/// What a search looks for and how much it may take.
public struct SearchOptions: Sendable {
    /// The name of the property or violation under search; violations of others are passed over and counted. Nil: the
    /// first violation of any. A name that the model does not have is never found.
    public var property: String?
    public var maximumStates: Int?
    /// In bytes: the arena of states with its table, and what a counterexample needs.
    public var maximumMemory: Int?
    /// Where states go when memory is at its limit; nil: then the search ends. Only for searches of whole states by
    /// steps.
    public var disk: DiskOptions?
    /// Saves the search now and then, and when a budget ends it; and has what was saved of it before. Like ``disk``.
    public var checkpoint: Checkpoint?
    public var deadline: ContinuousClock.Instant?
    /// Runs with more switches are not looked at, and those with fewer are looked at first. Nil: all runs, the shortest
    /// first. For models only.
    public var maximumSwitches: Int?
    /// Whether states that differ only by the names of elements of sorts count as one.
    public var usesSymmetry = true
    /// Whether states are passed through in which others need not move. Where something is violated, all is searched
    /// again without that, for the shortest counterexample. For models only, and not where switches are bounded.
    public var usesPartialOrder = false
    /// How states are kept.
    public var store = StoreKind.exact
    /// How many threads search; the result is the same for any number.
    public var threads = 1
    /// Asked now and then for functions that were compiled for the model.
    public var native: (@Sendable () -> NativeFunctions?)?
    /// Whether to look, in the end, what the states have come by.
    public var surveysReach = false
    /// Marks that are looked for in the first states only, since nobody wants to know of them.
    public var unwantedMarks: Set<Mark> = []
    /// How many states to keep for statistics; 0 for none.
    public var sampleSize = 0
    /// Asked every few milliseconds.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Told about twice a second.
    public var progress: (@Sendable (SearchProgress) -> Void)?

    public init() {}
}

/// How far a running search is.
public struct SearchProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable {
        case search
        /// A search of the runs with so many switches.
        case switches(Int)
        /// A violation has been found; its best counterexample is being chosen.
        case counterexample
    }

    public let phase: Phase
    public let states: Int
    public let transitions: Int
    public let depth: Int
    /// Since the last report.
    public let statesPerSecond: Double
    public let memory: Int
    public let elapsed: Duration
}
