import Reports
import SMT
import Symbolic

/// Checks one prepared configuration by bounded search, replays what was found, and judges it against the expectation.
struct BoundedCheck {
    private let run: PreparedRun
    private let options: CheckOptions

    init(_ run: PreparedRun, _ options: CheckOptions) {
        self.run = run
        self.options = options
    }

    func finding() throws(InternalError) -> Finding {
        try run.asking(options) { (solver) throws(InternalError) in
            let start = ContinuousClock.now
            let limits = options.solverLimits
            var found = search(solver, limits, for: run.expectedViolation)
            // Where the expected violation does not exist, another one may: then nothing holds.
            if case .complete = found.outcome, let expected = run.expectedViolation,
                !found.unwitnessed.contains(expected)
            {
                found = search(solver, limits, for: nil)
            }
            var result = run.result(
                of: .bmc, options, solver, queries: found.queries, depth: found.depth,
                found.reductions, since: start)
            try describe(found, &result)
            if found.depth == 0, case .complete = found.outcome,
                let problem = result.neverEvaluated(run, solver, limits)
            {
                return Finding(result: result, diagnostics: [problem], coverage: .unknown)
            }
            let isCertain = result.verdict != .inconclusive
            return Finding(
                result: result, diagnostics: isCertain ? run.expectationNotMet(result) : [], coverage: .unknown)
        }
    }

    private func describe(_ found: BoundedResult, _ result: inout RunResult) throws(InternalError) {
        switch found.outcome {
        case .complete: result.completes(run, unwitnessed: found.unwitnessed)
        case .violated(let symbolic): try result.add(symbolic, of: run)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .unknown(let reason): result.add(reason)
        }
    }

    private func search(_ solver: any Solver, _ limits: SolverLimits, for property: String?) -> BoundedResult {
        var bounded = BoundedOptions()
        bounded.property = property
        // What theorems claim has no steps.
        bounded.depth = run.isOfTheorems ? nil : options.maximumDepth
        bounded.reductions = RunReductions(without: options.without)
        bounded.limits = limits
        if let progress = options.progress {
            let title = run.title
            bounded.progress = { progress("\(title): depth \($0)") }
        }
        var search = BoundedSearch(run.model, solver, bounded)
        return search.run()
    }
}
