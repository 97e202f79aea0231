/// For which values of its symbolic constants a configuration holds.
public struct SolvedConstants: Sendable, Hashable {
    public enum Answer: String, Sendable, Hashable {
        case all, some, none
        /// The search has ended early, or it can't be told.
        case unknown
    }

    /// What is violated first for some values.
    public struct Violation: Sendable, Hashable {
        public let property: String
        /// The fewest steps to it.
        public let steps: Int
        /// For which values, in the terms of the spec.
        public let violated: String

        public init(property: String, steps: Int, violated: String) {
            (self.property, self.steps, self.violated) = (property, steps, violated)
        }
    }

    /// Values next to each other.
    public struct Boundary: Sendable, Hashable {
        public let violated: [RunResult.Setting]
        public let holds: [RunResult.Setting]

        public init(violated: [RunResult.Setting], holds: [RunResult.Setting]) {
            (self.violated, self.holds) = (violated, holds)
        }
    }

    public let spec: String
    public let module: String
    public let scenario: String
    public let variant: String?
    public var assumptions: RunResult.Assumptions
    public var answer = Answer.unknown
    /// Formulas over the constants: `true` for all values, `false` for none. Of what is not violated see
    /// ``isHoldsKnown``.
    public var holds = "true"
    public var violated = "false"
    /// Whether the formulas are sets of values with exact ends.
    public var isExact = false
    /// For which values `init` has no outcome: nothing is violated there, and nothing said to hold. Nil for none.
    public var neverStarts: String?
    public var violations: [Violation] = []
    public var boundaries: [Boundary] = []
    /// Whether what is not violated holds: not where the search has ended early, or a theorem is refuted.
    public var isHoldsKnown = false
    /// Whether all runs were judged, whatever is known of the values.
    public var isSearchComplete = false
    /// What has ended the search early, or the search for values behind it.
    public var reason: InconclusiveReason?
    /// Why the solver gave up, in its words; without a reason, what else keeps the values from being known.
    public var solverReason: String?
    /// Symbolic states.
    public var states = 0
    public var depth = 0
    public var queries = 0
    public var solver = ""
    public var seconds = 0.0

    public init(
        spec: String, module: String, scenario: String, variant: String?, assumptions: RunResult.Assumptions
    ) {
        (self.spec, self.module, self.scenario, self.variant) = (spec, module, scenario, variant)
        self.assumptions = assumptions
    }
}
