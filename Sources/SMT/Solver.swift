/// What a solver says of the assertions that it was given.
public enum Answer: Hashable, Sendable {
    case satisfiable(Assignment)
    case unsatisfiable
    /// Why it does not know.
    case unknown(UnknownReason)
}

public enum UnknownReason: Hashable, Sendable {
    case time
    case memory
    case interrupted
    /// In the solver's words.
    case other(String)
}

/// What a solver may take.
public struct SolverLimits: Sendable {
    public var deadline: ContinuousClock.Instant?
    /// Asked every few milliseconds, by another thread.
    public var isCancelled: @Sendable () -> Bool = { false }

    public init() {}

    /// Whether it is time to stop.
    public func isOver() -> Bool { isCancelled() || deadline.map { ContinuousClock.now >= $0 } ?? false }
}

/// Decides queries. Several threads may ask at once.
public protocol Solver: Sendable {
    /// What it is called, with its version.
    var name: String { get }
    /// Whether the assertions of a query can hold at once.
    func check(_ query: Query, _ limits: SolverLimits) -> Answer
    /// One that keeps what it was told. Nil where it can't be made.
    func incremental() -> (any IncrementalSolver)?
}
