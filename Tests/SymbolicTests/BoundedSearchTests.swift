import Model
import ModelTestSupport
import SMT
import Synchronization
import Testing
import Z3

@testable import Symbolic

/// Bounded search against a search by dictionaries: the same shortest violations, on random models.
@Suite("Bounded search", .enabled(if: Solvers.z3 != nil))
struct BoundedSearchTests {
    private static let depth = 5

    @Test("is complete only where no state is deeper")
    func complete() throws {
        let solver = try #require(Solvers.z3)
        var complete = 0
        for seed in 0..<30 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let naive = NaiveSearch(model, limit: 3000) else { continue }
            var options = BoundedOptions()
            options.property = "nothing"
            options.depth = 8
            var search = BoundedSearch(model, solver, options)
            let result = search.run()
            guard case .complete = result.outcome else { continue }
            complete += 1
            #expect(naive.depth <= result.depth, "seed \(seed)")
            #expect(Set(result.unwitnessed) == naive.unwitnessed, "seed \(seed)")
        }
        #expect(complete > 3)
    }

    @Test("random models violate something of each kind, within the depth")
    func kinds() {
        var found: Set<String> = []
        for seed in 0..<30 {
            guard let naive = NaiveSearch(RandomModel.make(seed: UInt64(seed)), limit: 3000) else { continue }
            found.formUnion(naive.lengths.filter { $0.value <= Self.depth }.keys)
        }
        #expect(found.isSuperset(of: ["range", "assert", "p_invariant", "p_transition", "p_atRest", "deadlock"]))
    }

    @Test("finds the same with all runs, with one order of steps, and with the least of elements that are alike")
    func reductions() throws {
        let solver = try #require(Solvers.z3)
        var used = (symmetry: 0, partialOrder: 0)
        for seed in 30..<50 {
            let model = RandomModel.make(seed: UInt64(seed))
            func length(_ usesSymmetry: Bool, _ usesPartialOrder: Bool) -> Int? {
                var options = BoundedOptions()
                options.depth = Self.depth
                (options.reductions.usesSymmetry, options.reductions.usesPartialOrder) = (
                    usesSymmetry, usesPartialOrder
                )
                var search = BoundedSearch(model, solver, options)
                let result = search.run()
                if result.reductions.usesSymmetry { used.symmetry += 1 }
                if result.reductions.usesPartialOrder { used.partialOrder += 1 }
                if case .violated(let run) = result.outcome { return run.stepCount }
                return nil
            }
            let plain = length(false, false)
            for (symmetry, order) in [(true, false), (false, true), (true, true)] {
                #expect(length(symmetry, order) == plain, "seed \(seed): \(symmetry), \(order)")
            }
        }
        #expect(used.symmetry > 10 && used.partialOrder > 10)
    }

    /// Gives up where it is asked for one violation of several.
    private final class Forgetful: Solver {
        private let solver: any Solver
        let refused = Atomic(0)

        init(_ solver: any Solver) { self.solver = solver }

        var name: String { solver.name }
        func incremental() -> (any IncrementalSolver)? { solver.incremental() }

        func check(_ query: Query, _ limits: SolverLimits) -> Answer {
            guard query.comments.contains(where: { $0.contains("violates") && !$0.hasSuffix("something") }) else {
                return solver.check(query, limits)
            }
            refused.add(1, ordering: .relaxed)
            return .unknown(.time)
        }
    }

    @Test("what is found stays found where the question which violation comes first has no answer")
    func undecidedOrder() throws {
        let solver = try #require(Solvers.z3)
        let forgetful = Forgetful(solver)
        for seed in 30..<36 {
            let model = RandomModel.make(seed: UInt64(seed))
            func length(_ solver: any Solver) -> Int? {
                var options = BoundedOptions()
                options.depth = Self.depth
                var search = BoundedSearch(model, solver, options)
                let result = search.run()
                if case .violated = result.outcome { return result.depth }
                return nil
            }
            #expect(length(solver) == length(forgetful), "seed \(seed)")
        }
        #expect(forgetful.refused.load(ordering: .relaxed) > 0)
    }

    @Test("finds each violation after as many steps as an exhaustive search", arguments: 0..<30)
    func lengths(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        let solver = try #require(Solvers.z3)
        guard let naive = NaiveSearch(model, limit: 3000) else { return }
        for judgement in model.judgements {
            var options = BoundedOptions()
            options.property = model.name(of: judgement)
            options.depth = Self.depth
            var search = BoundedSearch(model, solver, options)
            let result = search.run()
            let length = naive.lengths[model.name(of: judgement)].flatMap { $0 <= Self.depth ? $0 : nil }
            switch result.outcome {
            case .violated(let run):
                #expect(run.stepCount == length, "seed \(seed), \(model.name(of: judgement))")
            case .complete, .bounded:
                #expect(length == nil, "seed \(seed), \(model.name(of: judgement))")
                if case .complete = result.outcome { #expect(naive.depth <= result.depth) }
            case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
            }
        }
    }
}

enum Solvers {
    /// Nil where there is no libz3.
    static let z3: Z3Solver? = (try? Z3Library()).map { Z3Solver($0) }
}
