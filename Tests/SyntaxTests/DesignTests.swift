import Diagnostics
import Syntax
import Testing

@Suite("Designs")
struct DesignTests {
    @Test("Every design parses without a diagnostic")
    func parse() throws {
        let designs = try Samples.designs()
        #expect(designs.count == 19)
        for design in designs {
            let result = Syntax.parse(SourceID(index: 0), design)
            #expect(result.diagnostics.isEmpty, "\(design.name): \(result.diagnostics.map(\.message))")
            #expect(!result.tree.declarations.isEmpty)
        }
    }
}
