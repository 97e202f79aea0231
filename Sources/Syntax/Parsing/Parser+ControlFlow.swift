import Diagnostics

/// `if`, `match`, and everything that repeats or chooses.
extension Parser {
    // MARK: if

    /// The current token is `if`.
    mutating func ifStatement() -> StmtTree.Kind {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return .error }
        advance()
        let condition = head("a condition after `if`")
        refuseThen()
        recoverAtBrace()
        let body = block("after the condition of `if`")
        return .ifElse(condition, body, otherwise: elseBranch())
    }

    private mutating func elseBranch() -> BlockTree? {
        guard !isPanicking else { return nil }
        let start = current.span.start
        if isElseIf {
            let token = current
            let fix = FixIt("write `else if`", replace: token.span, with: "else if")
            let message = "`\(string(of: token))` has no meaning here; write `else if`"
            report(.expected, message, at: token.span, fixIts: [fix])
        } else {
            guard accept(.else) else { return nil }
            if !at(.if) {
                recoverAtBrace()
                return block("or `if` after `else`")
            }
        }
        let inner = StmtTree(ifStatement(), span(from: start))
        return BlockTree([inner], inner.span)
    }

    private var isElseIf: Bool {
        guard current.kind == .word, peek().kind != .symbol(.assign) else { return false }
        return ["elif", "elsif", "elseif"].contains(string(of: current))
    }

    /// `if c then …`: there is no `then`.
    mutating func refuseThen() {
        guard !isPanicking, at(.then) else { return }
        if peek().kind == .symbol(.leftBrace) {
            let fix = FixIt("remove `then`", replace: currentWithSpace, with: "")
            report(.expected, "`if` has no `then`; the block follows the condition", at: current.span, fixIts: [fix])
            advance()
        } else {
            fail("`if` has no `then`; put the branch into braces: `if … { … }`", at: current.span)
        }
    }

    // MARK: match

    /// The current token is `match`.
    mutating func matchStatement() -> StmtTree.Kind {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return .error }
        advance()
        let subject = headOfMatch("a value after `match`")
        recoverAtBrace()
        let owner = "and the cases after the value to match"
        guard !isPanicking, let opener = openingBrace(owner, isInside: atLineStart && startsArm) else {
            fail("expected `{` \(owner)")
            return .error
        }
        return inBraces { parser in
            let arms = parser.arms()
            parser.close(.rightBrace, openedBy: opener)
            return .match(subject, arms)
        }
    }

    private mutating func arms() -> [ArmTree] {
        var arms: [ArmTree] = []
        while !isAbandoned {
            if accept(.semicolon) || accept(.comma) { continue }
            if atEnd || at(.rightBrace) || startsDeclarationLine { break }
            let before = position
            beginItem()
            let pattern = pattern()
            expectArmColon()
            arms.append(ArmTree(pattern: pattern, body: armBody(from: current.span.start)))
            if position == before { advance() }
        }
        return arms
    }

    private mutating func armBody(from start: Int) -> BlockTree {
        guard !isPanicking else {
            recoverAtStatementEnd()
            return BlockTree([], Span(source, start, start))
        }
        if at(.rightBrace) || startsArm {
            report(.expected, "expected a statement for this case; write `{}` for none", at: placeOfError)
            return BlockTree([], Span(source, start, start))
        }
        let statements = statements(inArm: true)
        return BlockTree(statements, span(from: start))
    }

    // MARK: Repetition

    mutating func iteration(_ keyword: Keyword?) -> StmtTree.Kind {
        advance()
        switch keyword {
        case .while:
            let condition = head("a condition after `while`")
            recoverAtBrace()
            return .whileLoop(condition, block("after the condition of `while`"))
        case .each:
            let binders = inHead { $0.binders() }
            recoverAtBrace()
            return .each(binders, block("after the set of `each`"))
        case .do: return .doBlock(label: optionalBlockLabel(), block("after `do`"))
        default: return loop()
        }
    }

    /// `loop [label] [at most n] { … }`
    private mutating func loop() -> StmtTree.Kind {
        let label = at(.at) && peek().kind != .symbol(.leftBrace) ? nil : optionalBlockLabel()
        var limit: ExprTree?
        if accept(.at) {
            expect(.most, "and a number after `loop at`")
            limit = head("a number after `at most`")
        }
        recoverAtBrace()
        return .loop(label: label, atMost: limit, block("after `loop`"))
    }

    private mutating func optionalBlockLabel() -> Name? {
        guard current.kind == .word, !isPanicking else { return nil }
        let label = name("a label")
        _ = accept(.colon)
        return label
    }

    // MARK: Choice

    mutating func choiceStatement(_ keyword: Keyword?) -> StmtTree.Kind {
        advance()
        switch keyword {
        case .either: return either()
        case .await: return .await(head("a condition after `await`"))
        case .guard: return guardStatement()
        default: return choose()
        }
    }

    private mutating func either() -> StmtTree.Kind {
        var branches = [block("after `either`")]
        while accept(.or) { branches.append(block("after `or`")) }
        if branches.count == 1 {
            fail("expected `or { … }`: `either` has at least two branches")
        }
        return .either(branches)
    }

    private mutating func guardStatement() -> StmtTree.Kind {
        let condition = head("a condition after `guard`")
        if !accept(.else), acceptMisspelt([.else]) == nil {
            fail("expected `else` and a block that leaves, after the condition of `guard`")
        }
        recoverAtBrace()
        return .guardElse(condition, otherwise: block("after `else`"))
    }

    /// `choose x in S where P, … [then assignment] [else { … }]`
    private mutating func choose() -> StmtTree.Kind {
        let binders = inHead { $0.binders() }
        var claim: StmtTree?
        if accept(.then) || acceptMisspelt([.then]) != nil {
            let start = current.span.start
            claim = expressionStatement().map { StmtTree($0, span(from: start)) }
        }
        var otherwise: BlockTree?
        if accept(.else) || acceptMisspelt([.else]) != nil { otherwise = block("after `else`") }
        return .choose(binders, then: claim, otherwise: otherwise)
    }
}
