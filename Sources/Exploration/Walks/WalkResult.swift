import Model

/// What random walks met.
public struct WalkResult: Sendable {
    public enum Outcome: Sendable {
        case violation(WalkViolation)
        /// Says nothing about runs that were not walked.
        case nothing
        /// The model broke its own promises: a defect of this program.
        case faulty(MachineFault)
    }

    /// What ended the walks before there were as many as asked for.
    public enum Cut: Hashable, Sendable {
        case time
        case cancelled
    }

    public let outcome: Outcome
    /// Those up to the one with the violation; where walks were cut off, all that began.
    public let walks: Int
    /// Of these walks.
    public let steps: Int
    /// The steps of the longest of these walks.
    public let deepest: Int
    /// How many outcomes the initial state has, equal ones included. Without any there is no walk.
    public let initialStates: Int
    /// Names of violations that were met and not looked for, in the order of the model.
    public let passedOver: [String]
    /// Nil where all walks were made, or all before the one with the violation.
    public let cut: Cut?
    public let elapsed: Duration
}

/// A violation on a walk, with a run that was shortened.
public struct WalkViolation: Sendable {
    public let counterexample: Counterexample
    /// The number of the walk, from 1; nil where an initial state has the violation.
    public let walk: Int?
    /// How many steps the walk needed.
    public let steps: Int
}
