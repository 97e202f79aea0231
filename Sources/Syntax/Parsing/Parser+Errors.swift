import Diagnostics

/// Reporting errors and going on after them.
extension Parser {
    /// Marks the current token as the first of a statement, declaration or item.
    mutating func beginItem(_ kind: Layout.Item = .plain) {
        itemStart = position
        layout.items[current.span.start] = kind
    }

    /// Where something is missing: at the current token, or behind the last one when its line has ended.
    var placeOfError: Span {
        let isBehind = atEnd || (current.precededByNewline && position > 0 && position != itemStart)
        return isBehind ? Span(source, previousEnd, previousEnd) : current.span
    }

    /// Reports an error after which reading goes on as if it had been cured.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, at span: Span, notes: [Note] = [], fixIts: [FixIt] = []
    ) {
        guard !isPanicking, !isAbandoned else { return }
        diagnostics.append(Diagnostic(code, message, at: span, notes: notes, fixIts: fixIts))
        if diagnostics.count >= Parser.maximumDiagnostics { abandon() }
    }

    /// Stops reading.
    private mutating func abandon() {
        isPanicking = true
        isAbandoned = true
        position = tokens.count - 1
    }

    /// Reports an error and panics. Says nothing where unreadable text was reported already.
    mutating func fail(
        _ message: String, code: DiagnosticCode = .expected, at span: Span? = nil, notes: [Note] = [],
        fixIts: [FixIt] = []
    ) {
        if !current.followsBadText {
            report(code, message, at: span ?? placeOfError, notes: notes, fixIts: fixIts)
        }
        isPanicking = true
    }

    /// Whether one level more may be entered. If not, reading ends here.
    mutating func mayNest(_ level: Int, limit: Int = maximumDepth) -> Bool {
        guard level > limit else { return true }
        report(.tooDeep, "this is nested too deeply; give parts of it names of their own", at: current.span)
        abandon()
        return false
    }

    // MARK: Brackets

    /// Takes the closing bracket that belongs to `opener`.
    mutating func close(_ symbol: Symbol, openedBy opener: Token) {
        if accept(symbol) { return }
        guard !isPanicking else { return }
        // One missing brace leaves all the braces around it open: the innermost is the one to name.
        if let last = diagnostics.last, last.code == .unbalanced, last.span == placeOfError {
            isPanicking = true
            return
        }
        let note = Note("`\(string(of: opener))` is opened here", at: opener.span)
        fail("`\(symbol.rawValue)` is missing", code: .unbalanced, notes: [note])
    }

    /// Reads inside `( )` or `[ ]`: lines may end anywhere, and records are not mistaken for blocks.
    mutating func inParens<Result>(_ body: (inout Parser) -> Result) -> Result {
        inContext(ignoresNewlines: true, records: .anywhere, body)
    }

    /// Reads inside `{ }`: lines count.
    mutating func inBraces<Result>(_ body: (inout Parser) -> Result) -> Result {
        inContext(ignoresNewlines: false, records: .anywhere, body)
    }

    /// Reads the head of a statement, behind which `{` begins the block.
    mutating func inHead<Result>(records: Records = .withFields, _ body: (inout Parser) -> Result) -> Result {
        inContext(ignoresNewlines: ignoresNewlines, records: records, body)
    }

    private mutating func inContext<Result>(
        ignoresNewlines: Bool, records: Records, _ body: (inout Parser) -> Result
    ) -> Result {
        let outer = (self.ignoresNewlines, self.records, self.endsAtAssignment)
        self.ignoresNewlines = ignoresNewlines
        self.records = records
        self.endsAtAssignment = false
        defer { (self.ignoresNewlines, self.records, self.endsAtAssignment) = outer }
        return body(&self)
    }

    // MARK: Recovery

    /// After an error in the head of a statement: goes on at its `{`, if that stands on the same line.
    mutating func recoverAtBrace() {
        guard isPanicking, !isAbandoned else { return }
        var index = position
        while index < tokens.count - 1, index == position || !tokens[index].precededByNewline {
            switch tokens[index].kind {
            case .symbol(.leftBrace):
                // The last brace that is open at the end of the line is the block; those before it are sets.
                guard let partner = indexOfPartner(of: index) else { return resume(at: index) }
                if tokens[partner].precededByNewline || isFollowedByLineEnd(partner) { return resume(at: index) }
                index = partner + 1
            case .symbol(.rightBrace): return
            default: index += 1
            }
        }
    }

    private func isFollowedByLineEnd(_ index: Int) -> Bool {
        let next = tokens[min(index + 1, tokens.count - 1)]
        return next.precededByNewline || next.kind == .endOfFile || next.keyword == .else || next.keyword == .or
    }

    private mutating func resume(at index: Int) {
        position = index
        isPanicking = false
    }

    /// Skips to the end of a statement or item: a new line or `;` outside of braces, or the `}` around it.
    mutating func recoverAtStatementEnd(orComma: Bool = false) {
        guard isPanicking, !isAbandoned else { return }
        let start = position
        while !atEnd, !startsDeclarationLine {
            if position > start || ignoresNewlines == false, current.precededByNewline { break }
            if at(.semicolon) || at(.rightBrace) || (orComma && at(.comma)) { break }
            if at(.leftBrace), let partner = indexOfPartner(of: position) { position = partner }
            advance()
        }
        isPanicking = false
    }

    /// Skips to the next line that begins a declaration.
    mutating func recoverAtDeclaration() {
        guard !isAbandoned else { return }
        while !atEnd {
            if current.precededByNewline, startsDeclaration { break }
            if at(.leftBrace), let partner = indexOfPartner(of: position), !hasDeclarationLine(before: partner) {
                position = partner
            }
            advance()
        }
        isPanicking = false
    }

    private func hasDeclarationLine(before end: Int) -> Bool {
        (position..<end).contains { isDeclarationLine($0) }
    }

    /// Whether the current token begins a declaration, judged by its keyword.
    var startsDeclaration: Bool {
        guard let keyword = current.keyword else { return false }
        guard Keyword.declarationStarts.contains(keyword) else { return false }
        return peek().kind == .word || (keyword == .`init` && peek().kind == .symbol(.leftBrace))
    }

    /// Whether the current token begins a declaration at the left margin, where no statement begins: the sign that a
    /// closing brace is missing above.
    var startsDeclarationLine: Bool { isDeclarationLine(position) }

    private func isDeclarationLine(_ index: Int) -> Bool {
        let token = tokens[index]
        guard token.precededByNewline, index > 0, index < tokens.count - 1, let keyword = token.keyword else {
            return false
        }
        guard Keyword.declarationStarts.contains(keyword), isAtMargin(index) else { return false }
        let next = tokens[index + 1].kind
        switch keyword {
        // These begin statements too: here only in a block whose statements are indented.
        case .var, .atomic: return next == .word && tokens[itemStart].precededByNewline && !isAtMargin(itemStart)
        case .`init`: return next == .symbol(.leftBrace)
        default: return next == .word
        }
    }

    func isAtMargin(_ index: Int) -> Bool {
        let start = tokens[index].span.start
        return start == 0 || text.utf8[start - 1] == UInt8(ascii: "\n")
    }
}
