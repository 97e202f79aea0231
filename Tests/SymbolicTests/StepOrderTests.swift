import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// Steps that are said to commute, against a plain machine that takes them.
@Suite("Steps that commute")
struct StepOrderTests {
    private typealias State = NaiveMachine.State

    /// Where the steps of an actor lead.
    private static func successors(_ machine: NaiveMachine, _ state: State, actor: Int) -> [State] {
        machine.successors(of: state).filter { $0.actor == actor }.compactMap { $0.ending == nil ? $0.state : nil }
    }

    @Test("lead to the same states the other way round, and some steps do commute")
    func commuting() {
        var (all, commuting) = (0, 0)
        for seed in 0..<60 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let search = NaiveSearch(model, limit: 400) else { continue }
            let formula = ModelFormula(model)
            guard formula.actors.count > 1, let actor = formula.actor else { continue }
            let order = StepOrder(formula)
            for state in search.layers.joined().prefix(60) {
                let cells = state.flatMap { $0 }
                for late in formula.actors.indices {
                    for early in 0..<late {
                        let graph = formula.graph
                        func number(_ value: Int) -> Term { graph.bits(UInt64(value), width: actor.width) }
                        let codes = cells.indices.map {
                            graph.bits(cells[$0], width: max(1, formula.layout.widths[$0]))
                        }
                        let isKept = order.isKept(codes, (first: number(late), second: number(early)))
                        all += 1
                        if isKept == graph.yes { continue }
                        #expect(isKept == graph.no, "seed \(seed)")
                        commuting += 1
                        func ends(_ one: Int, _ other: Int) -> Set<State> {
                            Set(
                                Self.successors(search.machine, state, actor: one).flatMap {
                                    Self.successors(search.machine, $0, actor: other)
                                })
                        }
                        #expect(ends(late, early) == ends(early, late), "seed \(seed)")
                    }
                }
            }
        }
        print("\(commuting) of \(all) pairs commute")
        #expect(commuting > 50 && commuting < all)
    }
}
