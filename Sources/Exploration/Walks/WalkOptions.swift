import Model

/// How to walk at random, and what to look for.
public struct WalkOptions: Sendable {
    public var seed: UInt64 = 1
    public var walks = 10_000
    /// The most steps of a walk.
    public var depth = 1_000
    /// The name of the property or violation under search; others are passed over. Nil: any.
    public var property: String?
    public var deadline: ContinuousClock.Instant?
    /// How many threads walk; the result is the same for any number.
    public var threads = 1
    /// Asked now and then for functions that were compiled for the model.
    public var native: (@Sendable () -> NativeFunctions?)?
    /// The states of the search that tries to find a shortest run before a walk is shortened by other means.
    public var searchStates = 500_000
    /// Whether that search counts states as one that differ only by the names of elements of sorts.
    public var usesSymmetry = true
    /// The states that may be expanded to shorten a run by other means.
    public var shorteningStates = 400_000
    /// Asked every few milliseconds.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Told about twice a second.
    public var progress: (@Sendable (WalkProgress) -> Void)?

    public init() {}
}

extension WalkOptions {
    /// Whether the user or the clock says so; asked by any thread.
    var mustStop: @Sendable () -> Bool {
        { [self] in isCancelled() || deadline.map { ContinuousClock.now >= $0 } ?? false }
    }
}

/// How far running walks are.
public struct WalkProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable {
        case walks
        /// A violation has been found, and its run is being shortened.
        case shortening
    }

    public let phase: Phase
    public let walks: Int
    public let steps: Int
    /// Since the start.
    public let stepsPerSecond: Double
}
