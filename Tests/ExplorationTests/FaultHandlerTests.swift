import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("The page-fault handler whose counts other tools agree on")
struct FaultHandlerTests {
    @Test("size S has exactly the states, transitions and depth that five tools found")
    func sizeS() throws {
        var options = SearchOptions()
        options.usesSymmetry = false
        let result = try explore(FaultHandlerModel(2, 1, 1, 1).model, options)
        guard case .completed = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(result.states == 11_503)
        #expect(result.transitions == 36_042)
        #expect(result.depth == 41)
    }
}
