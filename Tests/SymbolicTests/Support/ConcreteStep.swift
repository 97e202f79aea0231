import Model
import ModelTestSupport
import SMT

@testable import Symbolic

/// The inputs of a formula under which its step is one of a plain machine.
struct ConcreteStep {
    let assignment: Assignment

    init(_ formula: ModelFormula, from state: NaiveMachine.State, _ outcome: NaiveMachine.Outcome) {
        let (graph, model) = (formula.graph, formula.model)
        var values: [String: UInt64] = [:]
        for (term, code) in zip(formula.state, state.flatMap { $0 }) {
            if let name = graph.name(of: term) { values[name] = code }
        }
        let action = model.actions[outcome.action]
        let ways = model.actions.indices.filter {
            model.actions[$0].process == action.process && model.actions[$0].location == action.location
        }
        for input in formula.inputs {
            guard let name = graph.name(of: input) else { continue }
            if name == "step: actor" { values[name] = UInt64(outcome.actor) }
            if name == "step: way" { values[name] = UInt64(ways.firstIndex(of: outcome.action) ?? 0) }
            for (number, choice) in outcome.choices.enumerated() where name.hasPrefix("step: choice \(number)/") {
                values[name] = choice & (UInt64.max >> UInt64(64 - input.width))
            }
        }
        assignment = Assignment(values)
    }
}
