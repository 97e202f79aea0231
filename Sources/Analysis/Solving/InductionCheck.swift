import Model
import Reports
import Symbolic

/// Proves one prepared configuration by k-induction, or finds a violation on the way.
struct InductionCheck {
    private let run: PreparedRun
    private let options: CheckOptions

    init(_ run: PreparedRun, _ options: CheckOptions) {
        self.run = run
        self.options = options
    }

    func finding() throws(InternalError) -> Finding {
        // A proof is about all claims; what is expected to be violated is looked for by runs from the start.
        guard run.expectedViolation == nil else { return try BoundedCheck(run, options).finding() }
        switch options.solver(run.title) {
        case .success(let solver):
            let start = ContinuousClock.now
            var induction = InductionOptions()
            induction.depth = options.maximumDepth
            induction.limits = options.solverLimits
            if let progress = options.progress {
                let title = run.title
                induction.progress = { progress("\(title): no proof by \($0) steps") }
            }
            var search = InductionSearch(run.model, solver, induction)
            let found = search.run()
            let result = try result(found, solver: solver.name, elapsed: ContinuousClock.now - start)
            return Finding(result: result, diagnostics: [], coverage: .unknown)
        case .failure(let missing): return run.finding(of: missing)
        }
    }

    private func result(
        _ found: InductionResult, solver: String, elapsed: Duration
    ) throws(InternalError) -> RunResult {
        var result = run.result(reductions: run.reductions(without: options.without), elapsed: elapsed)
        result.depth = found.depth
        result.solving = RunResult.Solving(
            engine: Engine.induction.rawValue, solver: solver, queries: found.queries, depth: found.depth, reason: nil)
        switch found.outcome {
        case .proved:
            result.unwitnessed = found.unwitnessed
            if found.unwitnessed.isEmpty {
                (result.verdict, result.asExpected) = (.proved, true)
            } else {
                // Longer runs may be witnesses.
                (result.verdict, result.reason) = (.inconclusive, .depth)
            }
            return result
        case .violated(let symbolic): try result.add(symbolic, of: run)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .unknown(let reason): result.add(reason)
        }
        if result.verdict == .inconclusive, let failed = found.failed {
            result.solving?.failedStep = FailedStepText(run.model).step(failed, depth: found.depth)
        }
        return result
    }
}
