import Diagnostics

/// Operands that begin with a word: names, and the expressions with a keyword of their own.
extension Parser {
    mutating func word(_ what: String) -> ExprTree {
        let token = current
        guard let keyword = token.keyword else { return misspeltQuantifier() ?? nameOperand() }
        switch keyword {
        case .true, .false:
            advance()
            return ExprTree(.bool(keyword == .true), token.span)
        case .unbounded:
            advance()
            return ExprTree(.unbounded, token.span)
        case .if: return conditional()
        case .match: return matchExpression()
        case .all, .some, .count, .old, .racy, .bits:
            if let special = specialForm(keyword) { return special }
        default: break
        }
        if keyword.isReservedInExpressions {
            fail("expected \(what)")
            return errorExpression()
        }
        return nameOperand()
    }

    /// `forall x in S: e`: a word that almost is a quantifier where only a quantifier can be. It is reported and taken.
    private mutating func misspeltQuantifier() -> ExprTree? {
        guard peek().kind == .word, peek().keyword == nil, peek(2).keyword == .in, !peek().precededByNewline,
            let meant = Suggestions.closest(to: string(of: current), among: [.all, .some])
        else { return nil }
        let fixIts = suggestion(for: current, among: [.all, .some])
        report(
            .expected, "`\(string(of: current))` has no meaning here; did you mean `\(meant.rawValue)`?",
            at: current.span, fixIts: fixIts)
        return quantified(meant == .all ? .all : .some)
    }

    private mutating func nameOperand() -> ExprTree {
        let token = advance()
        return ExprTree(.name(Name(string(of: token), token.span)), token.span)
    }

    /// The forms whose keyword is an ordinary name unless the right thing follows.
    private mutating func specialForm(_ keyword: Keyword) -> ExprTree? {
        let next = peek().kind
        switch keyword {
        case .all where next == .word: return peek(2).followsBoundName ? quantified(.all) : allOf()
        case .some where next == .word: return quantified(.some)
        case .count where next == .symbol(.leftParen): return count()
        case .old where next == .symbol(.leftParen): return wrapped { .old($0) }
        case .racy where next == .symbol(.leftParen): return wrapped { .racy($0) }
        case .bits where next == .leftAngle: return bitsConversion()
        default: return nil
        }
    }

    /// `old(e)`, `racy(e)`
    private mutating func wrapped(_ make: (ExprTree) -> ExprTree.Kind) -> ExprTree {
        let start = advance().span.start
        let opener = advance()
        return inParens { parser in
            let inner = parser.expression()
            parser.close(.rightParen, openedBy: opener)
            return ExprTree(make(inner), parser.span(from: start))
        }
    }

    /// `bits<N>(e)`
    private mutating func bitsConversion() -> ExprTree {
        let start = advance().span.start
        advance()
        let width = inParens { $0.term("a number of bits") }
        if current.kind == .rightAngle { advance() } else { fail("expected `>` after the number of bits") }
        guard at(.leftParen), !isPanicking else {
            fail("expected `(` and the value to convert after `bits<…>`")
            return errorExpression()
        }
        let opener = advance()
        let value = inParens { parser in
            let value = parser.expression()
            parser.close(.rightParen, openedBy: opener)
            return value
        }
        return ExprTree(.bitsConversion(width: width, value), span(from: start))
    }

    // MARK: Quantifiers

    /// `all x in S, y in T where P: body`
    private mutating func quantified(_ quantifier: Quantifier) -> ExprTree {
        let start = advance().span.start
        let binders = binders()
        expect(.colon, "and a condition after `\(quantifier.rawValue) … in …`")
        let body = expression("a condition after `:`")
        return ExprTree(.quantified(quantifier, binders, body: body), span(from: start))
    }

    /// `all D`
    private mutating func allOf() -> ExprTree {
        let start = advance().span.start
        let type = path("a type after `all`")
        var value = ExprTree(.error, type.span)
        for part in type.parts {
            if case .error = value.kind {
                value = ExprTree(.name(part), part.span)
            } else {
                value = ExprTree(.member(value, part), value.span.joined(part.span))
            }
        }
        return ExprTree(.allOf(value), span(from: start))
    }

