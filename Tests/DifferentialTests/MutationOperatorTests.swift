import Analysis
import Foundation
import Testing

@Suite("Mutation operators")
struct MutationOperatorTests {
    @Test("The documents list the operators that there are, in their order, with their summaries")
    func documented() throws {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appendingPathComponent("docs/mutation.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") && $0.contains("` | ") }
        let wanted = MutationOperator.all.map { "| `\($0.name)` | \($0.summary) |" }
        #expect(rows.map(String.init).filter { wanted.contains($0) } == wanted)
    }
}
