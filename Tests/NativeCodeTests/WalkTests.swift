import Exploration
import Model
import ModelTestSupport
import NativeCode
import Testing

@Suite("Random walks with compiled functions")
struct WalkTests {
    private func summary(_ result: WalkResult) -> String {
        "\(result.outcome) \(result.walks) \(result.steps) \(result.deepest) \(result.initialStates) "
            + "\(result.passedOver) \(String(describing: result.cut))"
    }

    private func compare(_ model: Model, _ properties: [String?]) throws {
        let code = try ModelCode(model)
        let functions = try NativeBuild(code).wait()
        for property in properties {
            var options = WalkOptions()
            options.property = property
            options.walks = 50
            options.depth = 60
            options.searchStates = 0
            options.shorteningStates = 1_000
            let plain = summary(simulate(code, options))
            // From the start, and in the middle of the walks.
            for delay in [0, 3] {
                let counter = Counter()
                options.native = { counter.next() > delay ? functions : nil }
                #expect(summary(simulate(code, options)) == plain, "\(model.name) \(property ?? "-")")
            }
        }
    }

    @Test("are those of the machine, for random models", arguments: 0..<12)
    func random(seed: Int) throws {
        let model = RandomModel.make(seed: UInt64(seed))
        try compare(model, ["nothing", nil] + model.properties.map(\.name))
    }

    @Test("are those of the machine, for the page-fault handler and its bugs", arguments: [0, 1, 2])
    func handler(bug: Int) throws {
        try compare(FaultHandlerModel(2, 2, 2, 1, bug: bug).model, [nil, "nothing"])
    }
}
