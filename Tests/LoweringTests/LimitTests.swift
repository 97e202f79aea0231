import Program
import Testing

@testable import Model

@Suite("Limits")
struct LimitTests {
    @Test("What the language allows fits in a model")
    func cells() {
        #expect(Program.maximumCells == ModelLimits.cells)
    }
}
