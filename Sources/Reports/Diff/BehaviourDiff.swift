/// What can be seen from outside before and after a change.
public struct BehaviourDiff: Sendable, Hashable {
    /// What a process shows: a commit with its arguments, or that it comes back to its place of rest.
    public struct Event: Sendable, Hashable {
        /// `user[T0]`
        public var process: String
        /// `ideal.load(P0, 1)`, `returns`, `ends`
        public var text: String

        public init(process: String, text: String) {
            self.process = process
            self.text = text
        }
    }

    /// An event that only one side has.
    public struct EventChange: Sendable, Hashable {
        public var event: Event
        /// False where the search of the other side ended early: it may be there as well.
        public var isCertain: Bool
        /// A shortest run to it; nil where more are shown already.
        public var witness: Witness?

        public init(event: Event, isCertain: Bool, witness: Witness?) {
            self.event = event
            self.isCertain = isCertain
            self.witness = witness
        }
    }

    /// A run, as the reference interpreter replayed it, and the events on it.
    public struct Witness: Sendable, Hashable {
        public var run: Counterexample
        /// In order, each with the number of its step.
        public var events: [StepEvent]

        public init(run: Counterexample, events: [StepEvent]) {
            self.run = run
            self.events = events
        }
    }

    public struct StepEvent: Sendable, Hashable {
        public var step: Int
        public var event: Event

        public init(step: Int, event: Event) {
            self.step = step
            self.event = event
        }
    }

    /// Whether the traces of one side are all traces of the other.
    public enum Inclusion: Sendable, Hashable {
        case included
        /// A shortest trace that the other side has not, and a run with it.
        case missing([Event], Witness?)
        case unknown(InconclusiveReason)
    }

    /// Single events, in order of their names.
    public var newEvents: [EventChange]
    public var goneEvents: [EventChange]
    /// Of the new side in the old one, and of the old side in the new one.
    public var new: Inclusion
    public var gone: Inclusion
    /// Ghost handlers that only one version has: nobody was told of them in the other one, so they are left out.
    public var leftOut: [String]
    /// How many different events both sides have together.
    public var eventCount: Int

    public init(
        newEvents: [EventChange], goneEvents: [EventChange], new: Inclusion, gone: Inclusion, leftOut: [String],
        eventCount: Int
    ) {
        self.newEvents = newEvents
        self.goneEvents = goneEvents
        self.new = new
        self.gone = gone
        self.leftOut = leftOut
        self.eventCount = eventCount
    }
}
