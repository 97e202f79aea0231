/// The words of a verdict, the same for every engine.
public enum Verdict: String, Codable, Sendable, CaseIterable {
    /// Every state of this scope was visited, and everything that was checked holds.
    case holds
    /// Shown for more than this scope, by an engine that can.
    case proved
    case violated
    /// A bound was reached first. Says nothing about what lies behind it.
    case inconclusive
}

/// What stopped a search before its end.
public enum InconclusiveReason: String, Codable, Sendable, CaseIterable {
    case states, memory, time, interrupted, switches
    /// Memory is at its limit, and states can't be kept on disk.
    case disk
    /// All random walks were made, and that is never everything.
    case walks
    /// All runs of so many steps were looked at; there are longer ones.
    case depth
    /// The solver does not know.
    case solver
}

/// One configuration of one spec, and what came out of it. Reporters render this value and compute nothing.
public struct RunResult: Codable, Sendable {
    public struct Setting: Codable, Sendable, Hashable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What the verdict rests on besides the model itself.
    public struct Assumptions: Codable, Sendable, Hashable {
        /// Always "sequential consistency" as long as there is no other.
        public var memoryModel: String
        /// Sizes and constants of this run.
        public var settings: [Setting]
        /// How many `atomic` blocks the model has.
        public var atomicClaims: Int
        /// The reductions that were on: `symmetry`, `partial-order`, `fusion.unlock`, `fusion.guarded-read`.
        public var reductions: [String]
        /// How states were kept: `exact`, `tree` (exact as well), `hash`.
        public var store: String
        /// How likely it is at most that a state was missed, where only fingerprints were kept; nil where none was.
        public var missedStateProbability: Double?

        public init(
            memoryModel: String, settings: [Setting], atomicClaims: Int, reductions: [String], store: String = "exact",
            missedStateProbability: Double? = nil
        ) {
            self.memoryModel = memoryModel
            self.settings = settings
            self.atomicClaims = atomicClaims
            self.reductions = reductions
            self.store = store
            self.missedStateProbability = missedStateProbability
        }
    }

    /// What differs from run to run. Comparisons leave this field out.
    public struct Timing: Codable, Sendable, Hashable {
        public var seconds: Double
        /// Bytes that the state store took at its largest.
        public var memoryBytes: Int
        /// Bytes of states on disk; 0 where memory was enough.
        public var diskBytes: Int

        public init(seconds: Double, memoryBytes: Int, diskBytes: Int = 0) {
            self.seconds = seconds
            self.memoryBytes = memoryBytes
            self.diskBytes = diskBytes
        }
    }

    /// How far a search that takes runs with few context switches first has come.
    public struct Switches: Codable, Sendable, Hashable {
        /// Runs with more were not looked at.
        public var limit: Int
        /// All runs with so many were looked at; -1 where not even those without any. Where the verdict is *holds*, no
        /// run with more adds anything.
        public var complete: Int

        public init(limit: Int, complete: Int) {
            self.limit = limit
            self.complete = complete
        }
    }

    /// What random walks covered.
    public struct Walks: Codable, Sendable, Hashable {
        /// The walk that met the violation.
        public struct Violating: Codable, Sendable, Hashable {
            /// From 1.
            public var number: Int
            /// How many steps it took, before they were made fewer.
            public var steps: Int

            public init(number: Int, steps: Int) {
                self.number = number
                self.steps = steps
            }
        }

        public var seed: UInt64
        /// How many walks were to be made, and how many steps of each.
        public var asked: Int
        public var mostSteps: Int
        /// Those that were made, up to the one with the violation.
        public var walks: Int
        public var steps: Int
        /// The steps of the longest.
        public var deepest: Int
        /// Violations that were met, and are not what the configuration expects.
        public var passedOver: [String]
        /// What ended the walks before all were made: then another run need not make the same ones.
        public var cut: InconclusiveReason?
        /// Nil where there is no violation, and where an initial state has it.
        public var violating: Violating?

        public init(
            seed: UInt64, asked: Int, mostSteps: Int, walks: Int, steps: Int, deepest: Int, passedOver: [String],
            cut: InconclusiveReason?, violating: Violating?
        ) {
            self.seed = seed
            self.asked = asked
            self.mostSteps = mostSteps
            self.walks = walks
            self.steps = steps
            self.deepest = deepest
            self.passedOver = passedOver
            self.cut = cut
            self.violating = violating
        }
    }

    /// Where the search is saved.
    public struct Checkpoint: Codable, Sendable, Hashable {
        /// As it was given.
        public var folder: String
        /// Whether another run can go on from there.
        public var isSaved: Bool
        /// How many states there were when this run went on; nil where it began anew.
        public var resumedStates: Int?

        public init(folder: String, isSaved: Bool, resumedStates: Int?) {
            self.folder = folder
            self.isSaved = isSaved
            self.resumedStates = resumedStates
        }
    }

    /// The path of the spec as it was given.
    public var spec: String
    public var module: String
    public var scenario: String
    public var variant: String?
    /// The values of this run where the scenario is a sweep.
    public var sweep: [Setting]
    public var verdict: Verdict
    /// Why an inconclusive search ended.
    public var reason: InconclusiveReason?
    /// `holds`, or `violated NAME`.
    public var expected: String
    public var asExpected: Bool
    /// Random walks and solvers do not count states: 0.
    public var states: Int
    public var transitions: Int
    /// Of the deepest visited state; where inconclusive, the last depth that was visited completely, -1 where not even
    /// all initial states were. Where runs with few switches come first: of the longest run by which a state was
    /// reached first, whatever the verdict. Of random walks the longest.
    public var depth: Int
    /// Nil where the shortest runs come first.
    public var switches: Switches?
    /// The violated property.
    public var property: String?
    /// What was seen violated by an inconclusive search that was ended before it had a run to show and to replay.
    public var violatedWithoutRun: String?
    /// The length of the counterexample.
    public var steps: Int?
    /// `reachable` properties without a witness.
    public var unwitnessed: [String]
    public var assumptions: Assumptions
    public var counterexample: Counterexample?
    public var timing: Timing
    /// Nil for a search.
    public var walks: Walks?
    /// Nil where no solver was asked.
    public var solving: Solving?
    /// How many theorems were proved, for all values of their parameters.
    public var theorems = 0
    /// Nil where nobody asked for one.
    public var checkpoint: Checkpoint?
    /// What makes the states so many; nil where nobody asked.
    public var explosion: Explosion?

    public init(
        spec: String, module: String, scenario: String, variant: String?, verdict: Verdict,
        reason: InconclusiveReason?, expected: String, asExpected: Bool, states: Int, transitions: Int, depth: Int,
        property: String?, steps: Int?, unwitnessed: [String], assumptions: Assumptions,
        counterexample: Counterexample?, timing: Timing, switches: Switches? = nil,
        sweep: [Setting] = []
    ) {
        self.spec = spec
        self.module = module
        self.scenario = scenario
        self.variant = variant
        self.sweep = sweep
        self.verdict = verdict
        self.reason = reason
        self.expected = expected
        self.asExpected = asExpected
        self.states = states
        self.transitions = transitions
        self.depth = depth
        self.switches = switches
        self.property = property
        self.steps = steps
        self.unwitnessed = unwitnessed
        self.assumptions = assumptions
        self.counterexample = counterexample
        self.timing = timing
    }
}
