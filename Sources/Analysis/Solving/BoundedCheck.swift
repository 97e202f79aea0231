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
        let solver: any Solver
        switch options.solver(run.title) {
        case .success(let found): solver = found
        case .failure(let missing): return run.finding(of: missing)
        }
        let start = ContinuousClock.now
        var found = search(solver, for: run.expectedViolation)
        // Where the expected violation does not exist, another one may: then nothing holds.
        if case .complete = found.outcome, let expected = run.expectedViolation, !found.unwitnessed.contains(expected) {
            found = search(solver, for: nil)
        }
        var result = run.result(
            reductions: run.reductions(without: options.without), elapsed: ContinuousClock.now - start)
        result.depth = found.depth
        result.solving = RunResult.Solving(
            engine: Engine.bmc.rawValue, solver: solver.name, queries: found.queries, depth: found.depth,
            reason: nil)
        switch found.outcome {
        case .complete: result.completes(run, unwitnessed: found.unwitnessed)
        case .violated(let symbolic): try result.add(symbolic, of: run)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .unknown(let reason): result.add(reason)
        }
        let isCertain = result.verdict != .inconclusive
        return Finding(
            result: result, diagnostics: isCertain ? run.expectationNotMet(result) : [], coverage: .unknown)
    }

    private func search(_ solver: any Solver, for property: String?) -> BoundedResult {
        var bounded = BoundedOptions()
        bounded.property = property
        bounded.depth = options.maximumDepth
        bounded.limits = options.solverLimits
        if let progress = options.progress {
            let title = run.title
            bounded.progress = { progress("\(title): depth \($0)") }
        }
        var search = BoundedSearch(run.model, solver, bounded)
        return search.run()
    }
}
