import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic
@testable import Z3

/// Horn clauses, given to Spacer, against a search by dictionaries.
@Suite("Horn clauses", .enabled(if: Solvers.z3 != nil))
struct HornTests {
    /// What Spacer says; nil where it does not know in time.
    private func answer(_ query: HornQuery, _ library: Z3Library) throws -> Answer? {
        let context = try #require(Z3Context(library))
        let solver = try #require(context.solver(["horn"]))
        defer { library.releaseSolver(context.pointer, solver) }
        let clauses = query.text.replacing("(set-logic HORN)\n", with: "").replacing("(check-sat)\n", with: "")
        clauses.withCString { library.assertText(context.pointer, solver, $0) }
        try #require(!context.hasFailed, "\(context.problem)")
        var limits = SolverLimits()
        limits.deadline = .now + .seconds(1)
        let answer = context.answer(of: solver, limits) { library.check(context.pointer, solver) }
        if case .unknown = answer { return nil }
        return answer
    }

    @Test("hold an invariant where a search finds nothing wrong, and none where it does")
    func agreement() throws {
        let library = try Z3Library()
        var (holding, wrong) = (0, 0)
        for seed in 0..<12 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let naive = NaiveSearch(model, limit: 60) else { continue }
            for judgement in model.judgements {
                let name = model.name(of: judgement)
                switch try answer(HornQuery(model, property: name, comments: [name]), library) {
                case .satisfiable:
                    #expect(naive.lengths[name] == nil, "seed \(seed), \(name)")
                    holding += 1
                case .unsatisfiable:
                    #expect(naive.lengths[name] != nil, "seed \(seed), \(name)")
                    wrong += 1
                case .unknown, nil: break
                }
            }
        }
        print("\(holding) with an invariant, \(wrong) without")
        #expect(holding > 3 && wrong > 3)
    }
}
