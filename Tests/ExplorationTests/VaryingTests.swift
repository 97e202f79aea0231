import Exploration
import Model
import Testing

/// Queues of at most four numbers below three: a state is as long as its queue, and one word for how many came.
private struct Queues: TransitionSystem {
    let fixedWidth: Int? = nil
    let actorCount = 2
    let judgements = [
        Judgement(name: "order", source: .property(0)), Judgement(name: "deadlock", source: .deadlock),
    ]
    let forbidden: [UInt64]?

    func initialStates(into buffer: SuccessorBuffer) {
        buffer.removeAll()
        buffer.append([0], action: -1, actor: -1)
    }

    func expand(_ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer) {
        buffer.removeAll()
        let words = Array(state)
        if words.count < 5 {
            for value in 0..<UInt64(3) { buffer.append(words + [value], action: 0, actor: 0, choices: [value]) }
        }
        if words.count > 1 { buffer.append([words[0] ^ 1] + words.dropFirst(2), action: 1, actor: 1) }
    }

    func examine(_ state: UnsafeBufferPointer<UInt64>, failures: inout [Int]) {
        if let forbidden, state.dropFirst().elementsEqual(forbidden) { failures.append(0) }
    }

    func isDeadlock(_ state: UnsafeBufferPointer<UInt64>, _ successors: SuccessorBuffer.Contents) -> Bool {
        successors.count == 0
    }

    func describe(_ state: [UInt64]) -> String { "\(state)" }
}

@Suite("States of varying length")
struct VaryingTests {
    @Test("are stored and counted like others")
    func counts() {
        let result = explore(system: Queues(forbidden: nil))
        #expect(result.isCompleted)
        // 1 + 3 + 9 + 27 + 81 queues, each with an even or odd number taken; every one can be reached.
        #expect(result.states == 2 * 121)
        #expect(result.transitions == 2 * (3 * 40 + 120))
    }

    @Test("give the best of the shortest runs")
    func trace() throws {
        let found = try #require(explore(system: Queues(forbidden: [2, 0, 1])).counterexample)
        #expect(found.steps.map(\.choices) == [[2], [0], [1]])
        #expect(found.steps.map(\.state.count) == [2, 3, 4])
        #expect(found.switches == 0)
    }

    @Test("respect a budget")
    func budget() {
        var options = SearchOptions()
        options.maximumStates = 100
        #expect(explore(system: Queues(forbidden: nil), options).reason == .states(limit: 100))
    }
}
