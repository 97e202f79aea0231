import Diagnostics
import Exploration
import Model
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

    /// - Parameter code: of the model of the run.
    func finding(_ code: ModelCode) throws(InternalError) -> Finding {
        guard let solver = options.solver else { throw InternalError("bounded search has no solver") }
        let start = ContinuousClock.now
        var found = search(solver, for: run.expectedViolation)
        // Where the expected violation does not exist, another one may: then nothing holds.
        if case .complete = found.outcome, let expected = run.expectedViolation, !found.unwitnessed.contains(expected) {
            found = search(solver, for: nil)
        }
        var result = run.result(
            reductions: run.reductions(without: options.without), elapsed: ContinuousClock.now - start)
        result.depth = found.depth
        var solving = RunResult.Solving(
            engine: options.engine.rawValue, solver: solver.name, queries: found.queries, depth: found.depth,
            reason: nil)
        switch found.outcome {
        case .complete:
            let missing = found.unwitnessed
            result.unwitnessed = missing
            result.property = run.expectedViolation.flatMap { missing.contains($0) ? $0 : nil } ?? missing.first
            result.verdict = result.property == nil ? .holds : .violated
            result.asExpected = result.property == run.expectedViolation
        case .violated(let symbolic): try describe(symbolic, code, &result)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .unknown(let reason):
            (result.verdict, result.reason) = (.inconclusive, reason.reported)
            if case .other(let text) = reason { solving.reason = text }
        }
        result.solving = solving
        let isCertain = result.verdict != .inconclusive
        return Finding(
            result: result, diagnostics: isCertain ? run.expectationNotMet(result) : [], coverage: .unknown)
    }

    private func search(_ solver: any Solver, for property: String?) -> BoundedResult {
        var bounded = BoundedOptions()
        bounded.property = property
        bounded.depth = options.maximumDepth
        bounded.limits.deadline = options.maximumTime.map { ContinuousClock.now + $0 }
        bounded.limits.isCancelled = options.isCancelled
        if let progress = options.progress {
            let title = run.title
            bounded.progress = { progress("\(title): depth \($0)") }
        }
        var search = BoundedSearch(run.model, solver, bounded)
        return search.run()
    }

    private func describe(
        _ found: SymbolicRun, _ code: ModelCode, _ result: inout RunResult
    ) throws(InternalError) {
        let retraced = RetracedRun(
            judgement: run.model.name(of: found.judgement), violation: found.violation, states: found.states,
            actors: found.actors)
        guard let counterexample = retraced.counterexample(in: code) else {
            throw InternalError(
                "the solver found `\(retraced.judgement)` violated after \(found.stepCount) steps, but the machine can't "
                    + "take them")
        }
        let trace = try TraceReplay(run, counterexample).counterexample()
        result.verdict = .violated
        result.property = trace.failure.property
        result.steps = found.stepCount
        result.counterexample = trace
        result.asExpected = run.expectedViolation == trace.failure.property
    }
}

extension SymbolicRun {
    fileprivate var violation: Int? { if case .inStep(let number) = judgement { number } else { nil } }
}

extension UnknownReason {
    fileprivate var reported: Reports.InconclusiveReason {
        switch self {
        case .time: .time
        case .memory: .memory
        case .interrupted: .interrupted
        case .other: .solver
        }
    }
}
