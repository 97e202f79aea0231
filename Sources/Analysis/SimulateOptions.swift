import Exploration

/// How one configuration is to be walked at random.
public struct SimulateOptions: Sendable {
    public var seed: UInt64 = 1
    public var walks = 10_000
    /// The most steps of a walk.
    public var depth = 1_000
    public var without: Set<Reduction> = []
    public var maximumTime: Duration?
    /// Whether long walks go over to successors from compiled C.
    public var compiles = true
    public var threads = 1
    /// The states of the search for a shortest run, and those that may be expanded where it does not find one.
    public var searchStates = 500_000
    public var shorteningStates = 400_000
    /// Asked every few milliseconds while walking.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Told about twice a second what to show of running walks.
    public var progress: (@Sendable (String) -> Void)?

    public init() {}
}

extension SimulateOptions {
    /// What the engine needs to know.
    func walkOptions(_ title: String, property: String?) -> WalkOptions {
        var walks = WalkOptions()
        walks.seed = seed
        walks.walks = self.walks
        walks.depth = depth
        walks.property = property
        walks.deadline = maximumTime.map { ContinuousClock.now + $0 }
        walks.threads = threads
        walks.searchStates = searchStates
        walks.shorteningStates = shorteningStates
        walks.usesSymmetry = !without.contains(.symmetry)
        walks.isCancelled = isCancelled
        if let progress { walks.progress = { progress("\(title): \($0.line)") } }
        return walks
    }
}

extension WalkProgress {
    /// What is shown of running walks.
    var line: String {
        switch phase {
        case .walks: "\(walks) walks, \(steps) steps, \(Int(stepsPerSecond.rounded())) steps/s"
        case .shortening: "violated; shortening the run"
        }
    }
}
