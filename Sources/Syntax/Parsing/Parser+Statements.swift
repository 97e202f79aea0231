import Diagnostics

/// Blocks, statements, and the statements without a block of their own.
extension Parser {
    /// `{ statements }`. `owner` completes "expected `{` …", for example "after the condition".
    mutating func block(_ owner: String) -> BlockTree {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth), !isPanicking, let opener = openingBrace(owner, isInside: isIndentedLine) else {
            fail("expected `{` \(owner)")
            return BlockTree([], placeOfError)
        }
        return inBraces { parser in
            let statements = parser.statements(inArm: false)
            parser.close(.rightBrace, openedBy: opener)
            return BlockTree(statements, parser.span(from: opener.span.start))
        }
    }

    /// Takes `{`. Where it is missing at the end of a line and the next line belongs inside, that is said, and reading
    /// goes on as if it were there; the last token of the line stands for it.
    mutating func openingBrace(_ owner: String, isInside: Bool) -> Token? {
        if at(.leftBrace) { return advance() }
        guard isInside, position > 0 else { return nil }
        let place = placeOfError
        report(
            .expected, "expected `{` \(owner)", at: place,
            fixIts: [FixIt("write `{`", replace: place, with: " {")])
        return tokens[position - 1]
    }

    /// Whether the current token begins a line that is indented more than the one of the statement at hand.
    private var isIndentedLine: Bool {
        current.precededByNewline && !atEnd && position > itemStart
            && column(of: position) > column(of: firstOnLine(itemStart))
    }

    private func firstOnLine(_ index: Int) -> Int {
        var index = index
        while index > 0, !tokens[index].precededByNewline { index -= 1 }
        return index
    }

    private func column(of index: Int) -> Int {
        let start = tokens[index].span.start
        let line = text.utf8[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return start - line
    }

    /// Statements up to `}`, or to the next arm inside a `match`.
    mutating func statements(inArm: Bool) -> [StmtTree] {
        var result: [StmtTree] = []
        while !isAbandoned {
            if accept(.semicolon) { continue }
            if atEnd || at(.rightBrace) || startsDeclarationLine || startsAttributedDeclaration { break }
            if inArm && startsArm { break }
            let before = position
            let item: Layout.Item = inArm ? .underArm : .plain
            beginItem(item)
            if let statement = attributed(item, { $0.statement() }) { result.append(statement) }
            endStatement()
            if position == before {
                advance()
                isPanicking = true
                recoverAtStatementEnd()
            }
        }
        return result
    }

    /// A statement ends with its line, with `;`, or with the block around it.
    private mutating func endStatement() {
        if !isPanicking, !at(.semicolon), !at(.rightBrace), !atLineStart, !atEnd {
            let fixIts = current.kind == .word ? suggestion(for: current, among: [.else, .or]) : []
            if fixIts.isEmpty {
                fail("expected a new line or `;` before the next statement")
            } else {
                fail("`\(string(of: current))` has no meaning here", fixIts: fixIts)
            }
        }
        recoverAtStatementEnd()
    }

    /// One statement; nil for `{}`, which does nothing.
    mutating func statement() -> StmtTree? {
        let start = current.span.start
        if at(.leftBrace) { return bareBlock() }
        guard let kind = keywordStatement(statementKeyword()) ?? expressionStatement() else { return nil }
        return StmtTree(kind, span(from: start))
    }

    /// `{}` is the empty statement; other braces are a block without a name.
    private mutating func bareBlock() -> StmtTree? {
        let body = block("")
        return body.statements.isEmpty ? nil : StmtTree(.doBlock(label: nil, body), body.span)
    }

    /// The keyword that begins the statement here, also where it is misspelt: then that is reported.
    private mutating func statementKeyword() -> Keyword? {
        if let keyword = current.keyword { return isUsedAsName ? nil : keyword }
        guard current.kind == .word else { return nil }
        let candidates = misspeltCandidates
        let word = string(of: current)
        guard let keyword = Suggestions.closest(to: word, among: candidates) else { return nil }
        report(
            .expected, "`\(word)` begins no statement; did you mean `\(keyword.rawValue)`?", at: current.span,
            fixIts: suggestion(for: current, among: candidates))
        return keyword
    }

    /// A variable may be called like a statement: `lock = x`, `fail.count = 1`.
    private var isUsedAsName: Bool {
        if current.keyword?.isReservedInExpressions == true || peek().precededByNewline { return false }
        switch peek().kind {
        case .symbol(.assign), .symbol(.addAssign), .symbol(.subtractAssign), .symbol(.dot): return true
        default: return false
        }
    }

    /// The keywords that the word here may be meant to be, judged by what follows it: none, where a name may stand.
    private var misspeltCandidates: [Keyword] {
        let next = peek()
        if next.precededByNewline { return [.break, .continue, .return] }
        switch next.kind {
        case .word: return next.keyword?.continuesExpression == true ? [] : Keyword.statementStarts
        case .string, .number, .symbol(.leftBrace): return Keyword.statementStarts
        case .symbol(.semicolon), .symbol(.rightBrace), .endOfFile: return [.break, .continue, .return]
        case .symbol(.leftParen):
            guard let close = indexOfPartner(of: position + 1), close + 1 < tokens.count else { return [] }
            let isBlock = tokens[close + 1].kind == .symbol(.leftBrace) && !tokens[close + 1].precededByNewline
            return isBlock ? Keyword.statementStarts : []
        case .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment: return []
        }
    }

    func suggestion(for token: Token, among candidates: [Keyword]) -> [FixIt] {
        guard let keyword = Suggestions.closest(to: string(of: token), among: candidates) else { return [] }
        return [FixIt("write `\(keyword.rawValue)`", replace: token.span, with: keyword.rawValue)]
    }

    /// The statement that a keyword begins; nil where it begins none.
    private mutating func keywordStatement(_ keyword: Keyword?) -> StmtTree.Kind? {
        switch keyword {
        case .let: return letBinding()
        case .var: return varBinding()
        case .lock, .unlock, .try, .downgrade: return lockStatement(keyword)
        case .if: return ifStatement()
        case .match: return matchStatement()
        case .loop, .while, .each, .do: return iteration(keyword)
        case .choose, .either, .await, .guard: return choiceStatement(keyword)
        case .break, .continue: return jump(keyword)
        case .return: return returnStatement()
        case .atomic: return atomicStatement()
        case .commit: return .commit(operandAfterKeyword("the event after `commit`"))
        case .bump: return .bump(operandAfterKeyword("the version after `bump`"))
        case .assert: return assertStatement()
        case .fail: return failStatement()
        default: return misplaced(keyword)
        }
    }

    private mutating func operandAfterKeyword(_ what: String) -> ExprTree {
        advance()
        return onSameLine(what) ? expression(what) : errorExpression()
    }

    /// Words that belong to another statement or to no block at all.
    private mutating func misplaced(_ keyword: Keyword?) -> StmtTree.Kind? {
        guard let keyword else { return nil }
        if keyword == .else || keyword == .or || keyword == .then {
            fail("`\(keyword.rawValue)` does not follow the block it belongs to")
            return .error
        }
        let isDeclaration = startsDeclaration || (keyword == .const && peek().kind == .word)
        guard isDeclaration, !peek().precededByNewline else { return nil }
        fail("a `\(keyword.rawValue)` is declared at the level of the file, not inside a block")
        return .error
    }

    // MARK: Bindings, jumps, claims

    private mutating func letBinding() -> StmtTree.Kind {
        advance()
        let name = name("a name after `let`")
        let type = at(.colon) && !isPanicking ? typeAnnotation(after: "the name") : nil
        takeAssign("and a value after `let \(name.text)`")
        return .letBinding(name, type, expression("a value after `=`"))
    }

    private mutating func varBinding() -> StmtTree.Kind {
        advance()
        let name = name("a name after `var`")
        let type = at(.colon) && !isPanicking ? typeAnnotation(after: "the name") : nil
        if type != nil, !at(.assign), !at(.colonAssign) { return .varBinding(name, type, nil) }
        takeAssign("and a value, or `:` and a type, after `var \(name.text)`")
        return .varBinding(name, type, expression("a value after `=`"))
    }

    /// `=`; `==` and `:=` are reported and taken for it.
    mutating func takeAssign(_ context: String) {
        guard !isPanicking, at(.equal) || at(.colonAssign) else { return expect(.assign, context) }
        let spelling = string(of: current)
        let code: DiagnosticCode = at(.equal) ? .assignOrCompare : .expected
        let message = at(.equal) ? "`==` compares; did you mean `=`?" : "`\(spelling)` is no operator here; write `=`"
        let fix = FixIt("replace `\(spelling)` with `=`", replace: current.span, with: "=")
        report(code, message, at: current.span, fixIts: [fix])
        advance()
    }

    private mutating func jump(_ keyword: Keyword?) -> StmtTree.Kind {
        advance()
        let label = current.kind == .word && !atLineStart ? name("a label") : nil
        return keyword == .break ? .breakOut(label) : .continueLoop(label)
    }

    private mutating func returnStatement() -> StmtTree.Kind {
        advance()
        if atLineStart || atEnd || at(.semicolon) || at(.rightBrace) { return .returnValue(nil) }
        return .returnValue(expression("a value after `return`"))
    }

    private mutating func assertStatement() -> StmtTree.Kind {
        advance()
        let name = optionalLabel()
        let what = "a condition after `assert`"
        return .assert(name, onSameLine(what) ? expression(what) : errorExpression())
    }

    private mutating func failStatement() -> StmtTree.Kind {
        advance()
        let name = optionalLabel()
        guard current.kind == .string, !isPanicking else {
            fail("expected a text in quotes after `fail`")
            return .error
        }
        return .fail(name, stringValue(advance()))
    }

    /// `name:` of `assert` and `fail`.
    private mutating func optionalLabel() -> Name? {
        guard current.kind == .word, peek().kind == .symbol(.colon) else { return nil }
        let label = name("a name")
        advance()
        return label
    }

    private mutating func atomicStatement() -> StmtTree.Kind {
        advance()
        var reason: String?
        if at(.leftParen) {
            let opener = advance()
            if current.kind == .string {
                reason = stringValue(advance())
            } else {
                fail("expected the reason in quotes: why may these steps be one?")
            }
            close(.rightParen, openedBy: opener)
        }
        recoverAtBrace()
        return .atomic(reason: reason, block("after `atomic(\"…\")`"))
    }
}

extension Keyword {
    /// Words that may follow a value on the same line.
    fileprivate var continuesExpression: Bool {
        switch self {
        case .and, .or, .not, .implies, .in, .is, .with, .where, .then, .else, .when: true
        default: false
        }
    }
}
