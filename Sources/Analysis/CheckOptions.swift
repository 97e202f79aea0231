import Diagnostics
import Exploration
import SMT

/// What can be switched off, for cross-checks. The raw values are the names of the command line.
public enum Reduction: String, CaseIterable, Sendable {
    /// States that differ only by the names of domain elements count as one.
    case symmetry
    /// States are passed through in which others need not move.
    case partialOrder = "partial-order"
    /// An `unlock` joins the step before it.
    case unlockFusion = "fusion.unlock"
    /// A read under a held lock joins the step before it.
    case guardedReadFusion = "fusion.guarded-read"
    /// What a configuration has switched off, and what nobody reads, is removed before the search.
    case slicing
}

/// How a search keeps states.
public typealias StoreKind = Exploration.StoreKind

/// Where a search may keep states on disk.
public typealias DiskOptions = Exploration.DiskOptions

/// What is looked for, when a search has ended, in what its states have come by.
public enum ReachDemand: Sendable {
    /// Nothing: nobody asks.
    case nothing
    /// What tells a pass that means nothing. For what the author says no run comes by, only the first states are looked at.
    case findings
    /// Everything, in all states: for a listing of what is covered.
    case everything
}

/// What searches.
public enum Engine: String, CaseIterable, Sendable {
    /// State by state where that can be, else by a solver.
    case auto
    /// State by state.
    case explicit
    /// Bounded model checking: all runs of 0, 1, 2, … steps at once, by a solver.
    case bmc
    /// k-induction: a proof for any number of steps, by a solver.
    case induction
    /// Finds an inductive invariant by itself, with a solver.
    case ic3
    /// Symbolic state by symbolic state: symbolic constants and wide choices are terms, with conditions for a solver.
    case explicitZ3 = "explicit+z3"
}

/// How one configuration is to be checked.
public struct CheckOptions: Sendable {
    public var without: Set<Reduction> = []
    /// States; nil for as many as there are.
    public var maximumStates: Int?
    /// Bytes.
    public var maximumMemory: Int?
    public var maximumTime: Duration?
    /// Where states go when memory is at its limit; nil: then a search is inconclusive.
    public var disk: DiskOptions?
    /// Where searches are saved; nil for nowhere.
    public var checkpoint: CheckpointRequest?
    /// Context switches in a run, fewer first; nil for a search of all runs, the shortest first.
    public var maximumSwitches: Int?
    /// Whether a long search goes over to successors from compiled C.
    public var compiles = true
    public var store = StoreKind.exact
    public var engine = Engine.auto
    /// For engines and claims that need one; asked for where it is needed, with what the questions are about.
    public var solver: @Sendable (_ title: String) -> Result<any Solver, Diagnostic> = { _ in
        .failure(Diagnostic(.noSolver, "there is no solver", at: nil))
    }
    /// Where proofs are written; nil for nowhere.
    public var proofs: ProofFiles?
    /// Steps of a run; nil for as many as it takes. For engines that look at runs of a length.
    public var maximumDepth: Int?
    /// What the states are asked for beside the properties.
    public var survey = ReachDemand.findings
    /// Whether to say of every run what makes its states so many, and in full.
    public var explainsStates = false
    /// Where results are looked for before a search, and kept behind it; nil for nowhere.
    public var cache: SearchCache?
    /// Threads of a search.
    public var threads = 1
    /// Asked every few milliseconds while searching.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Told about twice a second what to show of a running search.
    public var progress: (@Sendable (String) -> Void)?

    public init() {}

    /// Whether something is asked for that only the explicit search has.
    var needsStates: Bool {
        checkpoint != nil || maximumSwitches != nil || store != .exact || explainsStates || survey == .everything
    }
}
