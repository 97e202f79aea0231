import Diagnostics
import Program
import Testing

@Suite("Random programs")
struct RandomTests {
    @Test("Lowered without fusions, they have the states, steps and violations of the interpreter", arguments: 0..<12)
    func differential(batch: Int) throws {
        var checked = 0
        for seed in (batch * 50)..<(batch * 50 + 50) {
            var random = RandomProgram(seed: UInt64(seed))
            let builder = random.build()
            do {
                let lowered = try builder.runner().explore(limit: 400)
                let expected = referenceExploration(builder.finished, limit: 400)
                #expect(lowered == expected, "seed \(seed)")
                var inParts = withoutFusions
                inParts.widestCode = 0
                #expect(try builder.runner(inParts).explore(limit: 400) == expected, "seed \(seed), split")
                checked += 1
            } catch let error as Diagnostic where error.code == .misplacedStatement {
                continue  // an endless loop inside `atomic`
            }
        }
        #expect(checked > 25)
    }
}
