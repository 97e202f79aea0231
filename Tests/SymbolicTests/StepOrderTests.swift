import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// Steps in a row that are said to be the wrong way round, against a plain machine that takes them the other way.
@Suite("Steps that commute")
struct StepOrderTests {
    private typealias State = NaiveMachine.State

    /// Two steps in a row of a plain machine, as the step of a formula sees them.
    private struct Pair {
        let first: NaiveMachine.Outcome
        let second: NaiveMachine.Outcome

        func isKept(_ order: StepOrder, _ formula: ModelFormula, from state: State) -> Bool? {
            let (graph, between) = (formula.graph, first.state)
            func step(_ outcome: NaiveMachine.Outcome, from state: State) -> StepOrder.Step? {
                let values = ConcreteStep(formula, from: state, outcome).assignment.values
                let terms = (formula.state + formula.inputs).compactMap { term -> (Term, Term)? in
                    let value = graph.name(of: term).map { values[$0, default: 0] } ?? 0
                    return graph.name(of: term) == nil ? nil : (term, graph.bits(value, width: term.width))
                }
                var substitution = Substitution(graph, Dictionary(terms) { $1 })
                return order.step(&substitution)
            }
            guard let one = step(first, from: state), let other = step(second, from: between) else { return nil }
            return graph.values(of: [order.isKept(one, other)], Assignment()) == [1]
        }
    }

    @Test("lead to the same state the other way round, and some are left out")
    func commuting() {
        var (all, left) = (0, 0)
        for seed in 0..<40 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let search = NaiveSearch(model, limit: 400) else { continue }
            let formula = ModelFormula(model)
            guard formula.actors.count > 1 else { continue }
            let order = StepOrder(formula)
            func steps(_ state: State) -> [NaiveMachine.Outcome] {
                search.machine.successors(of: state).filter { $0.ending == nil }
            }
            for state in search.layers.joined().prefix(12) {
                for first in steps(state) {
                    for second in steps(first.state) where second.actor != first.actor {
                        let pair = Pair(first: first, second: second)
                        guard let isKept = pair.isKept(order, formula, from: state) else { continue }
                        all += 1
                        if isKept { continue }
                        left += 1
                        #expect(second.actor < first.actor, "seed \(seed)")
                        let turned = steps(state).contains { one in
                            one.actor == second.actor
                                && steps(one.state).contains { $0.actor == first.actor && $0.state == second.state }
                        }
                        #expect(turned, "seed \(seed)")
                    }
                }
            }
        }
        print("\(left) of \(all) pairs are the wrong way round")
        #expect(left > 50 && left < all / 2)
    }
}
