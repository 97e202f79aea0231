import Diagnostics
import Exploration
import Model
import Reports
import SMT
import Symbolic

/// What engines that ask a solver have in common.
extension PreparedRun {
    /// What comes of asking a solver; no result, and why, where there is none.
    func asking(
        _ options: CheckOptions, _ ask: (any Solver) throws(InternalError) -> Finding
    ) throws(InternalError) -> Finding {
        switch options.solver(title) {
        case .success(let solver): return try ask(solver)
        case .failure(let missing):
            return Finding(result: result(reductions: [], elapsed: .zero), diagnostics: [missing], coverage: .unknown)
        }
    }

    /// A result to be filled in.
    func result(
        of engine: Engine, _ options: CheckOptions, _ solver: any Solver, queries: Int, depth: Int,
        _ used: RunReductions? = nil, since start: ContinuousClock.Instant
    ) -> RunResult {
        var result = result(
            reductions: (used?.names ?? []) + reductions(without: options.without), elapsed: ContinuousClock.now - start
        )
        result.depth = depth
        result.solving = RunResult.Solving(
            engine: engine.rawValue, solver: solver.name, queries: queries, depth: depth, reason: nil)
        return result
    }
}

extension RunReductions {
    init(without: Set<Reduction>) {
        self.init()
        usesSymmetry = !without.contains(.symmetry)
        usesPartialOrder = !without.contains(.partialOrder)
    }

    /// By the names of the command line.
    fileprivate var names: [String] {
        (usesSymmetry ? [Reduction.symmetry.rawValue] : [])
            + (usesPartialOrder ? [Reduction.partialOrder.rawValue] : [])
    }
}

extension CheckOptions {
    /// From now on.
    var solverLimits: SolverLimits {
        var limits = SolverLimits()
        limits.deadline = maximumTime.map { ContinuousClock.now + $0 }
        limits.isCancelled = isCancelled
        return limits
    }
}

extension RunResult {
    /// Adds the violation that a solver has found: first the machine takes its steps, then the interpreter.
    mutating func add(_ found: SymbolicRun, of run: PreparedRun) throws(InternalError) {
        guard !found.isGuess else {
            return add(.other("whether it is a deadlock depends on a choice among too many values"))
        }
        let trace = try found.trace(of: run)
        verdict = .violated
        property = trace.failure.property
        steps = found.stepCount
        self.counterexample = trace
        asExpected = run.expectedViolation == trace.failure.property
    }

    /// What is wrong where something was found of all runs, and there are none: `init` has no outcome. Where the solver does
    /// not know, the result is inconclusive.
    mutating func neverEvaluated(_ run: PreparedRun, _ solver: any Solver, _ limits: SolverLimits) -> Diagnostic? {
        solving?.queries += 1
        switch solver.check(StartQuestion(run.model).query, limits) {
        case .satisfiable: return nil
        case .unsatisfiable: return run.neverEvaluated(looksForPlace: false)
        case .unknown(let reason):
            (property, asExpected, unwitnessed) = (nil, false, [])
            add(reason)
            return nil
        }
    }

    /// All runs were judged, and nothing is violated but that some situations never occur.
    mutating func completes(_ run: PreparedRun, unwitnessed missing: [String]) {
        unwitnessed = missing
        property = run.expectedViolation.flatMap { missing.contains($0) ? $0 : nil } ?? missing.first
        verdict = property == nil ? .holds : .violated
        asExpected = property == run.expectedViolation
    }

    /// What a solver said where it did not know.
    mutating func add(_ unknown: UnknownReason) {
        verdict = .inconclusive
        switch unknown {
        case .time: reason = .time
        case .memory: reason = .memory
        case .interrupted: reason = .interrupted
        case .other(let text):
            reason = .solver
            solving?.reason = text
        }
    }
}

extension SymbolicRun {
    /// The run as the machine takes it, and then the interpreter. Where it says what was chosen, only that is tried first.
    fileprivate func trace(of run: PreparedRun) throws(InternalError) -> Reports.Counterexample {
        if let most = mostCandidates, let trace = try? trace(of: run, mostCandidates: most) { return trace }
        return try trace(of: run, mostCandidates: .max)
    }

    private func trace(
        of run: PreparedRun, mostCandidates: Int
    ) throws(InternalError) -> Reports.Counterexample {
        let name = run.model.name(of: judgement)
        let retraced = RetracedRun(
            judgement: name, violation: judgement.violation, states: states, actors: actors,
            free: run.model.hasFreeVariables ? free : nil)
        let code: ModelCode
        do throws(InvalidModel) {
            code = try ModelCode(run.model.choosing(among: wideChoices, above: mostCandidates))
        } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
        guard let counterexample = retraced.counterexample(in: code) else {
            throw InternalError(
                "the solver found `\(name)` violated after \(stepCount) steps, but the machine can't take them")
        }
        return try TraceReplay(
            run, counterexample, wideCodes: wideChoices, mostCandidates: mostCandidates
        ).counterexample()
    }
}

extension SymbolicJudgement {
    fileprivate var violation: Int? { if case .inStep(let number) = self { number } else { nil } }
}
