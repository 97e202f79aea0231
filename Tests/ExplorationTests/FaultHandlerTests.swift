import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("The page-fault handler whose counts other tools agree on")
struct FaultHandlerTests {
    @Test("has exactly the states, transitions and depth that five tools found")
    func counts() throws {
        let result = try explore(FaultHandlerModel(2, 1, 1, 1).model, SearchTests.options(nil))
        #expect(result.isCompleted)
        #expect(result.states == 11_503)
        #expect(result.transitions == 36_042)
        #expect(result.depth == 41)
    }

    @Test("has the orbits under symmetry that another tool found")
    func orbits() throws {
        let result = try explore(FaultHandlerModel(2, 1, 1, 1).model, SearchTests.options(nil, symmetry: true))
        #expect(result.isCompleted)
        #expect(result.states == 6_010)
        #expect(result.depth == 41)
        #expect(result.symmetryOrder == 2)
    }

    @Test("loses a write after 19 steps where the evictor does not look again, with and without symmetry")
    func lostWrite() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 1).model
        let plain = try #require(try explore(model, SearchTests.options(nil)).counterexample)
        let reduced = try #require(try explore(model, SearchTests.options(nil, symmetry: true)).counterexample)
        #expect(plain.judgement.name == "reads")
        #expect(plain.steps.count == 19)
        #expect(plain.switches == 4)
        #expect(plain == reduced)
    }

    @Test("unmaps a frame twice after 23 steps where the lock is dropped before the copy")
    func unmappedTwice() throws {
        let model = FaultHandlerModel(2, 2, 2, 1, bug: 2).model
        let found = try #require(try explore(model, SearchTests.options(nil, symmetry: true)).counterexample)
        #expect(found.judgement.name == "refs")
        #expect(found.steps.count == 23)
    }
}
