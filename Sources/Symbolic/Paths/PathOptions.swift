import Model
import SMT

/// What a search of symbolic states looks for, and how far.
public struct PathOptions: Sendable {
    /// The name under which only violations are looked for; nil for all.
    public var property: String?
    /// Steps; nil for as many as it takes.
    public var depth: Int?
    /// Symbolic states.
    public var maximumStates: Int?
    /// Bytes, about.
    public var maximumMemory: Int?
    public var limits = SolverLimits()
    /// Whether to go on behind violations, with the values of the constants for which none was found.
    public var isExhaustive = false
    /// Told of every depth that is done, with the number of states.
    public var progress: (@Sendable (_ depth: Int, _ states: Int) -> Void)?

    public init() {}
}

/// A violation, and for which values of the constants there is one like it.
public struct PathFinding {
    public let judgement: SymbolicJudgement
    /// Steps of a run to it.
    public let steps: Int
    /// Conditions on constants, and on values that are not named: the violation is there where some of those meet them all.
    let conditions: [Term]
    /// A run to it; nil where those like it have enough already.
    public let run: SymbolicRun?
}

/// What came of a search of symbolic states.
public struct PathResult {
    public enum Outcome {
        /// All states were judged, for all values.
        case complete
        /// The first violation, with a run to it.
        case violated(SymbolicRun)
        case bounded
        case states
        case memory
        case unknown(UnknownReason)
    }

    public let outcome: Outcome
    public let states: Int
    public let transitions: Int
    /// All runs of so many steps were judged; -1 where not even initial states were.
    public let depth: Int
    public let queries: Int
    /// `reachable` properties without a witness, where the search is complete.
    public let unwitnessed: [String]
    /// For a search that stops at the first violation: those like it, of as many steps. Else all of them, each without the
    /// values of constants that earlier ones have.
    public let findings: [PathFinding]
    /// Names the terms of the findings.
    public let constants: PathConstants
    /// The conditions of the initial states, on constants and on values that are not named; one without a part where they
    /// are not known.
    public let starts: [[Term]]
}
