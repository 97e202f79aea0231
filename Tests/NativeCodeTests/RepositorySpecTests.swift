import Model
import Testing

@testable import NativeCode

@Suite("Compiled specs of the repository")
struct RepositorySpecTests {
    @Test("do what the bytecode machine does in all scenarios and variants", arguments: RepositorySpecs.paths)
    func agreement(path: String) throws {
        let models = try RepositorySpecs.models(path)
        #expect(!models.isEmpty)
        let codes = try models.map { try ModelCode($0.model) }
        let batch = try Batch(codes, flags: isSlow ? ["-O1"] : ["-O0"])
        var states = 0
        for (number, (name, _)) in models.enumerated() {
            let comparison = Comparison(
                codes[number], batch.functions[number], limit: isSlow ? 20_000 : max(150, 3000 / models.count),
                damaged: isSlow ? 1000 : 20,
                seed: UInt64(number))
            #expect(comparison.differences == [], "\(name)")
            states += comparison.states
        }
        print("\(path): \(models.count) models, \(states) states")
    }
}
