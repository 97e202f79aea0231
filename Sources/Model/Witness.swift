/// A way out of a statement that branches: the arms of an `if`, of a `match`, of a lock that is tried.
public struct Way: Hashable, Sendable {
    /// The statement.
    public let origin: Origin
    /// Which of its ways, from 0.
    public let number: Int
    /// What people call it: `true`, `else`, `branch 2`.
    public let label: String

    public init(origin: Origin, number: Int, label: String) {
        self.origin = origin
        self.number = number
        self.label = label
    }
}

/// A condition that some state or step should meet; where none does, something holds for no reason.
public struct Witness: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// What stands before an `implies`, or behind a `where`, of the property ``Witness/name``.
        case premise
        /// The variable ``Witness/name``, which wraps around, has its largest value.
        case bound
    }

    /// Where it is looked for.
    public enum Moment: String, Hashable, Sendable, CaseIterable {
        case state
        /// A state in which every process is at rest.
        case rest
        /// A pair of states, the second one behind a step.
        case step
    }

    public let kind: Kind
    public let name: String
    public let moment: Moment
    public let condition: Conjunct

    public init(kind: Kind, name: String, moment: Moment, condition: Conjunct) {
        self.kind = kind
        self.name = name
        self.moment = moment
        self.condition = condition
    }
}
