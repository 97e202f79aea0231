import Model
import ModelTestSupport
import SMT
import Testing
import Z3

@testable import Symbolic

/// Induction and invariants against a search by dictionaries, on random models: nothing is proved that is violated.
@Suite("Proofs", .enabled(if: Solvers.z3 != nil))
struct ProofTests {
    private static let seeds = 0..<25

    /// Of the models that violate nothing, so that there is something to prove; and of the others.
    private func models(_ isRight: Bool) -> [(seed: Int, model: Model, naive: NaiveSearch)] {
        Self.seeds.compactMap { seed in
            var model = RandomModel.make(seed: UInt64(seed))
            guard let first = NaiveSearch(model, limit: 800) else { return nil }
            if isRight {
                model.properties.removeAll { first.lengths[$0.name] != nil }
                model = model.withoutChecks(of: Set(first.lengths.keys))
            }
            guard let naive = NaiveSearch(model, limit: 800), naive.lengths.isEmpty == isRight else { return nil }
            return (seed, model, naive)
        }
    }

    @Test("what is violated is not proved by induction, and is found after as many steps")
    func inductionOfWrong() throws {
        let solver = try #require(Solvers.z3)
        for (seed, model, naive) in models(false) {
            var options = InductionOptions()
            options.depth = 4
            var search = InductionSearch(model, solver, options)
            let result = search.run()
            let shortest = try #require(naive.lengths.values.min())
            switch result.outcome {
            case .violated(let run): #expect(run.stepCount == shortest, "seed \(seed)")
            case .bounded: #expect(shortest > 4, "seed \(seed)")
            case .proved, .unwitnessed: Issue.record("seed \(seed): proved")
            case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
            }
        }
    }

    @Test("what holds is often proved by induction, else a step is shown that starts right and ends wrong")
    func inductionOfRight() throws {
        let solver = try #require(Solvers.z3)
        var (proved, failed) = (0, 0)
        for (seed, model, _) in models(true) {
            var options = InductionOptions()
            options.depth = 3
            var search = InductionSearch(model, solver, options)
            let result = search.run()
            switch result.outcome {
            case .proved, .unwitnessed(steps: _, nil): proved += 1
            case .unwitnessed(steps: _, let reason?): Issue.record("seed \(seed): \(reason)")
            case .bounded:
                #expect(result.failed != nil, "seed \(seed)")
                failed += 1
            case .violated: Issue.record("seed \(seed): violated")
            case .unknown(let reason): Issue.record("seed \(seed): \(reason)")
            }
        }
        print("\(proved) random models are proved by induction, \(failed) are not")
        #expect(proved > 3)
    }

    @Test("with all states as the sample an invariant is found, and its certificate is accepted")
    func invariants() throws {
        let solver = try #require(Solvers.z3)
        var proved = 0
        for (seed, model, naive) in models(true) {
            var search = InvariantSearch(model, solver, sample(naive.layers.flatMap(\.self), model), InvariantOptions())
            let result = search.run()
            guard case .proved(let proof) = result.outcome else {
                // Values of wide cells are not told apart.
                let isWide = StateParts(CellLayout(model), sorts: model.sorts).all.contains(where: \.isWide)
                #expect(isWide, "seed \(seed): \(result.outcome)")
                continue
            }
            proved += 1
            #expect(answer(model, proof, solver) == .unsatisfiable, "seed \(seed)")
            let text = LemmaText(model)
            #expect(proof.lemmas.allSatisfy { text.text($0).hasPrefix("not ") })
        }
        print("\(proved) random models are proved by invariants")
        #expect(proved > 5)
    }

    @Test("a sample that lacks states leads to no wrong proof")
    func poorSample() throws {
        let solver = try #require(Solvers.z3)
        var asked = 0
        for (seed, model, naive) in models(false) + models(true) {
            let few = Array((naive.layers.first ?? []).prefix(1))
            var search = InvariantSearch(model, solver, sample(few, model), InvariantOptions())
            let result = search.run()
            guard case .proved(let proof) = result.outcome else { continue }
            asked += 1
            #expect(naive.lengths.isEmpty, "seed \(seed)")
            #expect(answer(model, proof, solver) == .unsatisfiable, "seed \(seed)")
        }
        #expect(asked > 0)
    }

