import Diagnostics
import Exploration
import Model
import Reports

/// Walks at random through one prepared configuration, replays what was found, and judges it against the expectation.
public struct Simulate: Sendable {
    private let run: PreparedRun
    private let options: SimulateOptions

    public init(_ run: PreparedRun, _ options: SimulateOptions) {
        self.run = run
        self.options = options
    }

    /// Walks in this thread and those of the options. Throws where the walks contradict the reference interpreter.
    public func finding() throws(InternalError) -> Finding {
        let found = try walk()
        if case .nothing = found.outcome, found.initialStates == 0, found.cut == nil {
            return Finding(result: judge(found), diagnostics: [run.neverEvaluated()], coverage: .unknown)
        }
        var result = judge(found)
        switch found.outcome {
        case .nothing: break
        case .violation(let violation):
            let trace = try TraceReplay(run, violation.counterexample).counterexample()
            result.verdict = .violated
            result.reason = nil
            result.property = trace.failure.property
            result.steps = violation.counterexample.steps.count
            result.counterexample = trace
            result.asExpected = run.expectedViolation == trace.failure.property
            result.walks?.violating = violation.walk.map {
                RunResult.Walks.Violating(number: $0, steps: violation.steps)
            }
        case .faulty(let fault): throw InternalError("the model broke its own promises: \(fault)")
        }
        return Finding(result: result, diagnostics: [], coverage: .unknown)
    }

    /// Where a violation is expected only that one is looked for, as in a search.
    private func walk() throws(InternalError) -> WalkResult {
        var walks = options.walkOptions(run.title, property: run.expectedViolation)
        do throws(InvalidModel) {
            let code = try ModelCode(run.model)
            if options.compiles {
                let supply = NativeSupply(code)
                walks.native = { supply.functions() }
            }
            return simulate(code, walks)
        } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
    }

    /// As long as there is no violation.
    private func judge(_ found: WalkResult) -> RunResult {
        // Walks do not tell symmetric states apart, and have no use for it.
        var result = run.result(reductions: run.reductions(without: options.without), elapsed: found.elapsed)
        result.reason = found.cut?.reported ?? .walks
        result.transitions = found.steps
        result.depth = found.deepest
        result.walks = RunResult.Walks(
            seed: options.seed, asked: options.walks, mostSteps: options.depth, walks: found.walks, steps: found.steps,
            deepest: found.deepest, passedOver: found.passedOver, cut: found.cut?.reported, violating: nil)
        return result
    }
}

extension WalkResult.Cut {
    fileprivate var reported: Reports.InconclusiveReason {
        switch self {
        case .time: .time
        case .cancelled: .interrupted
        }
    }
}
