import Exploration
import Model
import ModelTestSupport
import Testing

/// Words of which each takes a number of values: a step changes one of them.
private struct WideStates: TransitionSystem {
    let width: Int
    let values: UInt64
    let actorCount = 1
    let judgements = [Judgement(name: "deadlock", source: .deadlock)]
    /// The values are far apart, so that both halves of a word matter.
    private let step: UInt64 = 0x0123_4567_89ab_cdef

    init(width: Int, values: UInt64) {
        self.width = width
        self.values = values
    }

    var fixedWidth: Int? { width }

    func initialStates(into buffer: SuccessorBuffer) {
        buffer.removeAll()
        buffer.append(Array(repeating: 0, count: width), action: -1, actor: -1)
    }

    func expand(_ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer) {
        buffer.removeAll()
        for index in 0..<width {
            var words = Array(state)
            words[index] = words[index] == step &* (values - 1) ? 0 : words[index] &+ step
            buffer.append(words, action: 0, actor: 0, choices: [UInt64(index)])
        }
    }

    func examine(_ state: UnsafeBufferPointer<UInt64>, failures: inout [Int]) {}
    func isDeadlock(_ state: UnsafeBufferPointer<UInt64>, _ successors: SuccessorBuffer.Contents) -> Bool { false }
    func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>) {}
    func describe(_ state: [UInt64]) -> String { "\(state)" }
}

@Suite("Stores of states")
struct StoreTests {
    private static let others: [StoreKind] = [.tree, .hash]

    /// All that a result says but how long it took, how much memory, and which of the shortest runs it shows.
    private func summary(_ result: SearchResult) -> String {
        let outcome = result.counterexample.map { "\($0.judgement) \($0.steps.count)" } ?? "\(result.outcome)"
        return "\(outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver)"
    }

    @Test("find the same in random models", arguments: 0..<24)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        for symmetry in [false, true] {
            for property in ["nothing", nil] {
                let exact = try explore(model, SearchTests.options(property, symmetry: symmetry))
                for store in Self.others {
                    for threads in [1, 3] {
                        var options = SearchTests.options(property, symmetry: symmetry, threads: threads)
                        options.store = store
                        let result = try explore(model, options)
                        #expect(summary(result) == summary(exact), "\(store), \(threads) threads")
                        if store == .tree { #expect(result.counterexample == exact.counterexample) }
                    }
                }
            }
        }
    }

    @Test("find the same in the page-fault handler, and a run as short", arguments: others)
    func handler(store: StoreKind) throws {
        for model in [FaultHandlerModel(2, 1, 2, 1).model, FaultHandlerModel(2, 2, 2, 1, bug: 1).model] {
            let exact = try explore(model, SearchTests.options(nil))
            for threads in [1, 2] {
                var options = SearchTests.options(nil, threads: threads)
                options.store = store
                #expect(summary(try explore(model, options)) == summary(exact))
            }
        }
    }

    @Test("keep states of any width, also while their tables grow", arguments: [1, 2, 3, 5, 8])
    func width(_ width: Int) {
        let values: UInt64 = [1: 20_000, 2: 340, 3: 50, 5: 7, 8: 3][width] ?? 2
        let states = (0..<width).reduce(1) { count, _ in count * Int(values) }
        for store in StoreKind.allCases {
            var options = SearchOptions()
            options.store = store
            let result = explore(system: WideStates(width: width, values: values), options)
            #expect(result.isCompleted, "\(store)")
            #expect(result.states == states, "\(store)")
            #expect(result.transitions == states * width, "\(store)")
        }
    }

    @Test("differ in size: wide states are small in a tree, and as fingerprints")
    func size() throws {
        func bytes(_ store: StoreKind) -> Double {
            var options = SearchOptions()
            options.store = store
            let result = explore(system: WideStates(width: 7, values: 5), options)
            return Double(result.memory) / Double(result.states)
        }
        #expect(bytes(.exact) > 56 + 4)
        #expect(bytes(.tree) < 40)
        #expect(bytes(.hash) < 40)
    }

    @Test("end at the same states for any number of threads where memory ends", arguments: StoreKind.allCases)
    func memory(store: StoreKind) throws {
        let model = FaultHandlerModel(2, 1, 2, 1).model
        var options = SearchTests.options()
        options.store = store
        options.maximumMemory = 1_200_000
        let one = try explore(model, options)
        #expect(one.reason == .memory(limit: 1_200_000))
        #expect(one.states > 1000 && one.states < 73_427)
        for threads in [2, 5] {
            options.threads = threads
            #expect(summary(try explore(model, options)) == summary(one))
        }
    }

    @Test("end at exactly the states that are allowed", arguments: StoreKind.allCases)
    func limit(store: StoreKind) throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        var options = SearchTests.options(threads: 2)
        options.store = store
        for limit in [1, 5000, 11_502] {
            options.maximumStates = limit
            let result = try explore(model, options)
            #expect(result.reason == .states(limit: limit))
            #expect(result.states == limit)
        }
    }

    @Test("say how likely a missed state is, where one may be missed")
    func probability() throws {
        let model = FaultHandlerModel(2, 1, 1, 1).model
        var options = SearchTests.options()
        for store in StoreKind.allCases {
            options.store = store
            let result = try explore(model, options)
            // 11,503 states are 66,153,753 pairs, each one fingerprint with probability 2^-64.
            let expected = 66_153_753 * 0x1p-64
            #expect(result.missedStateProbability == (store == .hash ? expected : nil))
        }
    }
}
