import Diagnostics

/// Handlers, processes, properties: declarations with code or conditions inside.
extension Parser {
    /// `handler f(x: T) -> U holding l shared { … }`
    mutating func handler(isGhost: Bool, isOpen: Bool) -> DeclTree.Kind {
        advance()
        let name = name("a name after `handler`")
        let parameters = parameters(of: "handler")
        var result: TypeTree?
        if !isPanicking, at(.colon) {
            let fix = FixIt("replace `:` with `->`", replace: currentWithSpace, with: " ->")
            report(.expected, "the type of a handler's result follows `->`", at: current.span, fixIts: [fix])
            advance()
            result = type("a type after `->`")
        } else if accept(.arrow) {
            result = type("a type after `->`")
        }
        var holding: [HoldingTree] = []
        if accept(.holding) || acceptMisspelt([.holding]) != nil {
            repeat {
                let lock = place("a lock after `holding`")
                holding.append(HoldingTree(place: lock, shared: accept(.shared) || acceptMisspelt([.shared]) != nil))
            } while accept(.comma) || accept(.and)
        }
        recoverAtBrace()
        let hasBody = !isOpen || at(.leftBrace)
        let body = hasBody ? block("and the statements of the handler") : nil
        return .handler(name, parameters, result: result, holding: holding, body: body, isGhost: isGhost)
    }

    /// `process p[c: Cpu] on c interrupts when e { … }`
    mutating func process(_ kind: ProcessKind) -> DeclTree.Kind {
        advance()
        let name = name("a name after `process`")
        let indices = indexParameters()
        var cpu: ExprTree?
        var interrupts = false
        var condition: ExprTree?
        if accept(.on) {
            cpu = place("a CPU after `on`")
            interrupts = accept(.interrupts)
            if interrupts, accept(.when) { condition = head("a condition after `when`") }
        }
        recoverAtBrace()
        let body = block("and the statements of the process")
        return .process(name, indices, kind, on: cpu, interrupts: interrupts, interruptsWhen: condition, body)
    }

    // MARK: Properties

    /// The current token is the keyword.
    mutating func property(_ keyword: Keyword) -> DeclTree.Kind {
        advance()
        let name = name("a name after `\(keyword.rawValue)`")
        var atRest = false
        let parameters = keyword == .theorem ? parameters(of: "theorem") : []
        if keyword == .invariant || keyword == .lemma, accept(.at) {
            expect(.rest, "after `at`")
            atRest = true
        }
        recoverAtBrace()
        guard at(.leftBrace), !isPanicking else {
            fail("expected `{` and a condition after `\(keyword.rawValue) \(name.text)`")
            return .error
        }
        switch keyword {
        case .transition: return .property(name, .transition(conjuncts()))
        case .reachable: return .property(name, .reachable(single { $0.expression("a condition") }))
        case .progress: return .property(name, single { $0.leadsTo() })
        case .theorem: return .property(name, .theorem(parameters, conjuncts()))
        default:
            return .property(name, .invariant(atRest: atRest, isLemma: keyword == .lemma, conjuncts()))
        }
    }

    /// One condition a line, or separated by `;`.
    private mutating func conjuncts() -> [ExprTree] {
        let opener = advance()
        return inBraces { parser in
            var result: [ExprTree] = []
            while !parser.at(.rightBrace), !parser.atEnd, !parser.startsDeclarationLine {
                if parser.accept(.semicolon) { continue }
                let before = parser.position
                parser.beginItem()
                result.append(parser.expression("a condition"))
                if !parser.isPanicking, !parser.at(.semicolon), !parser.at(.rightBrace), !parser.atLineStart {
                    parser.fail("expected a new line or `;` before the next condition")
                }
                if parser.position == before { parser.advance() }
                parser.recoverAtStatementEnd()
            }
            if result.isEmpty { parser.report(.expected, "expected a condition", at: parser.placeOfError) }
            parser.close(.rightBrace, openedBy: opener)
            return result
        }
    }

    private mutating func single<Result>(_ body: (inout Parser) -> Result) -> Result {
        let opener = advance()
        return inBraces { parser in
            parser.beginItem()
            let result = body(&parser)
            _ = parser.accept(.semicolon)
            if !parser.isPanicking, !parser.at(.rightBrace), !parser.atLineStart, !parser.atEnd {
                parser.fail("expected an operator, or `}` at the end of the condition")
            }
            parser.close(.rightBrace, openedBy: opener)
            return result
        }
    }

    private mutating func leadsTo() -> PropertyTreeKind {
        var quantified: [BinderTree] = []
        while at(.all), peek(2).keyword == .in, !isPanicking {
            advance()
            quantified += binders()
            expect(.colon, "and a condition after `all … in …`")
        }
        let first = expression("a condition")
        if !accept(.leads) { fail("expected `leads to` and a second condition") }
        expect(.to, "after `leads`")
        return .progress(quantified, first, leadsTo: expression("a condition after `leads to`"))
    }
}
