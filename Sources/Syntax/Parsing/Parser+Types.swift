import Diagnostics

/// Types.
extension Parser {
    /// `what` completes "expected …", for example "a type after `:`".
    mutating func type(_ what: String) -> TypeTree {
        depth += 1
        defer { depth -= 1 }
        guard mayNest(depth), !isPanicking else { return TypeTree(.error, placeOfError) }
        let start = current.span.start
        var result = simpleType(what)
        var marks = 0
        while at(.question), !isPanicking {
            advance()
            marks += 1
            guard mayNest(marks) else { return result }
            result = TypeTree(.optional(result), span(from: start))
        }
        if at(.or), peek().keyword == .unbounded, !isPanicking {
            advance()
            advance()
            result = TypeTree(.orUnbounded(result), span(from: start))
        }
        return result
    }

    private mutating func simpleType(_ what: String) -> TypeTree {
        let start = current.span.start
        if current.kind == .word, peek().kind == .leftAngle { return angledType(what) }
        guard startsType else {
            fail("expected \(what)")
            return TypeTree(.error, placeOfError)
        }
        let low = inHead { $0.term(what) }
        if at(.range), !isPanicking { return rangeType(from: low) }
        if let path = low.asPath { return TypeTree(.named(path), low.span) }
        if case .error = low.kind { return TypeTree(.error, low.span) }
        fail("expected \(what): a name, or a range such as `0..3`", at: span(from: start))
        return TypeTree(.error, low.span)
    }

    private var startsType: Bool {
        switch current.kind {
        case .word: !(current.keyword?.isReservedInExpressions ?? false)
        case .number, .symbol(.minus), .symbol(.leftParen): true
        case .string, .symbol, .leftAngle, .rightAngle, .lineComment, .docComment, .blockComment, .endOfFile: false
        }
    }

    /// `..high [wrap]`, after the lower bound; the current token is `..`.
    mutating func rangeType(from low: ExprTree) -> TypeTree {
        advance()
        let high = inHead { $0.term("the upper bound of the range after `..`") }
        let wraps = acceptLoosely(.wrap)
        return TypeTree(.range(low, high, wraps: wraps), span(from: low.span.start))
    }

    /// `set<T>`, `bits<N>`; the next token is `<`.
    private mutating func angledType(_ what: String) -> TypeTree {
        let word = advance()
        advance()
        let kind: TypeTree.Kind
        if word.keyword == .set {
            kind = .set(inParens { $0.type("the type of the elements after `set<`") })
        } else {
            kind = .bits(inParens { $0.term("a number of bits after `bits<`") })
        }
        if current.kind == .rightAngle, !isPanicking {
            advance()
        } else {
            fail("expected `>` to end `\(string(of: word))<`")
        }
        return TypeTree(kind, span(from: word.span.start))
    }

    /// `: T`
    mutating func typeAnnotation(after what: String) -> TypeTree {
        expect(.colon, "and a type after \(what)")
        return type("a type after `:`")
    }
}
