import Exploration
import Model
import Reference
import Reports

/// One version of a configuration, with all that it shows.
struct ObservedSide {
    let run: PreparedRun
    let teller: EventTeller
    let behaviours: Behaviours
    private let names: EventNames

    init(
        _ run: PreparedRun, _ teller: EventTeller, _ names: EventNames, _ words: LabelWords, _ budget: BehaviourBudget
    ) throws(InternalError) {
        self.run = run
        self.teller = teller
        self.names = names
        let code: ModelCode
        do throws(InvalidModel) { code = try ModelCode(run.model, marks: .events) } catch {
            throw InternalError("the lowered model is not valid: \(error)")
        }
        var search = BehaviourSearch(code, words, budget) { actor, events, location in
            teller.events(actor, events, location).map { names.label($0) }
        }
        do throws(MachineFault) { behaviours = try search.run() } catch {
            throw InternalError("the model broke its own promises: \(error)")
        }
    }

    /// A run as the interpreter replays it. Throws where it can't, or shows something else.
    func witness(_ found: BehaviourRun) throws(InternalError) -> BehaviourDiff.Witness {
        let interpreter = Interpreter(run.program, naming: teller.naming)
        let instances = interpreter.processInstances
        var steps: [EngineStep] = []
        for (step, labels) in zip(found.steps, found.labels) {
            guard instances.indices.contains(step.actor) else { throw InternalError("a step of an unknown process") }
            let wanted = labels.map { names[$0] }
            steps.append(
                EngineStep(
                    instance: instances[step.actor], sharedAfter: try run.shared(step.state),
                    maxMicroSteps: run.model.fusions.isEmpty ? 1 : TraceReplay.mostJoinedSteps,
                    isRight: { [teller] in teller.events($0, interpreter) == wanted }))
        }
        let outcome = Replay(interpreter).follow(start: try run.shared(found.initial), steps, to: .anywhere)
        guard case .reproduced(let start, let path) = outcome else { throw refuted(found, outcome) }
        let described = TraceDescription(run, interpreter, start: start, path).witness(found)
        let events = found.labels.enumerated().flatMap { number, labels in
            labels.map { BehaviourDiff.StepEvent(step: number + 1, event: names[$0]) }
        }
        return BehaviourDiff.Witness(run: described, events: events)
    }

    private func refuted(_ found: BehaviourRun, _ outcome: ReplayOutcome) -> InternalError {
        let what: String
        if case .stuck(let number) = outcome, found.labels.indices.contains(number) {
            let shown = found.labels[number].map { "`\(names[$0].process): \(names[$0].text)`" }.joined(separator: ", ")
            what = "step \(number + 1), which shows \(shown.isEmpty ? "nothing" : shown)"
        } else {
            what = "where it starts"
        }
        return InternalError(
            "the comparison found a run of \(found.steps.count) steps, but the reference interpreter does not "
                + "reproduce \(what)")
    }
}
