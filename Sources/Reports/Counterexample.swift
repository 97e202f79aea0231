/// A way to a violation, as the reference interpreter replayed it: a shortest one, unless it says otherwise. This is what is
/// shown, written and replayed.
public struct Counterexample: Codable, Sendable, Hashable {
    /// Raised with every change of the format.
    public static let formatVersion = 1

    /// A named value: a leaf field of the state, a read in a failed condition, a choice.
    public struct NamedValue: Codable, Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// A leaf field that a step changed.
    public struct Change: Codable, Sendable, Hashable {
        public var name: String
        public var old: String
        public var new: String

        public init(name: String, old: String, new: String) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// A statement that ran in a step.
    public struct Label: Codable, Sendable, Hashable {
        public var file: String
        public var line: Int
        /// The source text, white space folded; a long block is cut to its first line.
        public var text: String
        /// Inlined handlers, outermost first.
        public var callStack: [String]

        public init(file: String, line: Int, text: String, callStack: [String]) {
            self.file = file
            self.line = line
            self.text = text
            self.callStack = callStack
        }
    }

    public struct Step: Codable, Sendable, Hashable {
        /// From 1.
        public var number: Int
        /// `user[T0]`
        public var process: String
        public var labels: [Label]
        public var choices: [NamedValue]
        public var changes: [Change]
        /// Locks that this process holds after the step: `ptl[M0]`.
        public var held: [String]
        /// All shared and ghost leaf fields after the step.
        public var state: [NamedValue]

        public init(
            number: Int, process: String, labels: [Label], choices: [NamedValue], changes: [Change], held: [String],
            state: [NamedValue]
        ) {
            self.number = number
            self.process = process
            self.labels = labels
            self.choices = choices
            self.changes = changes
            self.held = held
            self.state = state
        }
    }

    /// What is violated at the end.
    public struct Failure: Codable, Sendable, Hashable {
        /// `invariant`, `at rest`, `transition`, `assert`, `fail`, `range`, `use after free`, `deadlock`, …
        public var kind: String
        /// The property's name.
        public var property: String
        /// In a sentence.
        public var message: String
        /// The conjunct that failed, as source text, with its place.
        public var conjunct: Label?
        /// The values in it.
        public var values: [NamedValue]

        public init(kind: String, property: String, message: String, conjunct: Label?, values: [NamedValue]) {
            self.kind = kind
            self.property = property
            self.message = message
            self.conjunct = conjunct
            self.values = values
        }
    }

    public var version: Int
    /// The path of the spec relative to where the file is replayed from.
    public var spec: String
    public var module: String
    public var scenario: String
    public var variant: String?
    /// `--set` values of the run.
    public var settings: [NamedValue]
    /// All processes, in the order of their columns.
    public var processes: [String]
    /// Symbolic constants and shared leaf fields in the initial state.
    public var initial: [NamedValue]
    public var steps: [Step]
    public var contextSwitches: Int
    /// Whether not all shortest runs were compared, so that fewer switches may do; nil for no.
    public var mayNeedFewerSwitches: Bool?
    /// Whether no violation has fewer switches, and none with as few is shorter; nil for no: then none is shorter.
    public var hasFewestSwitches: Bool?
    /// Whether a shorter one may exist, as nobody has searched for it; nil for no.
    public var mayBeShorter: Bool?
    public var failure: Failure

    public init(
        spec: String, module: String, scenario: String, variant: String?, settings: [NamedValue],
        processes: [String], initial: [NamedValue], steps: [Step], contextSwitches: Int,
        mayNeedFewerSwitches: Bool = false, hasFewestSwitches: Bool = false, mayBeShorter: Bool = false,
        failure: Failure
    ) {
        self.version = Self.formatVersion
        self.spec = spec
        self.module = module
        self.scenario = scenario
        self.variant = variant
        self.settings = settings
        self.processes = processes
        self.initial = initial
        self.steps = steps
        self.contextSwitches = contextSwitches
        self.mayNeedFewerSwitches = mayNeedFewerSwitches ? true : nil
        self.hasFewestSwitches = hasFewestSwitches ? true : nil
        self.mayBeShorter = mayBeShorter ? true : nil
        self.failure = failure
    }
}