    /// `count(S)`, `count(x in S where P)`
    private mutating func count() -> ExprTree {
        let start = advance().span.start
        let opener = advance()
        return inParens { parser in
            let kind: ExprTree.Kind
            if parser.current.kind == .word, parser.peek().keyword == .in {
                kind = .quantified(.count, parser.binders(), body: nil)
            } else {
                kind = .cardinality(parser.expression("a set to count"))
            }
            parser.close(.rightParen, openedBy: opener)
            return ExprTree(kind, parser.span(from: start))
        }
    }

    /// `x in S where P, y in T`
    mutating func binders() -> [BinderTree] {
        var result = [binder()]
        while accept(.comma) { result.append(binder()) }
        return result
    }

    /// `x in S [where P]`
    mutating func binder() -> BinderTree {
        let name = name("a name for the element")
        if !isPanicking, at(.assign) {
            let fix = FixIt("replace `=` with `in`", replace: current.span, with: "in")
            report(.expected, "an element is taken from a set with `in`", at: current.span, fixIts: [fix])
            advance()
        } else {
            expect(.in, "and a set after `\(name.text)`")
        }
        if !isPanicking, current.kind == .word, peek().kind == .leftAngle {
            fail("a type can't stand here; declare `type T = …` and write `\(name.text) in T`", at: current.span)
        }
        let set = term("a set after `in`")
        if !isPanicking, at(.range) {
            fail("a range can't stand here; declare `type T = …` and write `\(name.text) in T`", at: current.span)
        }
        let condition =
            accept(.where) || acceptMisspelt([.where]) != nil ? expression("a condition after `where`") : nil
        return BinderTree(name: name, set: set, condition: condition)
    }

    // MARK: Choices

    /// `if c { a } else { b }`; the current token is `if`.
    private mutating func conditional() -> ExprTree {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth) else { return errorExpression() }
        let start = advance().span.start
        let condition = head("a condition after `if`")
        refuseThen()
        let first = bracedValue("the value for the case that the condition holds")
        expect(.else, "and a value: an `if` that is an expression has two values")
        let second = at(.if) ? conditional() : bracedValue("the value for the case that the condition does not hold")
        return ExprTree(.conditional(condition, first, second), span(from: start))
    }

    private mutating func bracedValue(_ what: String) -> ExprTree {
        guard !isPanicking, at(.leftBrace) else {
            fail("expected `{` and \(what)")
            return errorExpression()
        }
        let opener = advance()
        return inBraces { parser in
            parser.beginItem()
            let value = parser.expression(what)
            parser.close(.rightBrace, openedBy: opener)
            return value
        }
    }

    /// `match e { pattern: value … }`; the current token is `match`.
    private mutating func matchExpression() -> ExprTree {
        let start = advance().span.start
        let subject = headOfMatch("a value after `match`")
        guard !isPanicking, at(.leftBrace) else {
            fail("expected `{` and the cases after the value to match")
            return errorExpression()
        }
        let arms = bracedList(of: "case") { parser in
            let pattern = parser.pattern()
            parser.expectArmColon()
            return ExprArmTree(pattern: pattern, value: parser.expression("a value for this case"))
        }
        return ExprTree(.match(subject, arms), span(from: start))
    }

    /// The `:` after the pattern of an arm.
    mutating func expectArmColon() {
        if at(.fatArrow) || at(.arrow), !isPanicking {
            let fix = FixIt("write `:`", replace: currentWithSpace, with: ":")
            report(.expected, "a case ends with `:`", at: current.span, fixIts: [fix])
            advance()
        } else if !isPanicking, !at(.colon), atLineStart {
            let end = Span(source, previousEnd, previousEnd)
            let fix = FixIt("end the pattern with `:`", replace: end, with: ":")
            report(.expected, "expected `:` after the pattern of a case", at: end, fixIts: [fix])
        } else {
            expect(.colon, "after the pattern of a case")
        }
    }
}

extension Token {
    /// Whether `all NAME` followed by this is a quantifier rather than the set of all values of a type.
    fileprivate var followsBoundName: Bool {
        keyword == .in || kind == .symbol(.colon) || (kind == .word && keyword == nil && !precededByNewline)
    }
}
