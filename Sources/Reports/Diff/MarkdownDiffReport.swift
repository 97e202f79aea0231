/// What a change does, as a comment of a review. Runs are folded away.
public struct MarkdownDiffReport: Sendable {
    private let diagram = RaceDiagram(width: 120)

    public init() {}

    public func render(_ result: DiffResult) -> String {
        var lines = ["### faultline diff: \(Self.escaped(result.summary))", "", "`\(Self.code(result.title))`", ""]
        lines += result.onlyLines.flatMap { [Self.escaped($0), ""] }
        for configuration in result.configurations { lines += self.lines(configuration) }
        return lines.joined(separator: "\n")
    }

    private func lines(_ configuration: ConfigurationDiff) -> [String] {
        var lines = ["#### \(Self.escaped(configuration.name))", "**\(Self.escaped(configuration.meaning))**", ""]
        for section in configuration.sections {
            if !section.title.isEmpty { lines += [Self.escaped(section.title), ""] }
            if !section.items.isEmpty { lines += section.items.map { "- `\(Self.code($0))`" } + [""] }
            switch section.picture {
            case nil: break
            case .counterexample(let counterexample): lines += folded("a shortest run", diagram.render(counterexample))
            case .witness(let witness, let title):
                lines += folded(title, diagram.render(run: witness.run, title: title, below: witness.eventLines))
            }
        }
        return lines
    }

    private func folded(_ title: String, _ picture: String) -> [String] {
        ["<details><summary>\(Self.escaped(title))</summary>", "", "```text", picture + "```", "", "</details>", ""]
    }

    /// Source text may hold what Markdown or HTML would read as markup.
    private static func escaped(_ text: String) -> String {
        Layout.clean(text).reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "*", "_", "`", "[", "]", "\\", "|", "#": result += "\\\(character)"
            default: result.append(character)
            }
        }
    }

    private static func code(_ text: String) -> String {
        Layout.clean(text).reduce(into: "") { $0.append($1 == "`" ? "'" : $1) }
    }
}
