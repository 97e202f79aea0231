import Diagnostics
import Program

/// A choice that was made in a step.
public struct Choice: Hashable, Sendable {
    /// The name of the binder or the loop variable; `either` for the number of a branch.
    public let label: String
    public let value: Value
}

/// Something that must not happen, and did, inside a step.
public struct Violation: Hashable, Sendable, Error {
    /// The qualified name of an `assert` or `fail`, or the raw value of a ``BuiltinViolation``.
    public let name: String
    public let span: Span
    /// What is wrong, with the values in it; one sentence without a full stop.
    public let message: String
    /// Where another property is under search, the step goes on behind it.
    public let isResumable: Bool
    /// What a failed condition looked at: its locals and the places that it read.
    public internal(set) var values: [NamedValue] = []

    public struct NamedValue: Hashable, Sendable {
        public let name: String
        public let value: Value
    }
}

public enum Outcome: Hashable, Sendable {
    /// The step has a result; resumable violations were met on the way, in this order.
    case next(State, passedOver: [Violation])
    /// The step has no result; `passedOver` came before.
    case violation(Violation, passedOver: [Violation])
}

/// A ghost handler that a step has committed.
public struct Commit: Hashable, Sendable {
    public let handler: HandlerID
    /// In the types of its parameters.
    public let arguments: [Value]
}

/// One step of one process instance, with one combination of choices.
public struct Step: Hashable, Sendable {
    public let instance: ProcessInstance
    public let choices: [Choice]
    /// What was executed, in order.
    public let statements: [StmtID]
    /// What was committed, in order.
    public let commits: [Commit]
    public let outcome: Outcome

    /// The state after the step, where it has one.
    public var next: State? {
        switch outcome {
        case .next(let state, _): state
        case .violation: nil
        }
    }

    /// All violations of the step, in order.
    public var violations: [Violation] {
        switch outcome {
        case .next(_, let passedOver): passedOver
        case .violation(let last, let passedOver): passedOver + [last]
        }
    }
}

/// What people want to know about where a process instance stands.
public struct ControlPoint: Sendable {
    /// The statement before which it has stopped; nil at its start and at its end.
    public let statement: StmtID?
    /// Its start, the head of an outermost loop, or its end.
    public let isRest: Bool
    public let isFinal: Bool
    /// The names of the inlined handlers, outermost first.
    public let callStack: [String]
    /// The live locals by name, outermost activation first.
    public let locals: [(name: String, value: Value)]
    public let held: [HeldLock]
}
