import Exploration
import Model
import ModelTestSupport
import Synchronization
import Testing

@Suite("Budgets of a search")
struct BudgetTests {
    private let model = FaultHandlerModel(2, 1, 1, 1).model

    private func run(_ change: (inout SearchOptions) -> Void) throws -> SearchResult {
        var options = SearchTests.options(nil)
        change(&options)
        return try explore(model, options)
    }

    @Test("stop at exactly the states that are allowed, with what was covered")
    func states() throws {
        let result = try run { $0.maximumStates = 1000 }
        #expect(result.reason == .states(limit: 1000))
        #expect(result.states == 1000)
        #expect(result.completeDepth >= 0 && result.completeDepth < result.depth)
        #expect(try run { $0.maximumStates = 11_503 }.isCompleted)
        #expect(try run { $0.maximumStates = 11_502 }.reason == .states(limit: 11_502))
    }

    @Test("stop before more memory is taken than is allowed")
    func memory() throws {
        let whole = try run { _ in }
        let limit = whole.memory / 2
        let result = try run { $0.maximumMemory = limit }
        #expect(result.reason == .memory(limit: limit))
        #expect(result.memory <= limit)
        #expect(result.states < whole.states)
        #expect(try run { $0.maximumMemory = 1 << 30 }.isCompleted)
    }

    @Test("stop when the time is over, and when somebody says so")
    func time() throws {
        #expect(try run { $0.deadline = .now - .seconds(1) }.reason == .time)
        #expect(try run { $0.isCancelled = { true } }.reason == .cancelled)
        let counter = Counter()
        let result = try run { $0.isCancelled = { counter.next() > 20 } }
        #expect(result.reason == .cancelled)
        #expect(result.states > 200)
    }

    private final class Counter: Sendable {
        private let count = Atomic(0)
        func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
    }

    @Test("do not hide a violation that was found before they ended")
    func violationFirst() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        var options = SearchTests.options(nil, symmetry: true)
        options.maximumStates = try explore(model, options).states - 1
        let found = try #require(try explore(model, options).counterexample)
        #expect(found.steps.count == 19)
        #expect(found.isBest)
    }
}
