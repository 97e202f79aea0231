import Model
import ModelTestSupport
import SMT
import Testing
import Z3

@testable import Symbolic

/// The search of symbolic states against a search by dictionaries.
@Suite("Search of symbolic states", .enabled(if: Solvers.z3 != nil))
struct PathSearchTests {
    private func search(_ model: Model, _ change: (inout PathOptions) -> Void = { _ in }) throws -> PathResult {
        var options = PathOptions()
        change(&options)
        var search = PathSearch(model, try #require(Solvers.z3), options)
        return search.run()
    }

    // MARK: Nothing symbolic

    @Test("without anything symbolic it visits each state once", arguments: 0..<30)
    func states(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let result = try search(model) { $0.property = "nothing" }
        guard case .complete = result.outcome else {
            Issue.record("seed \(seed): \(result.outcome)")
            return
        }
        #expect(result.states == naive.stateCount, "seed \(seed)")
        #expect(result.transitions == naive.transitions, "seed \(seed)")
        #expect(result.depth == naive.depth, "seed \(seed)")
        #expect(result.queries == 0, "seed \(seed)")
        #expect(Set(result.unwitnessed) == naive.unwitnessed, "seed \(seed)")
    }

    @Test("finds each violation after as many steps", arguments: 0..<24)
    func lengths(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        for judgement in model.judgements {
            let name = model.name(of: judgement)
            let result = try search(model) { $0.property = name }
            expect(result, naive.lengths[name], "seed \(seed), \(name)")
        }
    }

    private func expect(_ result: PathResult, _ length: Int?, _ title: String) {
        switch result.outcome {
        case .violated(let run): #expect(run.stepCount == length, "\(title)")
        case .complete: #expect(length == nil, "\(title)")
        case .bounded, .states, .memory, .unknown: Issue.record("\(title): \(result.outcome)")
        }
    }

    // MARK: Free constants

    @Test("with a free variable it agrees with a search for each of its values")
    func free() throws {
        let solver = try #require(Solvers.z3)
        for model in FreedModel.all { #expect(model.differencesOfSearch(solver) == [], "seed \(model.seed)") }
    }

    @Test("says for which values something is violated, as a search for each says")
    func solved() throws {
        let solver = try #require(Solvers.z3)
        for model in FreedModel.all { #expect(model.differencesOfSolving(solver) == [], "seed \(model.seed)") }
    }

    @Test("enough random models have a free variable, and some of its values are wrong where others are not")
    func coverage() throws {
        let solver = try #require(Solvers.z3)
        let divided = FreedModel.all.reduce(0) { $0 + $1.dividing(solver) }
        #expect(FreedModel.all.count > 20 && divided > 4, "\(divided) in \(FreedModel.all.count)")
    }
}
