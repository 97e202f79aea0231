import Diagnostics

/// Writes the tokens of a line with the right spaces between them.
struct Spacing {
    let layout: Layout
    let text: SourceText

    /// A line without its indentation: code, and the comment behind it.
    struct RenderedLine {
        let indent: Int
        let followsBlank: Bool
        let code: String
        let trailingComment: String?
    }

    func render(_ line: Line) -> RenderedLine {
        var code = ""
        var comment: String?
        for (index, token) in line.tokens.enumerated() {
            let spelling = spelling(token)
            if token.kind.isComment, token.kind != .blockComment, index > 0 {
                comment = spelling
                continue
            }
            if index > 0, needsSpace(line.tokens, before: index) { code += " " }
            code += spelling
        }
        return RenderedLine(
            indent: line.indent, followsBlank: line.followsBlank, code: code, trailingComment: comment)
    }

    /// The token as written; comments lose the white space at the ends of their lines.
    private func spelling(_ token: Token) -> String {
        let spelling = text.text(token.span.start, token.span.end)
        guard token.kind.isComment else { return spelling }
        let lines = spelling.split(omittingEmptySubsequences: false) { $0.isNewline }
        return lines.map(\.withoutTrailingSpace).joined(separator: "\n")
    }

    private func needsSpace(_ tokens: [Token], before index: Int) -> Bool {
        let left = tokens[index - 1]
        let right = tokens[index]
        if left.kind.isComment || right.kind.isComment { return true }
        if layout.setOpeners.contains(left.span.start) || layout.setClosers.contains(right.span.start) { return false }
        if [left, right].contains(where: { layout.sliceColons.contains($0.span.start) }) { return false }
        if left.kind == .symbol(.leftBrace), right.kind == .symbol(.rightBrace) { return false }
        let beforeLeft = index > 1 ? tokens[index - 2] : nil
        if isUnary(left, after: beforeLeft) { return false }
        return wantsSpaceAfter(left.kind) && wantsSpaceBefore(right, after: left)
    }

    private func wantsSpaceAfter(_ left: TokenKind) -> Bool {
        switch left {
        case .symbol(.leftParen), .symbol(.leftBracket), .symbol(.dot), .symbol(.range), .symbol(.attribute),
            .leftAngle:
            false
        case .symbol, .word, .number, .string, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile: true
        }
    }

    private func wantsSpaceBefore(_ right: Token, after left: Token) -> Bool {
        switch right.kind {
        case .symbol(.leftParen): return !endsOperand(left)
        case .symbol(.leftBracket): return !endsOperand(left)
        case .symbol(.rightParen), .symbol(.rightBracket), .symbol(.comma), .symbol(.semicolon), .symbol(.colon),
            .symbol(.dot), .symbol(.range), .symbol(.question), .symbol(.exclamation), .leftAngle, .rightAngle:
            return false
        case .symbol, .word, .number, .string, .lineComment, .docComment, .blockComment, .endOfFile: return true
        }
    }

    /// `-` and `~` that belong to the value behind them.
    private func isUnary(_ token: Token, after before: Token?) -> Bool {
        switch token.kind {
        case .symbol(.tilde): true
        case .symbol(.minus): before.map { !endsOperand($0) } ?? true
        default: false
        }
    }

    /// Whether a value, type or name may end with this token.
    private func endsOperand(_ token: Token) -> Bool {
        switch token.kind {
        case .word: !(token.keyword?.precedesValue ?? false)
        case .number, .string, .rightAngle: true
        case .symbol(.rightParen), .symbol(.rightBracket), .symbol(.rightBrace), .symbol(.exclamation),
            .symbol(.question):
            true
        case .symbol, .leftAngle, .lineComment, .docComment, .blockComment, .endOfFile: false
        }
    }
}

extension Keyword {
    /// Keywords behind which `(` opens a value of its own instead of arguments.
    fileprivate var precedesValue: Bool {
        switch self {
        case .and, .or, .not, .implies, .in, .is, .if, .else, .match, .where, .then, .when, .return, .guard, .while,
            .await, .commit, .assert:
            true
        default: false
        }
    }
}

extension StringProtocol {
    var withoutTrailingSpace: String {
        var characters = Array(self)
        while let last = characters.last, last.isWhitespace { characters.removeLast() }
        return String(characters)
    }
}
