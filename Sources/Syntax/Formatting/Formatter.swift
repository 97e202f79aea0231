import Diagnostics

/// Why a text can't be formatted.
public struct FormatFailure: Error, Sendable {
    /// The syntax errors of the text; never empty.
    public let diagnostics: [Diagnostic]
}

/// The text in the one layout of the language.
///
/// Keeps the author's line breaks and all comments; normalises indentation (four spaces), the spaces between tokens,
/// blank lines (at most one) and the columns of trailing comments. Formatting twice gives the same as formatting once,
/// and the tokens stay what they were. Fails for a text with syntax errors, whose meaning is not known.
public func format(_ text: SourceText) -> Result<String, FormatFailure> {
    let source = SourceID(index: 0)
    let lexed = Lexer.tokens(of: source, text)
    var parser = Parser(source: source, text: text, tokens: lexed.tokens)
    _ = parser.file()
    let errors = (lexed.diagnostics + parser.diagnostics).filter { $0.severity == .error }
    guard errors.isEmpty else { return .failure(FormatFailure(diagnostics: errors)) }

    var lines = Line.split(lexed.tokens, of: text)
    var indentation = Indentation(layout: parser.layout)
    let spacing = Spacing(layout: parser.layout, text: text)
    let next = Line.nextWithCode(lines)
    for index in lines.indices { lines[index].indent = indentation.indent(lines[index], before: next[index]) }
    return .success(CommentAlignment.join(lines.map { spacing.render($0) }))
}
