import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// Steps that are left out since another one takes an element that is alike, against all renamings of a plain machine.
@Suite("Steps that take the least of elements that are alike")
struct LeastElementsTests {
    private typealias State = NaiveMachine.State

    @Test("lead to all that the others lead to, but for names")
    func steps() {
        var (all, left) = (0, 0)
        for seed in 0..<60 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let search = NaiveSearch(model, limit: 400) else { continue }
            let formula = ModelFormula(model)
            let least = LeastElements(formula)
            let renamings = NaiveRenaming.all(model)
            for state in search.layers.joined().prefix(30) {
                let outcomes = search.machine.successors(of: state)
                let isKept = outcomes.map { outcome in
                    formula.graph.values(
                        of: [least.isLeast], ConcreteStep(formula, from: state, outcome).assignment) == [1]
                }
                let kept = zip(outcomes, isKept).filter { $1 }.map { $0.0 }
                all += outcomes.count
                left += outcomes.count - kept.count
                for outcome in zip(outcomes, isKept).filter({ !$1 }).map(\.0) {
                    let isThere = kept.contains { other in
                        other.ending == outcome.ending && Set(other.violations) == Set(outcome.violations)
                            && other.action == outcome.action
                            && renamings.contains { $0.apply(state) == state && $0.apply(outcome.state) == other.state }
                    }
                    #expect(isThere, "seed \(seed)")
                }
            }
        }
        print("\(left) of \(all) steps are left out")
        #expect(left > 100 && left < all)
    }

    @Test("begin in initial states of which all others are renamings")
    func starts() {
        var left = 0
        for seed in 0..<200 {
            let model = RandomModel.make(seed: UInt64(seed))
            let formula = ModelFormula(model)
            guard let starts = LeastElements(formula).starts else { continue }
            let states = Set(NaiveMachine(model).initialStates().filter { $0.ending == nil }.map(\.state))
            let renamings = NaiveRenaming.all(model)
            let kept = states.filter { starts.contains($0.flatMap { $0 }) }
            #expect(kept.count == starts.count, "seed \(seed)")
            for state in states {
                #expect(renamings.contains { kept.contains($0.apply(state)) }, "seed \(seed)")
            }
            left += states.count - kept.count
        }
        print("\(left) initial states are left out")
        #expect(left > 0)
    }
}
