import Model
import SMT

public struct InductionOptions: Sendable {
    /// Steps behind which a wrong one is looked for, at most; nil for as many as it takes.
    public var depth: Int?
    public var limits = SolverLimits()
    public var reductions = RunReductions()
    /// Told of every number of steps that was not enough.
    public var progress: (@Sendable (Int) -> Void)?

    public init() {}
}

/// Steps from states in which nothing is wrong to one that is, though perhaps no run comes there.
public struct FailedInduction: Sendable {
    public let judgement: SymbolicJudgement
    /// The codes of all cells before the last step, and behind it where the step has a result.
    public let before: [UInt64]
    public let behind: [UInt64]?
    /// Who takes the last step.
    public let actor: Int
}

public struct InductionResult: Sendable {
    public enum Outcome: Sendable {
        /// What is claimed of all states and steps; and that no run is a witness of what is ``unwitnessed``.
        case proved
        /// What is claimed of all states and steps is proved, and no run of so many steps is a witness of what is
        /// ``unwitnessed``; no reason where the bound was reached.
        case unwitnessed(steps: Int, UnknownReason?)
        case violated(SymbolicRun)
        /// The bound was reached.
        case bounded
        case unknown(UnknownReason)
    }

    public let outcome: Outcome
    /// The last number of steps that was asked about; 0 where none was.
    public let depth: Int
    public let queries: Int
    /// Why fewer steps, or those of the bound, are not enough.
    public let failed: FailedInduction?
    /// `reachable` properties that no run is a witness of, or none so far.
    public let unwitnessed: [String]
    /// By which runs were left out.
    public let reductions: RunReductions
}

/// k-induction (Sheeran, Singh, Stålmarck, *Checking Safety Properties Using Induction and a SAT-Solver*, FMCAD 2000): no
/// run of k steps goes wrong, and no k steps between different states in which nothing is wrong lead to one that is wrong.
/// For k = 1, 2, …
public struct InductionSearch {
    private let options: InductionOptions
    private var base: Unrolling
    private var step: Unrolling
    /// That nothing is wrong up to the last but one state of ``step``.
    private var isRight: Term
    private var inquiry: Inquiry
    private var failed: FailedInduction?

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ solver: any Solver, _ options: InductionOptions) {
        inquiry = Inquiry(solver, options.limits)
        self.options = options
        let judgements = model.judgements
        base = Unrolling(ModelFormula(model), judgements, options.reductions)
        step = Unrolling(ModelFormula(model), judgements, from: .anywhere, options.reductions)
        isRight = step.formula.graph.yes
    }

    /// Costs two queries for each number of steps, each harder than the one before.
    public mutating func run() -> InductionResult {
        var depth = 0
        do throws(NoAnswer) {
            if let run = try violation() { return result(.violated(run), 0) }
            while true {
                if depth == options.depth { return result(.bounded, depth) }
                depth += 1
                base.addStep()
                if let run = try violation() { return result(.violated(run), depth) }
                extend()
                failed = try failure()
                if failed == nil { return witnessed(depth) }
                options.progress?(depth)
            }
        } catch { return result(.unknown(error.reason), max(0, depth - 1)) }
    }

    /// Looks for runs that are witnesses, as long as there are longer ones that come to no state twice.
    private mutating func witnessed(_ depth: Int) -> InductionResult {
        var missing = base.witnesses.keys.sorted()
        do throws(NoAnswer) {
            while true {
                missing = try inquiry.unwitnessed(base)
                if missing.isEmpty { return result(.proved, depth) }
                guard try inquiry.goesOn(base) else { return result(.proved, depth, unwitnessed: missing) }
                if base.depth == options.depth {
                    return result(.unwitnessed(steps: base.depth, nil), depth, unwitnessed: missing)
                }
                base.addStep()
            }
        } catch { return result(.unwitnessed(steps: base.depth - 1, error.reason), depth, unwitnessed: missing) }
    }

    private func result(
        _ outcome: InductionResult.Outcome, _ depth: Int, unwitnessed: [String] = []
    ) -> InductionResult {
        InductionResult(
            outcome: outcome, depth: depth, queries: inquiry.count, failed: failed, unwitnessed: unwitnessed,
            reductions: base.used)
    }

    /// One more step; the state before it is one where nothing is wrong.
    private mutating func extend() {
        let graph = step.formula.graph
        isRight = graph.and([isRight] + step.wrong.map { graph.not($0.term) })
        step.addStep()
    }

    private mutating func violation() throws(NoAnswer) -> SymbolicRun? { try inquiry.violation(base, named: nil) }

    /// Why the last number of steps is not enough.
    private mutating func failure() throws(NoAnswer) -> FailedInduction? {
        let graph = step.formula.graph
        // The last state is none of the others: something is wrong with it, or with the way there.
        let different = step.distinctness(upTo: step.depth - 1)
        let wrong = step.wrong
        // A shortest run to a violation is among those that are ordered; so is its end.
        let isOrdered = step.isOrdered(upTo: step.depth - 1)
        let question = [step.reaches, isOrdered, isRight] + different + [graph.or(wrong.map(\.term))]
        let what = "\(step.depthWords) lead from states in which nothing is wrong to one in which something is"
        guard let found = try inquiry.values(graph, question, sat: what),
            let judgement = wrong.first(where: { graph.values(of: [$0.term], found) == [1] })?.judgement
        else { return nil }
        let exists = graph.values(of: [step.exists], found) == [1]
        return FailedInduction(
            judgement: judgement, before: graph.values(of: step.states[step.depth - 1], found),
            behind: exists ? graph.values(of: step.states[step.depth], found) : nil,
            actor: Int(found.values["step \(step.depth).actor", default: 0]))
    }
}
