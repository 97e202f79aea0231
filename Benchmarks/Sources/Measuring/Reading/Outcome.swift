/// What a tool says about a model.
public struct Outcome: Equatable, Sendable {
    public enum Verdict: Equatable, Sendable {
        case holds
        /// With the name of the property, where the tool gives it.
        case violated(String?)
        /// The search did not see everything.
        case incomplete(String)
    }

    public var verdict: Verdict
    public var states: Figure?
    public var transitions: Figure?
    /// The depth of the breadth-first search; other searches have none.
    public var depth: Figure?
    /// The length of the counterexample, where it is a shortest one.
    public var steps: Figure?

    public init(
        _ verdict: Verdict, states: Figure? = nil, transitions: Figure? = nil, depth: Figure? = nil,
        steps: Figure? = nil
    ) {
        self.verdict = verdict
        self.states = states
        self.transitions = transitions
        self.depth = depth
        self.steps = steps
    }
}
