import Diagnostics

/// Names, literals, calls, places, and everything in brackets.
extension Parser {
    /// An operand with what follows it: `.name`, `[…]`, `(…)`, `!`, `{ record }`, `with { … }`.
    mutating func operand(_ what: String) -> ExprTree {
        let outerSiblings = siblingHeight
        siblingHeight = 0
        defer { siblingHeight = outerSiblings }
        var result = primary(what)
        var ownHeight = siblingHeight + 1
        height = ownHeight
        while !isPanicking, let longer = suffixed(result) {
            result = longer
            ownHeight = max(ownHeight, siblingHeight) + 1
            height = ownHeight
            guard mayNest(height, limit: Parser.maximumHeight) else { return result }
        }
        return result
    }

    /// A place: what may stand on the left of `=`, after `lock`, or as the name of a process.
    mutating func place(_ what: String) -> ExprTree {
        onSameLine(what) ? inHead { $0.operand(what) } : errorExpression()
    }

    /// The expression in the head of a statement, between its keyword and its block.
    mutating func head(_ what: String) -> ExprTree {
        onSameLine(what) ? inHead { $0.expression(what) } : errorExpression()
    }

    /// The value of a `match`.
    mutating func headOfMatch(_ what: String) -> ExprTree {
        onSameLine(what) ? inHead(records: .nowhere) { $0.expression(what) } : errorExpression()
    }

    /// Whether the `{` here may begin a record.
    private var mayBeginRecord: Bool {
        switch records {
        case .anywhere: true
        case .withFields: peek().kind == .word && peek(2).kind == .symbol(.colon)
        case .nowhere: false
        }
    }

    /// Refuses a line that ends after a keyword: what stands on the next line is another statement.
    mutating func onSameLine(_ what: String) -> Bool {
        guard atLineStart else { return true }
        fail("expected \(what)")
        return false
    }

    private mutating func suffixed(_ base: ExprTree) -> ExprTree? {
        let start = base.span.start
        switch current.kind {
        case .symbol(.dot):
            advance()
            let field = name("a name after `.`")
            return ExprTree(.member(base, field), span(from: start))
        case .symbol(.leftBracket) where !atLineStart: return indexed(base)
        case .symbol(.leftParen) where !atLineStart:
            let arguments = arguments()
            return ExprTree(.call(base, arguments), span(from: start))
        case .symbol(.exclamation) where !atLineStart:
            advance()
            return ExprTree(.unwrap(base), span(from: start))
        case .symbol(.leftBrace) where !atLineStart && mayBeginRecord && base.isPath:
            let fields = fieldValues()
            return ExprTree(.record(base, fields), span(from: start))
        case .word where at(.with) && peek().kind == .symbol(.leftBrace):
            advance()
            let fields = fieldValues()
            return ExprTree(.with(base, fields), span(from: start))
        case .word, .number, .string, .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment,
            .endOfFile:
            return nil
        }
    }

    /// `[i, j]` or `[high:low]`
    private mutating func indexed(_ base: ExprTree) -> ExprTree {
        let opener = advance()
        return inParens { parser in
            let first = parser.expression("an index")
            if parser.at(.colon), !parser.isPanicking {
                parser.layout.sliceColons.insert(parser.advance().span.start)
                let low = parser.expression("the number of the lowest bit")
                parser.close(.rightBracket, openedBy: opener)
                return ExprTree(.slice(base, high: first, low: low), parser.span(from: base.span.start))
            }
            var indices = [first]
            while parser.accept(.comma) { indices.append(parser.expression("an index after `,`")) }
            parser.close(.rightBracket, openedBy: opener)
            return ExprTree(.index(base, indices), parser.span(from: base.span.start))
        }
    }

    /// `(a, b)`; the current token is `(`.
    mutating func arguments() -> [ExprTree] {
        let opener = advance()
        return inParens { parser in
            var result: [ExprTree] = []
            while !parser.current.kind.isCloser, !parser.isPanicking, !parser.atEnd {
                result.append(parser.expression("an argument"))
                if !parser.accept(.comma) { break }
            }
            parser.close(.rightParen, openedBy: opener)
            return result
        }
    }

