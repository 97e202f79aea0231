import Model
import ModelTestSupport
import SMT
import Testing

@testable import Symbolic

/// Mistakes are planted into the code of models and into the solver, one at a time; the comparisons of ``PathSearchTests``
/// must notice each.
@Suite("Seeded defects of the search of symbolic states", .enabled(if: Solvers.z3 != nil))
struct PathDefectTests {
    /// A solver that answers another question, or tells another answer.
    private struct LyingSolver: Solver {
        let solver: any Solver
        let name = "a liar"
        var question: @Sendable (Query) -> Query = { $0 }
        var answer: @Sendable (Answer) -> Answer = { $0 }

        func check(_ query: Query, _ limits: SolverLimits) -> Answer { answer(solver.check(question(query), limits)) }
        func incremental() -> (any IncrementalSolver)? { solver.incremental() }
    }

    private static func lies(_ solver: any Solver) -> [(name: String, solver: LyingSolver)] {
        [
            ("what is possible is cut", LyingSolver(solver: solver, answer: { _ in .unsatisfiable })),
            (
                "what is impossible is not cut",
                LyingSolver(
                    solver: solver,
                    answer: { if case .unsatisfiable = $0 { .satisfiable(Assignment()) } else { $0 } })
            ),
            (
                "a condition is forgotten",
                LyingSolver(
                    solver: solver,
                    question: { query in
                        let conditions = query.graph.conjuncts(of: query.graph.and(query.assertions))
                        return Query(query.graph, Array(conditions.dropLast()))
                    })
            ),
        ]
    }

    @Test("a liar that tells no lie is not noticed")
    func honest() throws {
        let honest = LyingSolver(solver: try #require(Solvers.z3))
        for model in FreedModel.all.prefix(20) { #expect(model.differencesOfSolving(honest) == []) }
    }

    @Test("each mistake in the code of a model is noticed")
    func code() throws {
        let solver = try #require(Solvers.z3)
        for defect in BodyDefect.all {
            let noticed =
                Self.plain.contains { $0.hasOtherSize(defect.apply($0.model), solver) }
                || FreedModel.all.contains { !$0.differencesOfSolving(solver, other: defect.apply($0.model)).isEmpty }
            #expect(noticed, "not noticed: \(defect.name)")
        }
    }

    @Test("each lie of a solver is noticed")
    func lies() throws {
        for (name, liar) in Self.lies(try #require(Solvers.z3)) {
            let noticed = FreedModel.all.contains {
                !$0.differencesOfSearch(liar).isEmpty || !$0.differencesOfSolving(liar).isEmpty
            }
            #expect(noticed, "not noticed: \(name)")
        }
    }

    // MARK: Nothing symbolic

    private struct Plain: Sendable {
        let model: Model
        let naive: NaiveSearch

        func hasOtherSize(_ other: Model, _ solver: any Solver) -> Bool {
            var options = PathOptions()
            options.property = "nothing"
            var search = PathSearch(other, solver, options)
            let result = search.run()
            return (result.states, result.transitions) != (naive.stateCount, naive.transitions)
        }
    }

    private static let plain = (0..<30).compactMap { seed in
        let model = RandomModel.make(seed: UInt64(seed))
        return NaiveSearch(model, limit: 200).map { Plain(model: model, naive: $0) }
    }
}
