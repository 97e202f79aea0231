/// What became of the mutants of one spec.
public struct MutationResult: Sendable {
    public var spec: String
    /// The configurations that judge, the smallest first.
    public var judges: [Judge]
    /// What `--set` gave.
    public var settings: [String]
    public var mutants: [MutantResult]
    /// Changes that are no spec: names that are not there, values of the wrong type. They are no mutants.
    public var invalid: Int
    /// Mutants that were not selected.
    public var unselected: Int
    /// States without reductions up to which behaviour was compared.
    public var equivalenceStates: Int
    public var seconds: Double

    public struct Judge: Sendable, Hashable {
        public var name: String
        /// Of the spec as it is.
        public var states: Int

        public init(name: String, states: Int) {
            self.name = name
            self.states = states
        }
    }

    public init(
        spec: String, judges: [Judge], settings: [String], mutants: [MutantResult], invalid: Int, unselected: Int,
        equivalenceStates: Int, seconds: Double
    ) {
        self.spec = spec
        self.judges = judges
        self.settings = settings
        self.mutants = mutants
        self.invalid = invalid
        self.unselected = unselected
        self.equivalenceStates = equivalenceStates
        self.seconds = seconds
    }

    // MARK: Score

    public func count(_ kind: MutantOutcome.Kind) -> Int { mutants.count { $0.outcome.kind == kind } }

    /// Killed and refused ones.
    public var noticed: Int { count(.killed) + count(.refused) }

    /// Those that somebody could notice: all but the equivalent ones, and those that were not tried.
    public var counted: Int { mutants.count - count(.equivalent) - count(.notTried) }

    /// In percent; 100 where nothing counts.
    public var score: Double { counted == 0 ? 100 : Double(noticed) / Double(counted) * 100 }

    public var survivors: [MutantResult] { mutants.filter { $0.outcome.kind == .survived } }

    /// Whether anything is not known.
    public var isInconclusive: Bool { count(.inconclusive) + count(.notTried) > 0 }
}

/// One mutant and what became of it.
public struct MutantResult: Sendable {
    public var number: Int
    public var operatorName: String
    public var container: String
    /// Completes "no claim notices that …".
    public var change: String
    /// Of the first line that differs, from 1.
    public var line: Int
    /// Lines that begin with `-` and `+`.
    public var diff: [String]
    public var outcome: MutantOutcome
    /// Why its author accepts that it survives.
    public var allowed: String?

    public init(
        number: Int, operatorName: String, container: String, change: String, line: Int, diff: [String],
        outcome: MutantOutcome, allowed: String?
    ) {
        self.number = number
        self.operatorName = operatorName
        self.container = container
        self.change = change
        self.line = line
        self.diff = diff
        self.outcome = outcome
        self.allowed = allowed
    }
}

public enum MutantOutcome: Sendable, Hashable {
    /// A configuration no longer holds. No steps where a situation is no longer reachable.
    case killed(property: String, scenario: String, steps: Int?)
    /// By a static rule.
    case refused(code: String, message: String)
    case survived(Difference)
    case equivalent(Equivalence)
    case inconclusive(scenario: String, reason: String)
    case notTried

    public enum Kind: String, Sendable, CaseIterable {
        case killed, refused, survived, equivalent, inconclusive, notTried
    }

    public var kind: Kind {
        switch self {
        case .killed: .killed
        case .refused: .refused
        case .survived: .survived
        case .equivalent: .equivalent
        case .inconclusive: .inconclusive
        case .notTried: .notTried
        }
    }

    /// How a survivor differs from the spec.
    public enum Difference: Sendable, Hashable {
        /// It reaches something that the spec never reaches, or steps where the spec never steps.
        case more(scenario: String, steps: Int, isState: Bool)
        /// It does not do all that the spec does, and nothing else.
        case less(scenario: String)
        /// The comparison met its budget.
        case unknown(scenario: String)
    }

    public enum Equivalence: String, Sendable, CaseIterable {
        /// Its model is that of the spec.
        case model
        /// Its states and steps, as claims see them, are those of the spec.
        case behaviour
    }
}
