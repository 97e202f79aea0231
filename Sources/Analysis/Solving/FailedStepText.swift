import Model
import Reports
import Symbolic

/// A step that breaks an induction, in the terms of the spec.
struct FailedStepText {
    private let model: LoweredModel
    private let text: StateText

    init(_ model: LoweredModel) {
        self.model = model
        text = StateText(model)
    }

    func step(_ failed: FailedInduction, depth: Int) -> RunResult.FailedStep {
        let behind = failed.behind ?? failed.before
        return RunResult.FailedStep(
            property: model.name(of: failed.judgement), steps: max(1, depth), process: text.actor(failed.actor),
            places: named(text.places(failed.before)), state: named(text.values(failed.before)),
            notable: named(text.notableValues(failed.before)),
            changes: text.changes(from: failed.before, to: behind).map {
                Reports.Counterexample.Change(name: $0.name, old: $0.old, new: $0.new)
            })
    }

    private func named(_ values: [(name: String, value: String)]) -> [Reports.Counterexample.NamedValue] {
        values.map { Reports.Counterexample.NamedValue(name: $0.name, value: $0.value) }
    }
}
