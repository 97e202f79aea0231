import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Breadth-first search")
struct SearchTests {
    static func options(
        _ property: String? = "nothing", symmetry: Bool = false, threads: Int = 1
    ) -> SearchOptions {
        var options = SearchOptions()
        options.property = property
        options.usesSymmetry = symmetry
        options.threads = threads
        return options
    }

    @Test("counts what a naive search counts, violations included", arguments: 0..<150)
    func counts(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let result = try explore(model, Self.options())
        #expect(result.isCompleted)
        #expect(result.states == naive.stateCount)
        #expect(result.transitions == naive.transitions)
        #expect(result.depth == naive.depth)
        #expect(result.completeDepth == naive.depth)
        #expect(Set(result.unwitnessed) == naive.unwitnessed)
        let found = Dictionary(result.passedOver.map { ($0.name, $0.count) }, uniquingKeysWith: +)
        #expect(found == naive.violations)
    }

    @Test("finds the best of the shortest runs, the same with symmetry", arguments: 0..<150)
    func traces(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 400) else { return }
        for (name, length) in naive.lengths.sorted(by: { $0.key < $1.key }) {
            let plain = try #require(try explore(model, Self.options(name)).counterexample)
            #expect(plain.judgement.name == name)
            #expect(plain.steps.count == length)
            #expect(plain.isBest)
            let reduced = try #require(try explore(model, Self.options(name, symmetry: true)).counterexample)
            #expect(reduced == plain)
            guard let best = naive.bestRun(to: name) else { continue }
            #expect(plain.switches == best.switches)
            #expect(naive.machine.unpacked(plain.initial) == best.initial)
            let steps = plain.steps.map { step in
                var outcome = NaiveMachine.Outcome(
                    action: step.action, actor: step.actor, state: naive.machine.unpacked(step.state))
                outcome.choices = step.choices
                outcome.violations = step.violations
                outcome.ending = step.ending
                return outcome
            }
            #expect(steps == best.steps)
        }
    }

    @Test("reports the first of all violations at the least length, in the order of the model", arguments: 0..<100)
    func first(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        let order = model.violations.map(\.name) + ["lock_leak"] + model.properties.map(\.name) + ["deadlock"]
        let least = naive.lengths.values.min()
        let expected = order.first { least != nil && naive.lengths[$0] == least }
        let result = try explore(model, Self.options(nil))
        #expect(result.counterexample?.judgement.name == expected)
        #expect(result.counterexample?.steps.count == least)
    }

    @Test("counts orbits under symmetry, as brute force over all renamings does", arguments: 0..<120)
    func orbits(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed), sorts: 1 + seed % 2, largest: seed % 2 == 0 ? 3 : 4)
        guard let naive = NaiveSearch(model, limit: 300) else { return }
        let renamings = NaiveRenaming.all(model)
        // An orbit is as deep as its least deep state: the initial states need not be symmetric.
        var orbits: [[UInt64]: Int] = [:]
        for (state, depth) in naive.depths {
            let all = renamings.map { $0.apply(state).flatMap { $0 } }
            guard let least = all.min(by: { $0.lexicographicallyPrecedes($1) }) else { continue }
            orbits[least] = min(orbits[least] ?? .max, depth)
        }
        let result = try explore(model, Self.options(symmetry: true))
        #expect(result.states == orbits.count)
        #expect(result.depth == orbits.values.max())
        #expect(Set(result.passedOver.map(\.name)) == Set(naive.violations.keys))
    }
}

extension SearchResult {
    var isCompleted: Bool { if case .completed = outcome { true } else { false } }
    var counterexample: Counterexample? { if case .violation(let found) = outcome { found } else { nil } }
    var reason: InconclusiveReason? { if case .inconclusive(let reason) = outcome { reason } else { nil } }
}
