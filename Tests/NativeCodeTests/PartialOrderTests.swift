import Exploration
import Model
import NativeCode
import Testing

@Suite("Partial order with compiled functions")
struct PartialOrderTests {
    private func summary(_ result: SearchResult) -> String {
        "\(result.outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver) \(result.isReducedByPartialOrder)"
    }

    @Test("passes the same states as the machine, for any number of threads", arguments: RepositorySpecs.paths)
    func agreement(path: String) throws {
        for (name, model) in try RepositorySpecs.models(path) {
            let code = try ModelCode(model)
            var options = SearchOptions()
            options.usesPartialOrder = true
            options.property = "nothing"
            options.maximumStates = 3_000
            let plain = summary(try explore(code, options))
            let functions = try NativeBuild(code).wait()
            options.native = { functions }
            for threads in [1, 3] {
                options.threads = threads
                #expect(summary(try explore(code, options)) == plain, "\(name)")
            }
        }
    }
}
