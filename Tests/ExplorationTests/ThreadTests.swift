import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Threads")
struct ThreadTests {
    /// All that a result says but how long it took and how much memory.
    private func summary(_ result: SearchResult) -> String {
        "\(result.outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver)"
    }

    @Test("any number of them gives the same verdict, counts and counterexample", arguments: 0..<24)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        for symmetry in [false, true] {
            for property in ["nothing", nil] {
                let one = try explore(model, SearchTests.options(property, symmetry: symmetry))
                for threads in [2, 5] {
                    let options = SearchTests.options(property, symmetry: symmetry, threads: threads)
                    #expect(summary(try explore(model, options)) == summary(one), "\(threads) threads")
                }
            }
        }
    }

    @Test("the page-fault handler is the same for all of them", arguments: [1, 2, 5])
    func handler(threads: Int) throws {
        let model = FaultHandlerModel(2, 1, 2, 1).model
        let result = try explore(model, SearchTests.options(threads: threads))
        #expect(result.isCompleted)
        #expect(result.states == 73_427)
        #expect(result.transitions == 253_552)
        #expect(result.depth == 58)
        let bug = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let found = try #require(try explore(bug, SearchTests.options(nil, threads: threads)).counterexample)
        let one = try #require(try explore(bug, SearchTests.options(nil)).counterexample)
        #expect(found == one)
    }

    @Test("a limit ends all of them at the same states", arguments: [1, 2, 5])
    func limits(threads: Int) throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        for limit in [1, 2, 100, 5000, 11_502] {
            var options = SearchTests.options(threads: threads)
            options.maximumStates = limit
            let result = try explore(model, options)
            #expect(result.reason == .states(limit: limit))
            #expect(result.states == limit)
            options.threads = 1
            #expect(summary(result) == summary(try explore(model, options)))
        }
        var options = SearchTests.options(threads: threads)
        options.maximumMemory = 200_000
        let result = try explore(model, options)
        #expect(result.reason == .memory(limit: 200_000))
        options.threads = 1
        #expect(summary(result) == summary(try explore(model, options)))
    }
}
