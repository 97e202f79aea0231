import Diagnostics

/// Looking at tokens and taking them.
extension Parser {
    var current: Token { tokens[min(position, tokens.count - 1)] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    /// Where the token before the current one ends.
    var previousEnd: Int { position > 0 ? tokens[min(position, tokens.count) - 1].span.end : 0 }

    var atEnd: Bool { current.kind == .endOfFile }

    /// The current token with the white space before it.
    var currentWithSpace: Span { Span(source, previousEnd, current.span.end) }

    /// Whether the current token stands on a new line, where lines count.
    var atLineStart: Bool { current.precededByNewline && !ignoresNewlines }

    /// Whether no space stands between the current token and the next one.
    var touchesNext: Bool { peek().span.start == current.span.end }

    func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

    func at(_ keyword: Keyword) -> Bool { current.keyword == keyword }

    func string(of token: Token) -> String { text.text(token.span.start, token.span.end) }

    @discardableResult
    mutating func advance() -> Token {
        let token = current
        if position < tokens.count - 1 { position += 1 }
        return token
    }

    mutating func accept(_ symbol: Symbol) -> Bool {
        guard at(symbol), !isPanicking else { return false }
        advance()
        return true
    }

    mutating func accept(_ keyword: Keyword) -> Bool {
        guard at(keyword), !isPanicking else { return false }
        advance()
        return true
    }

    /// Takes a word that may also be the name that the next line begins with.
    mutating func acceptOnLine(_ keyword: Keyword) -> Bool { !atLineStart && accept(keyword) }

    /// Takes a word that nothing but an error can stand in place of; a misspelt one is reported and taken for it.
    mutating func acceptLoosely(_ keyword: Keyword) -> Bool {
        acceptOnLine(keyword) || acceptMisspelt([keyword]) != nil
    }

    /// A word that almost is one of the keywords is reported, and taken for it.
    mutating func acceptMisspelt(_ keywords: [Keyword], atLineStart mayBegin: Bool = false) -> Keyword? {
        guard !isPanicking, mayBegin || !atLineStart, current.kind == .word, current.keyword == nil else { return nil }
        let word = string(of: current)
        guard let meant = Suggestions.closest(to: word, among: keywords) else { return nil }
        report(
            .expected, "`\(word)` has no meaning here; did you mean `\(meant.rawValue)`?", at: current.span,
            fixIts: suggestion(for: current, among: keywords))
        advance()
        return meant
    }

    /// Takes a symbol that must stand here. `context` ends the sentence "expected … ".
    mutating func expect(_ symbol: Symbol, _ context: String) {
        if !accept(symbol) { fail("expected `\(symbol.rawValue)` \(context)") }
    }

    mutating func expect(_ keyword: Keyword, _ context: String) {
        if !accept(keyword), acceptMisspelt([keyword]) == nil { fail("expected `\(keyword.rawValue)` \(context)") }
    }

    /// A name that is introduced or follows a dot: any word will do.
    mutating func name(_ what: String) -> Name {
        guard current.kind == .word, !isPanicking else {
            fail("expected \(what)")
            return Name("", placeOfError)
        }
        let token = advance()
        return Name(string(of: token), token.span)
    }

    /// `a`, `a.b`, `a.b.c`
    mutating func path(_ what: String) -> Path {
        var parts = [name(what)]
        while accept(.dot) { parts.append(name("a name after `.`")) }
        return Path(parts)
    }

    /// From a byte offset to the end of the last token taken.
    func span(from start: Int) -> Span { Span(source, start, max(start, previousEnd)) }

    /// The token that closes the bracket at the given index, if there is one.
    func indexOfPartner(of index: Int) -> Int? {
        var depth = 0
        for candidate in index..<tokens.count {
            switch tokens[candidate].kind {
            case .symbol(.leftParen), .symbol(.leftBracket), .symbol(.leftBrace): depth += 1
            case .symbol(.rightParen), .symbol(.rightBracket), .symbol(.rightBrace): depth -= 1
            default: break
            }
            if depth <= 0 { return depth == 0 && candidate > index ? candidate : nil }
        }
        return nil
    }
}
