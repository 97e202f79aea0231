import Model

/// What a search found.
public struct SearchResult: Sendable {
    public enum Outcome: Sendable {
        /// Every reachable state was seen, and nothing under search was violated.
        case completed
        case violation(Counterexample)
        /// A budget ended first.
        case inconclusive(InconclusiveReason)
        /// The model broke its own promises: a defect of this program.
        case faulty(MachineFault)

        public var isInconclusive: Bool { if case .inconclusive = self { true } else { false } }
    }

    public internal(set) var outcome: Outcome
    public let states: Int
    /// One for each state, enabled action and combination of choices, also back to a known state or into a violation.
    public let transitions: Int
    /// Of the deepest state seen; an initial state has depth 0. Where switches were bounded: the steps of the longest of
    /// the runs by which states were reached first.
    public internal(set) var depth: Int
    /// Every state up to this depth has been expanded; -1 where not even the initial ones have. Nothing is known of it
    /// where switches were bounded: then 0 stands for the initial states.
    public let completeDepth: Int
    /// Where switches were bounded: every run with so many was looked at; -1 where not even those without. Where the
    /// search has completed, no run needs more.
    public internal(set) var completeSwitches: Int?
    /// How many initial states, symmetric ones counted once.
    public let initialStates: Int
    /// `reachable` properties without a witness.
    public let unwitnessed: [String]
    /// Violations that were not under search, in the order of the model.
    public let passedOver: [PassedOver]
    /// Bytes of states and table at the end.
    public internal(set) var memory: Int
    /// Bytes of states on disk at the end; nil where all were in memory.
    public internal(set) var disk: Int?
    /// How likely it is at most that a state was missed, where only fingerprints were kept; nil where none was.
    public internal(set) var missedStateProbability: Double?
    /// What the states seen, and the steps from them, have come by. Nil where nobody asked, where states are gone, after an
    /// inconclusive search, and for other systems than models.
    public internal(set) var reach: Reach?
    /// How many states there are at each depth, from 0, as far as all of that depth are known. Empty where switches were
    /// bounded.
    public internal(set) var layerSizes: [Int] = []
    /// States of those depths for statistics; where switches were bounded, of all states. Nil where nobody asked.
    public internal(set) var sample: StateSample?
    /// Whether states were passed through: then those are not counted, and ``depth`` counts what a process does without
    /// others in between as one step.
    public internal(set) var isReducedByPartialOrder = false
    /// Whether a budget has left out states of the last layer: then ``states`` counts only some of those. A violation may
    /// have been found in spite of it.
    public internal(set) var isCut = false
    /// What is violated, in a state that was seen, where the search ended before a run to it was known: only of an
    /// inconclusive search. Nobody has replayed it.
    public internal(set) var violatedWithoutRun: String?
    /// The size of the symmetry group used; 1 without. `Int.max` for more.
    public let symmetryOrder: Int
    public let elapsed: Duration
}

extension SearchResult {
    /// What all searches by layers tell. Depth and memory are left to be filled in.
    init<System: TransitionSystem, Store: StateStore>(
        _ outcome: Outcome, _ tally: SearchTally, _ system: System, _ crew: Crew<System, Store>,
        _ options: SearchOptions, _ selection: Selection, _ budget: Budget
    ) {
        let names = system.judgements.map(\.name)
        let passedOver =
            options.property == nil
            ? [] : names.indices.filter { !selection.isSelected[$0] && tally.violations[$0] > 0 }
        self.init(
            outcome: outcome, states: tally.states, transitions: tally.transitions, depth: 0,
            completeDepth: tally.completeDepth, initialStates: tally.initialStates,
            unwitnessed: tally.unwitnessed(system, crew),
            passedOver: passedOver.map { PassedOver(name: names[$0], count: tally.violations[$0]) }, memory: 0,
            reach: nil, symmetryOrder: system.symmetryOrder, elapsed: budget.elapsed)
        isCut = tally.isFull
    }
}

/// A violation that was not under search.
public struct PassedOver: Hashable, Sendable {
    public let name: String
    /// In how many states or steps.
    public let count: Int
}

public enum InconclusiveReason: Hashable, Sendable {
    case states(limit: Int)
    case memory(limit: Int)
    case time
    case cancelled
    /// Memory is at its limit, and states can't be kept on disk.
    case disk(DiskProblem)
    /// All runs with so many switches were looked at; there are others.
    case switches(limit: Int)
}

/// Why a search stops before its end.
enum SearchStop: Error {
    case budget(InconclusiveReason)
    case fault(MachineFault)
}

/// A run to a violation. Of a search a shortest one, and among the shortest one with the fewest context switches; where
/// switches were bounded, the other way round: fewest switches, and among those the fewest steps.
///
/// A *switch* is a pair of consecutive steps of different process instances. Among shortest runs with equally few, the
/// one whose initial state comes first and whose steps come first, each compared by process, instance, action and
/// choices.
public struct Counterexample: Hashable, Sendable {
    public let judgement: Judgement
    /// The number of the violation in the model, for one inside a step.
    public let violation: Int?
    /// The conjunct of the property that fails.
    public let conjunct: Int?
    public let initial: [UInt64]
    public let initialChoices: [UInt64]
    public let steps: [TraceStep]
    public let switches: Int
    public let measure: Measure
    /// False where the best of the shortest runs is not known: a budget ended first, or states were not kept.
    public internal(set) var isBest: Bool
    /// False where there may be a shorter run.
    public var isShortest = true

    /// What is as small as it can be; the other one is as small as it can be beside that.
    public enum Measure: Hashable, Sendable {
        case steps, switches
    }
}

public struct TraceStep: Hashable, Sendable {
    public let action: Int
    /// The process instance, counted over all processes.
    public let actor: Int
    public let process: Int
    public let instance: Int
    public let choices: [UInt64]
    /// Violations met on the way that did not end it, by number.
    public let violations: [Int]
    /// After the step; where a violation ended it, when that was found.
    public let state: [UInt64]
    /// The violation that ended it without a result, by number.
    public let ending: Int?

    public var hasResult: Bool { ending == nil }
}