    /// `{ field: value, … }`; the current token is `{`.
    private mutating func fieldValues() -> [FieldValueTree] {
        bracedList(of: "field") { parser in
            let field = parser.name("the name of a field")
            if parser.at(.assign) {
                let fix = FixIt("replace `=` with `:`", replace: parser.currentWithSpace, with: ":")
                parser.report(.expected, "a field is given with `:`", at: parser.current.span, fixIts: [fix])
                parser.advance()
            } else {
                parser.expect(.colon, "after the name of the field")
            }
            return FieldValueTree(name: field, value: parser.expression("a value for `\(field.text)`"))
        }
    }

    /// Items between braces, separated by commas or new lines; the current token is `{`. An error ends at its item.
    mutating func bracedList<Item>(of what: String, _ item: (inout Parser) -> Item) -> [Item] {
        let opener = advance()
        return inBraces { parser in
            var items: [Item] = []
            while !parser.at(.rightBrace), !parser.atEnd, !parser.startsDeclarationLine {
                let before = parser.position
                parser.beginItem()
                items.append(item(&parser))
                if !parser.isPanicking, !parser.at(.comma), !parser.at(.rightBrace), !parser.at(.semicolon),
                    !parser.atLineStart, !parser.atEnd
                {
                    parser.fail("expected `,` or a new line after the \(what)")
                }
                if parser.position == before { parser.advance() }
                parser.recoverAtStatementEnd(orComma: true)
                if !parser.accept(.comma) { _ = parser.accept(.semicolon) }
            }
            parser.close(.rightBrace, openedBy: opener)
            return items
        }
    }

    // MARK: Primaries

    private mutating func primary(_ what: String) -> ExprTree {
        guard !isPanicking else { return errorExpression() }
        switch current.kind {
        case .number: return number()
        case .string:
            let token = advance()
            return ExprTree(.string(stringValue(token)), token.span)
        case .word: return word(what)
        case .symbol(.leftParen): return parenthesised()
        case .symbol(.leftBrace): return setLiteral()
        case .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile:
            fail("expected \(what)")
            return errorExpression()
        }
    }

    mutating func number() -> ExprTree {
        let token = advance()
        // A malformed number has been reported by the lexer.
        let literal = try? NumberLiteral.parse(text.utf8[token.span.start..<token.span.end])
        return ExprTree(.number(literal?.value ?? 0, bitWidth: literal?.bitWidth ?? 0), token.span)
    }

    private mutating func parenthesised() -> ExprTree {
        let opener = advance()
        return inParens { parser in
            let inner = parser.expression("an expression after `(`")
            parser.close(.rightParen, openedBy: opener)
            return ExprTree(inner.kind, parser.span(from: opener.span.start))
        }
    }

    /// `{}`, `{a, b}`, `{x in S where P}`
    private mutating func setLiteral() -> ExprTree {
        let opener = advance()
        layout.setOpeners.insert(opener.span.start)
        return inBraces { parser in
            let kind: ExprTree.Kind
            parser.beginItem()
            if parser.current.kind == .word, parser.peek().keyword == .in {
                kind = .setComprehension(parser.binder())
            } else {
                var elements: [ExprTree] = []
                while !parser.at(.rightBrace), !parser.isPanicking, !parser.atEnd {
                    parser.beginItem()
                    elements.append(parser.expression("an element of the set"))
                    if !parser.accept(.comma) && !parser.atLineStart { break }
                }
                kind = .setLiteral(elements)
            }
            if parser.at(.rightBrace) { parser.layout.setClosers.insert(parser.current.span.start) }
            parser.close(.rightBrace, openedBy: opener)
            return ExprTree(kind, parser.span(from: opener.span.start))
        }
    }

    /// The text that a string token stands for.
    func stringValue(_ token: Token) -> String {
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8[token.span.start..<token.span.end].dropFirst() {
            if isEscaped {
                bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte != UInt8(ascii: "\"") {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ExprTree {
    /// `name`, `alias.name`
    var isPath: Bool { asPath != nil }

    /// The expression read as a path, where it is one.
    var asPath: Path? {
        switch kind {
        case .name(let name): return Path([name])
        case .member(let base, let name):
            guard let path = base.asPath else { return nil }
            return Path(path.parts + [name])
        case .number, .bool, .string, .index, .slice, .call, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .unwrap,
            .racy, .old, .unbounded, .error:
            return nil
        }
    }
}
