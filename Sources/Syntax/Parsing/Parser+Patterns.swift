import Diagnostics

/// Patterns of `match` and `is`.
extension Parser {
    mutating func pattern() -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth), !isPanicking else { return PatternTree(.error, placeOfError) }
        let start = current.span.start
        switch current.kind {
        case .number:
            let value = number()
            return PatternTree(.literal(value), value.span)
        case .symbol(.minus) where peek().kind == .number:
            advance()
            let value = ExprTree(.unary(.negate, number()), span(from: start))
            return PatternTree(.literal(value), value.span)
        case .symbol(.leftBrace) where peek().kind == .symbol(.rightBrace):
            advance()
            advance()
            return PatternTree(.emptySet, span(from: start))
        case .word where !(current.keyword?.isReservedInExpressions ?? false): return wordPattern()
        case .word, .string, .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile:
            fail("expected a pattern: a case such as `mapped(f, _)`, a number, `true`, `false`, `{}` or `_`")
            return PatternTree(.error, placeOfError)
        }
    }

    private mutating func wordPattern() -> PatternTree {
        let start = current.span.start
        if at(.true) || at(.false) {
            let token = advance()
            return PatternTree(.literal(ExprTree(.bool(token.keyword == .true), token.span)), token.span)
        }
        if string(of: current) == "_" {
            let token = advance()
            return PatternTree(.anything, token.span)
        }
        let path = path("a pattern")
        guard !isPanicking, at(.leftParen), !atLineStart else { return PatternTree(.name(path), path.span) }
        let opener = advance()
        let arguments = inParens { parser in
            var arguments: [PatternTree] = []
            while !parser.current.kind.isCloser, !parser.isPanicking, !parser.atEnd {
                arguments.append(parser.pattern())
                if !parser.accept(.comma) { break }
            }
            parser.close(.rightParen, openedBy: opener)
            return arguments
        }
        return PatternTree(.constructor(path, arguments), span(from: start))
    }

    /// Whether the next tokens are `pattern:` on one line, which begins an arm of a `match`.
    var startsArm: Bool {
        var index = position
        if tokens[index].kind == .symbol(.minus) { index += 1 }
        guard let first = tokenOnLine(index) else { return false }
        switch first.kind {
        case .number: index += 1
        case .symbol(.leftBrace):
            guard tokenOnLine(index + 1)?.kind == .symbol(.rightBrace) else { return false }
            index += 2
        case .word:
            guard let end = endOfWordPattern(index) else { return false }
            index = end
        case .string, .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile:
            return false
        }
        switch tokenOnLine(index)?.kind {
        case .symbol(.colon), .symbol(.fatArrow): return true
        default: return false
        }
    }

    private func tokenOnLine(_ index: Int) -> Token? {
        guard index < tokens.count, index == position || !tokens[index].precededByNewline else { return nil }
        return tokens[index]
    }

    /// The index behind `a.b.c(…)`.
    private func endOfWordPattern(_ start: Int) -> Int? {
        var index = start + 1
        while tokenOnLine(index)?.kind == .symbol(.dot), tokenOnLine(index + 1)?.kind == .word { index += 2 }
        guard tokenOnLine(index)?.kind == .symbol(.leftParen) else { return index }
        var depth = 0
        while let token = tokenOnLine(index) {
            index += 1
            if token.kind == .symbol(.leftParen) { depth += 1 }
            if token.kind == .symbol(.rightParen) { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
