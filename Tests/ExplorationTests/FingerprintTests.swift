import Model
import ModelTestSupport
import Testing

@testable import Exploration

@Suite("Fingerprints of states")
struct FingerprintTests {
    /// What is said of missed states counts on it.
    @Test("collide as often as random numbers do", arguments: [0, 20, 40])
    func collisions(shift: Int) throws {
        let code = try ModelCode(FaultHandlerModel(2, 1, 2, 1).model)
        let options = SearchTests.options()
        let store = try #require(FixedStore(width: code.wordCount, mostStates: 1 << 20, workers: 1))
        let systems = (0..<2).map { _ in ModelSystem(code, usesSymmetry: false) }
        var search = BreadthFirstSearch(systems, store, options)
        let states = search.run().states
        #expect(states == 73_427)
        let scratch = Scratch(store)
        var count: [UInt64: Int] = [:]
        for id in search.layers.joined().joined() {
            count[hash(store.state(id, in: scratch.words)) >> UInt64(shift) & 0xFF_FFFF, default: 0] += 1
        }
        // Of 2,695,725,451 pairs one in 2^24: 160.7, give or take 12.7. Five times that is nobody's chance.
        let pairs = count.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        #expect(pairs > 97 && pairs < 225, "\(pairs)")
    }
}
