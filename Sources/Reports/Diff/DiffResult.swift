/// What a change of a spec does: each configuration of the old one against that of the new one.
public struct DiffResult: Sendable, Hashable {
    /// What was compared, as it was given: `HEAD~1:specs/cow.fl`.
    public var old: String
    public var new: String
    public var configurations: [ConfigurationDiff]
    /// Names of configurations that only one of them has: `scenario small`.
    public var onlyOld: [String]
    public var onlyNew: [String]

    public init(
        old: String, new: String, configurations: [ConfigurationDiff], onlyOld: [String], onlyNew: [String]
    ) {
        self.old = old
        self.new = new
        self.configurations = configurations
        self.onlyOld = onlyOld
        self.onlyNew = onlyNew
    }
}

/// One configuration before and after a change.
public struct ConfigurationDiff: Sendable, Hashable {
    /// What the new behaviours are to the old ones.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// The same traces.
        case equal
        /// Every trace of the new one is one of the old one. Where ``BehaviourDiff/gone`` is not known, they may be equal.
        case refines
        /// The new one has a trace that the old one has not.
        case differs
        /// A budget ended first, and nothing new was found for certain.
        case inconclusive
    }

    /// A size or constant that has another value now; nil where a version does not set it.
    public struct ScopeChange: Sendable, Hashable {
        public var name: String
        public var old: String?
        public var new: String?

        public init(name: String, old: String?, new: String?) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// `scenario small`
    public var name: String
    public var verdict: Verdict
    /// In the order of the old settings; new ones last.
    public var scope: [ScopeChange]
    public var old: DiffSide
    public var new: DiffSide
    public var properties: [PropertyDiff]
    public var behaviours: BehaviourDiff
    public var statements: StatementDiff

    public init(
        name: String, verdict: Verdict, scope: [ScopeChange], old: DiffSide, new: DiffSide, properties: [PropertyDiff],
        behaviours: BehaviourDiff, statements: StatementDiff
    ) {
        self.name = name
        self.verdict = verdict
        self.scope = scope
        self.old = old
        self.new = new
        self.properties = properties
        self.behaviours = behaviours
        self.statements = statements
    }
}

/// How large one side is, as far as it was looked at.
public struct DiffSide: Sendable, Hashable {
    /// Of the search that judges the properties; symmetric states count once.
    public var states: Int
    public var depth: Int
    /// Why that search ended early; nil where it saw all states.
    public var reason: InconclusiveReason?
    /// Of the comparison of behaviours, where each state counts.
    public var comparedStates: Int
    /// Every run with so many steps was looked at; -1 for none.
    public var comparedDepth: Int
    public var comparedReason: InconclusiveReason?

    public init(
        states: Int, depth: Int, reason: InconclusiveReason?, comparedStates: Int, comparedDepth: Int,
        comparedReason: InconclusiveReason?
    ) {
        self.states = states
        self.depth = depth
        self.reason = reason
        self.comparedStates = comparedStates
        self.comparedDepth = comparedDepth
        self.comparedReason = comparedReason
    }
}

/// A property whose verdict is another one.
public struct PropertyDiff: Sendable, Hashable {
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        case holds, fails
        /// A budget ended first.
        case unknown
        /// The spec has no such property.
        case absent
    }

    public var name: String
    public var old: Standing
    public var new: Standing
    /// A shortest one, where it newly fails and has one.
    public var counterexample: Counterexample?

    public init(name: String, old: Standing, new: Standing, counterexample: Counterexample?) {
        self.name = name
        self.old = old
        self.new = new
        self.counterexample = counterexample
    }

    public var newlyFails: Bool { new == .fails && old != .fails }
    public var newlyHolds: Bool { new == .holds && old == .fails }
}

/// Statements whose text both versions have, and that only one of them reaches.
public struct StatementDiff: Sendable, Hashable {
    public struct Place: Sendable, Hashable {
        public var file: String
        public var line: Int
        public var text: String

        public init(file: String, line: Int, text: String) {
            self.file = file
            self.line = line
            self.text = text
        }
    }

    /// Places in the new version.
    public var noLongerReached: [Place]
    public var newlyReached: [Place]
    /// Statements that only the new version has, and that it never reaches.
    public var neverReached: [Place]
    /// False where a search ended early: then nothing is said.
    public var isKnown: Bool

    public init(noLongerReached: [Place], newlyReached: [Place], neverReached: [Place], isKnown: Bool) {
        self.noLongerReached = noLongerReached
        self.newlyReached = newlyReached
        self.neverReached = neverReached
        self.isKnown = isKnown
    }
}