    @Test("a certificate without the lemmas that it needs is refused")
    func seededDefects() throws {
        let solver = try #require(Solvers.z3)
        var refused = 0
        for (_, model, naive) in models(true) {
            var search = InvariantSearch(model, solver, sample(naive.layers.flatMap(\.self), model), InvariantOptions())
            guard case .proved(let proof) = search.run().outcome, !proof.lemmas.isEmpty else { continue }
            // A reachable state is excluded.
            let parts = StateParts(CellLayout(model), sorts: model.sorts)
            let wrong = (naive.layers.last ?? []).prefix(1).map { StateLemma(parts.literals(of: cells($0, model))) }
            if case .satisfiable = answer(model, InvariantProof(lemmas: proof.lemmas + wrong), solver) { refused += 1 }
        }
        #expect(refused > 3)
    }

    @Test("renaming the elements of reachable states gives reachable states")
    func renamings() {
        var renamed = 0
        for seed in Self.seeds {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let naive = NaiveSearch(model, limit: 800) else { continue }
            let layout = CellLayout(model)
            let parts = StateParts(layout, sorts: model.sorts)
            let all = ElementRenaming.all(model, layout)
            var index = SampleIndex(parts, Array(all.prefix(1)))
            for state in naive.depths.keys { index.add(cells(state, model)) }
            // Where all is 0 at first, the first element is singled out.
            let first = naive.layers.first ?? []
            var starts = SampleIndex(parts, Array(all.prefix(1)))
            for state in first { starts.add(cells(state, model)) }
            func isClosed(_ states: some Sequence<NaiveSearch.State>, in index: SampleIndex) -> Bool {
                states.allSatisfy { state in
                    all.allSatisfy { renaming in
                        !index.isExcluded(
                            parts.literals(of: cells(state, model)).map { renaming.image(of: $0, parts) })
                    }
                }
            }
            guard isClosed(first, in: starts) else { continue }
            #expect(isClosed(naive.depths.keys, in: index), "seed \(seed)")
            renamed += naive.depths.count
        }
        #expect(renamed > 100)
    }

    /// What a solver says of all questions of a certificate: that they are unsatisfiable, or else of one that is not.
    ///
    /// With the questions that are the same but for names, and without: the answer is the same.
    private func answer(_ model: Model, _ proof: InvariantProof, _ solver: any Solver) -> Answer {
        let answers = [false, true].map { usesSymmetry in
            let certificate = InvariantCertificate(model, proof, usesSymmetry: usesSymmetry)
            let all = (0..<certificate.queryCount).lazy.map { solver.check(certificate.query($0), SolverLimits()) }
            return all.first { $0 != .unsatisfiable } ?? .unsatisfiable
        }
        #expect((answers[0] == .unsatisfiable) == (answers[1] == .unsatisfiable))
        return answers[0]
    }

    // MARK: Samples

    private func cells(_ state: NaiveSearch.State, _ model: Model) -> [UInt64] { state.flatMap(\.self) }

    private func sample(_ states: [NaiveSearch.State], _ model: Model) -> SampledStates {
        let layout = CellLayout(model)
        return SampledStates(
            words: states.flatMap { model.words(of: cells($0, model), layout) }, width: model.wordCount)
    }
}

extension Model {
    /// Without the checks whose violations have some names.
    fileprivate func withoutChecks(of names: Set<String>) -> Model {
        var model = self
        func kept(_ body: [Instruction]) -> [Instruction] {
            body.compactMap { instruction in
                switch instruction {
                case .check(_, let id): names.contains(model[id].name) ? nil : instruction
                case .branch(let condition, let yes, let no): .branch(condition, kept(yes), kept(no))
                case .require, .assign, .set, .choose, .statement, .observe, .way, .jump: instruction
                }
            }
        }
        model.initial = kept(initial)
        model.actions = actions.map { action in
            Action(
                process: action.process, location: action.location, origins: action.origins, ways: action.ways,
                callStack: action.callStack, registerCount: action.registerCount, body: kept(action.body))
        }
        return model
    }
}
