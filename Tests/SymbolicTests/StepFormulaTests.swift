import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// The steps of a formula are those of the plain machine: on random models, in all their reachable states.
@Suite("Formulas of steps")
struct StepFormulaTests {
    /// A step by who makes it: to a state, or into violations.
    private struct Step: Hashable {
        let actor: Int
        let state: [UInt64]?
        let violations: Set<Int>
    }

    private static func formulaSteps(_ formula: ModelFormula, from cells: [UInt64]) -> Set<Step> {
        let graph = formula.graph
        var values: [String: UInt64] = [:]
        for (cell, name) in formula.layout.names.enumerated() { values[name] = cells[cell] }
        var steps: Set<Step> = []
        let width = formula.inputs.reduce(0) { $0 + $1.width }
        let violations = formula.step.violations.sorted { $0.key < $1.key }
        for choice in 0..<UInt64(1) << UInt64(width) {
            var rest = choice
            for input in formula.inputs {
                values[graph.name(of: input) ?? ""] = rest & .mask(input.width)
                rest >>= UInt64(input.width)
            }
            let found = graph.values(
                of: [formula.step.completes] + violations.map(\.value) + formula.step.cells, Assignment(values))
            let met = Set(violations.indices.filter { found[$0 + 1] == 1 }.map { violations[$0].key })
            guard found[0] == 1 || !met.isEmpty else { continue }
            steps.insert(
                Step(
                    actor: Int(values["step: actor", default: 0]),
                    state: found[0] == 1 ? Array(found[(violations.count + 1)...]) : nil, violations: met))
        }
        return steps
    }

    private static func machineSteps(_ machine: NaiveMachine, from state: NaiveMachine.State) -> Set<Step> {
        let steps = machine.successors(of: state).map { outcome in
            Step(
                actor: outcome.actor, state: outcome.ending == nil ? outcome.state.flatMap { $0 } : nil,
                violations: Set(outcome.violations + (outcome.ending.map { [$0] } ?? [])))
        }
        return Set(steps)
    }

    @Test("lead where those of the plain machine lead", arguments: 0..<80)
    func steps(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        let formula = ModelFormula(model)
        guard formula.inputs.reduce(0, { $0 + $1.width }) <= 10, let search = NaiveSearch(model, limit: 2000) else {
            return
        }
        for state in search.layers.joined().prefix(20) {
            #expect(
                Self.formulaSteps(formula, from: state.flatMap { $0 })
                    == Self.machineSteps(search.machine, from: state),
                "seed \(seed)")
        }
    }

    @Test("a formula of a model with a mistake is told from the model without")
    func seededDefects() throws {
        for defect in BodyDefect.all {
            let noticed = (0..<80).first { seed in
                let model = RandomModel.make(seed: UInt64(seed))
                let wrong = defect.apply(model)
                guard wrong != model, let search = NaiveSearch(model, limit: 500) else { return false }
                let formula = ModelFormula(wrong)
                guard formula.inputs.reduce(0, { $0 + $1.width }) <= 8 else { return false }
                return search.layers.joined().prefix(10).contains { state in
                    Self.formulaSteps(formula, from: state.flatMap { $0 })
                        != Self.machineSteps(search.machine, from: state)
                }
            }
            #expect(noticed != nil, "not noticed: \(defect.name)")
        }
    }

    @Test("enough random models are small enough to be compared")
    func coverage() {
        let formulas = (0..<80).map { ModelFormula(RandomModel.make(seed: UInt64($0))) }
        #expect(formulas.count { $0.inputs.reduce(0) { $0 + $1.width } <= 10 } > 30)
    }
}

extension UInt64 {
    fileprivate static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(width)) - 1 }
}
