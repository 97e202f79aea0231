/// What became of one scenario or variant, over the values of some bounds.
public struct SweepResult: Sendable {
    /// From which value of a bound on something stays as it is, up to the largest value that was tried.
    public enum Settled: Sendable, Hashable {
        case from(Int64)
        /// It is another one at the largest value than at the one before, or only one value was tried.
        case notYet
        /// A run that decides it was inconclusive.
        case unknown
    }

    /// One bound that varies.
    public struct Axis: Sendable, Hashable {
        public var name: String
        /// Ascending.
        public var values: [Int64]
        /// Of the verdict with its property, for all values of the other bounds.
        public var verdict: Settled
        /// Of the number of states.
        public var states: Settled

        public init(name: String, values: [Int64], verdict: Settled, states: Settled) {
            self.name = name
            self.values = values
            self.verdict = verdict
            self.states = states
        }
    }

    public struct Cell: Sendable {
        /// One for each axis, in their order.
        public var coordinates: [Int64]
        public var run: RunResult
        /// The states divided by those for the next smaller value of the last axis; nil where there is none, or where
        /// one of the two was not counted to its end.
        public var growth: Double?

        public init(coordinates: [Int64], run: RunResult, growth: Double?) {
            self.coordinates = coordinates
            self.run = run
            self.growth = growth
        }
    }

    public var spec: String
    public var scenario: String
    public var variant: String?
    public var axes: [Axis]
    /// By their coordinates, ascending.
    public var cells: [Cell]

    public init(spec: String, scenario: String, variant: String?, axes: [Axis], cells: [Cell]) {
        self.spec = spec
        self.scenario = scenario
        self.variant = variant
        self.axes = axes
        self.cells = cells
    }

    /// `small`, `small/swap_aba`
    var configuration: String { variant.map { "\(scenario)/\($0)" } ?? scenario }
}
