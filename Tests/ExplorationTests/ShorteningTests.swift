import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Shortening of a walk that met a violation")
struct ShorteningTests {
    /// Without a search, which would leave nothing to shorten.
    private func found(
        _ model: Model, _ property: String? = nil, seed: UInt64, walks: Int = 200, depth: Int = 60, states: Int = 3_000
    ) throws -> WalkViolation? {
        let options = WalkTests.options(property, seed: seed, walks: walks, depth: depth, shorteningStates: states)
        return try simulate(model, options).violation
    }

    @Test("a run of hundreds of steps comes near to the shortest one", arguments: 1...3)
    func handler(seed: UInt64) throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let found = try #require(try found(model, seed: seed, walks: 3000, depth: 400, states: 30_000))
        #expect(found.counterexample.judgement.name == "reads")
        #expect((19...32).contains(found.counterexample.steps.count), "\(found.counterexample.steps.count) steps")
        #expect(!found.counterexample.isShortest && !found.counterexample.isBest)
    }

    @Test("what is left still violates the same", arguments: 0..<30)
    func violates(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        guard let naive = NaiveSearch(model, limit: 1000) else { return }
        for name in naive.lengths.keys.sorted() {
            guard let found = try found(model, name, seed: 7) else { continue }
            #expect(found.counterexample.judgement.name == name)
            #expect(naive.accepts(found.counterexample), "\(name)")
        }
    }

    @Test("in small models what is left is a shortest run, nearly always")
    func nearlyShortest() throws {
        var all = 0
        var shortest = 0
        for seed in 0..<30 {
            let model = RandomModel.make(seed: UInt64(seed))
            guard let naive = NaiveSearch(model, limit: 1000) else { continue }
            for name in naive.lengths.keys.sorted() {
                guard let found = try found(model, name, seed: 7) else { continue }
                all += 1
                if found.counterexample.steps.count == naive.lengths[name] { shortest += 1 }
            }
        }
        #expect(all > 20)
        #expect(shortest * 10 >= all * 8, "\(shortest) of \(all)")
    }

    @Test("steps of one process that need not be apart stand together")
    func switches() throws {
        var model = Model(name: "counters")
        let x = model.variable("x", [numbers(2)], .range(lower: 0, upper: 9))
        let process = model.process("p", [numbers(2)], locations: 1)
        model.action(process, at: 0, [.require(ne(x[me], c(9))), x(me, to: add(x[me], c(1))), .jump(location: 0)])
        model.property("both", or(ne(x[c(0)], c(9)), ne(x[c(1)], c(9))))
        let found = try #require(try found(model.packed(), seed: 1, states: 10_000)?.counterexample)
        #expect(found.steps.count == 18)
        #expect(found.switches == 1)
    }
}
