import Diagnostics
import Model

/// Where spans lie, and what they say.
struct Origins {
    let sources: SourceMap

    func origin(_ span: Span) -> Origin {
        guard sources.sources.indices.contains(span.source.index) else {
            return Origin(file: "", line: 0, column: 0, text: "")
        }
        let start = sources.start(span)
        return Origin(file: sources[span.source].name, line: start.line, column: start.column, text: text(span))
    }

    /// The source text of a span, white space folded, without comments' ends or a block that is left open.
    func text(_ span: Span) -> String {
        guard sources.sources.indices.contains(span.source.index) else { return "" }
        var words = sources.text(span).split(whereSeparator: \.isWhitespace)
        if words.last == "{" { words.removeLast() }
        return words.joined(separator: " ")
    }
}
