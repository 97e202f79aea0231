/// What a change does, for people.
public struct TextDiffReport: Sendable {
    /// How runs are drawn; its width and colours also hold for the rest.
    public let diagram: RaceDiagram

    public init(diagram: RaceDiagram = RaceDiagram()) { self.diagram = diagram }

    /// Several lines, each ended. Shows no times: equal results give equal bytes.
    public func render(_ result: DiffResult) -> String {
        let lines = wrapped(result.title, indent: 0, .bold) + result.onlyLines.flatMap { wrapped($0, indent: 0, nil) }
        let configurations = result.configurations.map { "\n" + render($0) }.joined()
        return lines.joined(separator: "\n") + "\n" + configurations + "\n" + result.summary + "\n"
    }

    private func render(_ configuration: ConfigurationDiff) -> String {
        var text =
            wrapped("\(configuration.name): \(configuration.meaning)", indent: 0, configuration.verdict.style)
            .joined(separator: "\n") + "\n"
        for section in configuration.sections {
            var lines = section.title.isEmpty ? [] : wrapped(section.title, indent: 2, section.style)
            lines += section.items.flatMap { wrapped($0, indent: 4, nil) }
            text += lines.map { $0 + "\n" }.joined()
            switch section.picture {
            case nil: break
            case .counterexample(let counterexample): text += "\n" + diagram.render(counterexample) + "\n"
            case .witness(let witness, let title):
                text += "\n" + diagram.render(run: witness.run, title: title, below: witness.eventLines) + "\n"
            }
        }
        return text
    }

    private func wrapped(_ text: String, indent: Int, _ style: Paint.Style?) -> [String] {
        Layout.wrapped(Layout.clean(text), to: diagram.width - indent)
            .map { String(repeating: " ", count: indent) + diagram.paint($0, style) }
    }
}
