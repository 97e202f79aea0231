import Diagnostics

/// The tokens that the author put on one line.
struct Line {
    /// Never empty; without `endOfFile`.
    var tokens: [Token]
    /// Whether an empty line stands before it.
    let followsBlank: Bool
    /// Spaces before the first token.
    var indent = 0

    /// Cuts the tokens of a text where its lines end.
    static func split(_ tokens: [Token], of text: SourceText) -> [Line] {
        var lines: [Line] = []
        var end = 0
        for token in tokens where token.kind != .endOfFile {
            let newlines = text.utf8[end..<token.span.start].count { $0 == UInt8(ascii: "\n") }
            if lines.isEmpty || newlines > 0 {
                lines.append(Line(tokens: [token], followsBlank: newlines > 1 && !lines.isEmpty))
            } else {
                lines[lines.count - 1].tokens.append(token)
            }
            end = token.span.end
        }
        return lines
    }

    /// For each line, the one after it that holds more than comments.
    static func nextWithCode(_ lines: [Line]) -> [Line?] {
        var result: [Line?] = []
        var next: Line?
        for line in lines.reversed() {
            result.append(next)
            if line.firstCodeToken != nil { next = line }
        }
        return result.reversed()
    }

    var firstCodeToken: Token? { tokens.first { !$0.kind.isComment } }
}

extension TokenKind {
    var isOpener: Bool { self == .symbol(.leftParen) || self == .symbol(.leftBracket) || self == .symbol(.leftBrace) }

    var isCloser: Bool {
        self == .symbol(.rightParen) || self == .symbol(.rightBracket) || self == .symbol(.rightBrace)
    }
}
