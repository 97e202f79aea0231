import Diagnostics
import Exploration
import Program
import Reference
import Reports

/// Follows the counterexample of an engine with the reference interpreter, and describes what it did.
struct TraceReplay {
    /// Only unlocks and reads under a lock are joined; a handler has a few of them in a row.
    static let mostJoinedSteps = 64

    private let run: PreparedRun
    private let found: Exploration.Counterexample
    private let interpreter: Interpreter

    /// - Parameters:
    ///   - wideCodes: what was chosen where there are too many values to try all.
    ///   - mostCandidates: how many bits or numbers are not too many.
    init(
        _ run: PreparedRun, _ found: Exploration.Counterexample, wideCodes: [UInt64] = [], mostCandidates: Int = .max
    ) {
        self.run = run
        self.found = found
        // The machine tries more values in turn than the interpreter: of those it has taken what it says it chose.
        let chosen = found.initialChoices + found.steps.flatMap(\.choices)
        interpreter = Interpreter(
            run.program, wideCodes: Set(wideCodes + chosen).sorted(), mostCandidates: mostCandidates)
    }

    /// The counterexample as the interpreter sees it. Throws where the interpreter can't follow.
    func counterexample() throws(InternalError) -> Reports.Counterexample {
        let instances = interpreter.processInstances
        var steps: [EngineStep] = []
        for step in found.steps {
            guard instances.indices.contains(step.actor) else { throw InternalError("a step of an unknown process") }
            let values = step.hasResult ? try run.shared(step.state) : nil
            steps.append(
                EngineStep(
                    instance: instances[step.actor], sharedAfter: values,
                    maxMicroSteps: run.model.fusions.isEmpty ? 1 : Self.mostJoinedSteps))
        }
        let outcome = Replay(interpreter).follow(
            start: try run.shared(found.initial), steps, to: .violation(found.judgement.name))
        switch outcome {
        case .reproduced(let start, let path):
            return TraceDescription(run, interpreter, start: start, path).counterexample(
                found.judgement.name, found)
        case .failedInInit(let violation, let start):
            return TraceDescription(run, interpreter, start: start, []).initial(violation)
        case .noStart: throw refuted("its initial state")
        case .stuck(let number): throw refuted("step \(number + 1)")
        case .ended: throw refuted("the violation at its end")
        }
    }

    private func refuted(_ what: String) -> InternalError {
        InternalError(
            "the search found `\(found.judgement.name)` violated after \(found.steps.count) steps, "
                + "but the reference interpreter does not reproduce \(what)")
    }
}
