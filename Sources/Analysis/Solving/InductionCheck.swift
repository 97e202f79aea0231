import Model
import Reports
import SMT
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
        return try run.asking(options) { (solver) throws(InternalError) in
            let start = ContinuousClock.now
            let found = search(solver)
            var result = run.result(
                of: .induction, options, solver, queries: found.queries, depth: found.depth,
                found.reductions, since: start)
            try describe(found, &result)
            let problem = found.isProof ? result.neverEvaluated(run, solver, options.solverLimits) : nil
            return Finding(result: result, diagnostics: problem.map { [$0] } ?? [], coverage: .unknown)
        }
    }

    private func search(_ solver: any Solver) -> InductionResult {
        var induction = InductionOptions()
        induction.depth = options.maximumDepth
        induction.reductions = RunReductions(without: options.without)
        induction.limits = options.solverLimits
        if let progress = options.progress {
            let title = run.title
            induction.progress = { progress("\(title): no proof by \($0) steps") }
        }
        var search = InductionSearch(run.model, solver, induction)
        return search.run()
    }

    private func describe(_ found: InductionResult, _ result: inout RunResult) throws(InternalError) {
        switch found.outcome {
        case .proved:
            result.completes(run, unwitnessed: found.unwitnessed)
            if result.verdict == .holds { result.verdict = .proved }
            return
        case .unwitnessed(let steps, let reason):
            // Longer runs may be witnesses.
            result.unwitnessed = found.unwitnessed
            (result.verdict, result.reason) = (.inconclusive, .depth)
            if let reason { result.add(reason) }
            result.solving?.witnessDepth = steps
            return
        case .violated(let symbolic): try result.add(symbolic, of: run)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .unknown(let reason): result.add(reason)
        }
        if result.verdict == .inconclusive, let failed = found.failed {
            result.solving?.failedStep = FailedStepText(run.model).step(failed, depth: found.depth)
        }
    }
}

extension InductionResult {
    /// Whether all is proved, but perhaps that something is reachable.
    fileprivate var isProof: Bool {
        switch outcome {
        case .proved, .unwitnessed: true
        case .violated, .bounded, .unknown: false
        }
    }
}
