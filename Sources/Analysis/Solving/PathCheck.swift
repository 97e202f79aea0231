import Reports
import SMT
import Symbolic

/// Searches the symbolic states of one prepared configuration, replays what was found, and judges it against the
/// expectation.
struct PathCheck {
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
            if case .complete = found.outcome, found.states == 0 {
                return Finding(
                    result: run.result(reductions: [], elapsed: .zero), diagnostics: [run.neverEvaluated()],
                    coverage: .unknown)
            }
            var result = run.result(
                of: .explicitZ3, options, solver, queries: found.queries, depth: found.depth, since: start)
            try describe(found, &result)
            let isCertain = result.verdict != .inconclusive
            return Finding(
                result: result, diagnostics: isCertain ? run.expectationNotMet(result) : [], coverage: .unknown)
        }
    }

    private func describe(_ found: PathResult, _ result: inout RunResult) throws(InternalError) {
        (result.states, result.transitions) = (found.states, found.transitions)
        result.solving?.searched = RunResult.Solving.Searched(states: found.states, transitions: found.transitions)
        switch found.outcome {
        case .complete: result.completes(run, unwitnessed: found.unwitnessed)
        case .violated(let symbolic):
            try result.add(symbolic, of: run)
            result.solving?.condition = condition(of: found)
        case .bounded: (result.verdict, result.reason) = (.inconclusive, .depth)
        case .states: (result.verdict, result.reason) = (.inconclusive, .states)
        case .memory: (result.verdict, result.reason) = (.inconclusive, .memory)
        case .unknown(let reason): result.add(reason)
        }
    }

    /// What else a violation may happen with is worth so long. `solve` takes all of its time.
    private static let timeOfCondition = Duration.seconds(10)

    /// Nil without symbolic constants, and where the solver does not say in time.
    private func condition(of found: PathResult) -> String? {
        guard !found.constants.isEmpty,
            case .success(let answer) = found.constants.answer(found.findings, within: Self.timeOfCondition)
        else { return nil }
        return answer.violated
    }

    private func search(_ solver: any Solver, _ limits: SolverLimits, for property: String?) -> PathResult {
        var paths = PathOptions(options, limits)
        paths.property = property
        if let progress = options.progress {
            let title = run.title
            paths.progress = { progress("\(title): \($1) symbolic states, depth \($0)") }
        }
        var search = PathSearch(run.model, solver, paths)
        return search.run()
    }
}

extension PathOptions {
    init(_ options: CheckOptions, _ limits: SolverLimits) {
        self.init()
        depth = options.maximumDepth
        maximumStates = options.maximumStates
        maximumMemory = options.maximumMemory
        self.limits = limits
    }
}
