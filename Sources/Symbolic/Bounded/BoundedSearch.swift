import Model
import SMT

/// What a bounded search looks for, and how far.
public struct BoundedOptions: Sendable {
    /// The name under which only violations are looked for; nil for all.
    public var property: String?
    /// Steps; nil for as many as it takes.
    public var depth: Int?
    public var limits = SolverLimits()
    public var reductions = RunReductions()
    /// Told of every depth that is done.
    public var progress: (@Sendable (Int) -> Void)?

    public init() {}
}

/// What came of a bounded search.
public struct BoundedResult: Sendable {
    public enum Outcome: Sendable {
        /// No run has more steps than ``BoundedResult/depth`` without coming to a state twice: all states were judged.
        case complete
        case violated(SymbolicRun)
        /// The bound was reached.
        case bounded
        case unknown(UnknownReason)
    }

    public let outcome: Outcome
    /// Runs of so many steps were judged; -1 where not even initial states were.
    public let depth: Int
    /// Queries to the solver.
    public let queries: Int
    /// `reachable` properties without a witness, where the search is complete.
    public let unwitnessed: [String]
    /// By which runs were left out.
    public let reductions: RunReductions
}

/// Bounded model checking (Biere, Cimatti, Clarke, Zhu, *Symbolic Model Checking without BDDs*, TACAS 1999): runs of 0, 1,
/// 2, … steps, so that the first violation is a shortest one. Complete where no run without repetition is longer (the
/// recurrence diameter of the same paper).
public struct BoundedSearch {
    private let options: BoundedOptions
    private var unrolling: Unrolling
    private var inquiry: Inquiry

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ solver: any Solver, _ options: BoundedOptions) {
        unrolling = Unrolling(ModelFormula(model), model.judgements(named: options.property), options.reductions)
        self.options = options
        inquiry = Inquiry(solver, options.limits)
    }

    /// Costs a query or two for each depth, each harder than the one before.
    public mutating func run() -> BoundedResult {
        while true {
            let depth = unrolling.depth
            do throws(NoAnswer) {
                if let run = try inquiry.violation(unrolling, named: options.property) {
                    return result(.violated(run), depth)
                }
                options.progress?(depth)
                if isAsked(depth), try !inquiry.goesOn(unrolling) {
                    return result(.complete, depth, unwitnessed: try inquiry.unwitnessed(unrolling))
                }
            } catch { return result(.unknown(error.reason), depth - 1) }
            if depth == options.depth { return result(.bounded, depth) }
            unrolling.addStep()
        }
    }

    private func result(
        _ outcome: BoundedResult.Outcome, _ depth: Int, unwitnessed: [String] = []
    ) -> BoundedResult {
        BoundedResult(
            outcome: outcome, depth: depth, queries: inquiry.count, unwitnessed: unwitnessed,
            reductions: unrolling.used)
    }

    /// Whether it is asked at a depth if runs go on: not at each, since that is as hard to say as what is violated.
    private func isAsked(_ depth: Int) -> Bool { depth <= 8 || depth % 4 == 0 || depth == options.depth }
}
