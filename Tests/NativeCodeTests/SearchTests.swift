import Exploration
import Model
import ModelTestSupport
import NativeCode
import Testing

/// A search that goes over to compiled functions.
@Suite("A search with compiled functions")
struct SearchTests {
    private func summary(_ result: SearchResult) -> String {
        "\(result.outcome) \(result.states) \(result.transitions) \(result.depth) \(result.completeDepth) "
            + "\(result.initialStates) \(result.unwitnessed) \(result.passedOver) \(result.completeSwitches ?? -2)"
    }

    private func compare(_ model: Model, _ properties: [String?]) throws {
        let code = try ModelCode(model)
        let functions = try NativeBuild(code).wait()
        for property in properties {
            for (symmetry, switches) in [(false, nil), (true, nil), (false, 1), (false, 60), (true, 2)] {
                var options = SearchOptions()
                options.property = property
                options.usesSymmetry = symmetry
                options.maximumSwitches = switches
                let plain = summary(try explore(code, options))
                for threads in [1, 3] {
                    options.threads = threads
                    options.native = { functions }
                    #expect(summary(try explore(code, options)) == plain, "\(model.name) \(property ?? "-")")
                }
            }
        }
    }

    @Test("gives what the machine gives, for random models", arguments: 0..<12)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        var options = SearchOptions()
        options.property = "nothing"
        options.maximumStates = 5000
        guard case .completed = try explore(model, options).outcome else { return }
        try compare(model, ["nothing", nil] + model.properties.map(\.name))
    }

    @Test("gives what the machine gives, for the page-fault handler and its bugs", arguments: [0, 1, 2])
    func handler(bug: Int) throws {
        let model = bug == 0 ? FaultHandlerModel(2, 1, 1, 1).model : FaultHandlerModel(2, 2, 2, 1, bug: bug).model
        try compare(model, [nil])
    }

    @Test("goes over in the middle without a difference")
    func middle() throws {
        let code = try ModelCode(FaultHandlerModel(2, 1, 1, 1).model)
        let functions = try NativeBuild(code).wait()
        for rounds in [1, 5, 30] {
            let counter = Counter()
            var options = SearchOptions()
            options.usesSymmetry = false
            options.native = { counter.next() > rounds ? functions : nil }
            let result = try explore(code, options)
            #expect(result.states == 11_503 && result.transitions == 36_042 && result.depth == 41)
        }
    }
}
