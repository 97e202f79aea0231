import Syntax
import Testing

@Suite("Scenarios")
struct ScenarioTests {
    private func text(_ setting: SettingTree) -> String {
        switch setting.kind {
        case .assign(let path, let value): "\(path.text) = \(TreeText.of(value))"
        case .sweep(let path, let low, let high): "\(path.text) = \(TreeText.of(low))..\(TreeText.of(high))"
        case .fair(let path, let strong, let lock): "fair \(path.text) \(strong) \(lock)"
        case .check(let path): "check \(path.text)"
        case .without(let paths): "without \(paths.map(\.text))"
        case .only(let paths): "only \(paths.map(\.text))"
        case .expectHolds: "expect holds"
        case .expectViolated(let path): "expect violated \(path.text)"
        case .error: "<error>"
        }
    }

    @Test("Every setting, separated by commas or new lines")
    func settings() {
        let result = parsed(
            """
            module m
            scenario s = base.small with { hw.Call = 2, Frame = 2..4, rounds = unbounded
                without forker, hw.ipi, Slot = 1
                only a, b
                fair user, strong fair lock hw.ptl
                check hw.p
                expect = 3, expect holds }
            variant v on s { expect violated hw.p }
            variant w on s { fair = true, expect deadlock, }
            """)
        #expect(result.diagnostics.isEmpty)
        let settings = result.tree.declarations.map { declaration -> [String] in
            switch declaration.kind {
            case .scenario(_, _, let settings), .variant(_, _, let settings): settings.map { text($0) }
            default: []
            }
        }
        #expect(
            settings == [
                [
                    "hw.Call = 2", "Frame = 2..4", "rounds = unbounded", #"without ["forker", "hw.ipi"]"#, "Slot = 1",
                    #"only ["a", "b"]"#, "fair user false false", "fair hw.ptl true true", "check hw.p", "expect = 3",
                    "expect holds",
                ],
                ["expect violated hw.p"],
                ["fair = true", "expect violated deadlock"],
            ])
    }
}
