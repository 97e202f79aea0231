import Diagnostics

/// Assignments and calls: the statements that begin with an expression.
extension Parser {
    mutating func expressionStatement() -> StmtTree.Kind? {
        if isIncrement { return increment() }
        endsAtAssignment = true
        let value = expression("a statement")
        endsAtAssignment = false
        guard !isPanicking else { return .error }
        if let turned = turnedAssignment() {
            return .assign(value, turned, expression("a value after `\(turned.rawValue)`"))
        }
        if let assignment = assignOperator {
            advance()
            return .assign(value, assignment, expression("a value after `\(assignment.rawValue)`"))
        }
        if at(.colonAssign) {
            takeAssign("")
            return .assign(value, .set, expression("a value after `=`"))
        }
        if at(.colon) {
            fail("expected a statement; a case such as `name:` stands only inside `match`")
            return .error
        }
        return effect(of: value)
    }

    /// `=+` is `+=` turned round. Not so `=-`: a value may begin with `-`.
    private mutating func turnedAssignment() -> AssignOperator? {
        guard at(.assign), touchesNext, peek().kind == .symbol(.plus) else { return nil }
        let first = advance()
        advance()
        let place = span(from: first.span.start)
        report(
            .expected, "`=+` is no operator; write `+=`", at: place,
            fixIts: [FixIt("replace `=+` with `+=`", replace: place, with: "+=")])
        return .add
    }

    private var assignOperator: AssignOperator? {
        switch current.kind {
        case .symbol(let symbol): AssignOperator(rawValue: symbol.rawValue)
        default: nil
        }
    }

    /// `x++` and `x--` at the end of a statement, which other languages have.
    private var isIncrement: Bool {
        guard current.kind == .word, !(current.keyword?.isReservedInExpressions ?? false) else { return false }
        var index = position + 1
        while index < tokens.count - 2, !tokens[index].precededByNewline {
            let doubled = tokens[index].kind == .symbol(.minus) && tokens[index + 1].kind == .symbol(.minus)
            if tokens[index].kind == .symbol(.concatenate) || doubled {
                let next = tokens[index + (doubled ? 2 : 1)]
                let ends: [TokenKind] = [.symbol(.semicolon), .symbol(.rightBrace), .endOfFile]
                return next.precededByNewline || ends.contains(next.kind)
            }
            if tokens[index].kind.isOpener, let close = indexOfPartner(of: index) { index = close }
            if tokens[index].kind == .symbol(.assign) || tokens[index].kind == .symbol(.semicolon) { return false }
            index += 1
        }
        return false
    }

    private mutating func increment() -> StmtTree.Kind {
        let target = inHead { $0.operand("a statement") }
        guard !isPanicking, at(.concatenate) || at(.minus) else {
            fail("expected `=`, `+=`, `-=` or a call")
            return .error
        }
        let isPlus = at(.concatenate)
        let first = advance()
        if !isPlus { advance() }
        let operation: AssignOperator = isPlus ? .add : .subtract
        let place = span(from: first.span.start)
        let fix = FixIt("write `\(operation.rawValue) 1`", replace: place, with: " \(operation.rawValue) 1")
        report(
            .expected, "`\(isPlus ? "++" : "--")` is no statement; write `\(operation.rawValue) 1`", at: place,
            fixIts: [fix])
        return .assign(target, operation, ExprTree(.number(1, bitWidth: 0), place))
    }

    /// An expression that stands alone has to be a call.
    private mutating func effect(of value: ExprTree) -> StmtTree.Kind {
        switch value.kind {
        case .call, .racy, .unwrap: return .expression(value)
        case .error: return .error
        case .binary(.equal, let left, _):
            let place = tokens[..<position].last { $0.kind == .symbol(.equal) && $0.span.start >= left.span.end }
            let span = place?.span ?? value.span
            let fix = FixIt("replace `==` with `=`", replace: span, with: "=")
            report(
                .assignOrCompare, "`==` compares, and nothing looks at the result; did you mean `=`?", at: span,
                fixIts: [fix])
            return .error
        case .number, .bool, .string, .name, .member, .index, .slice, .record, .bitsConversion, .unary, .binary,
            .isPattern, .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with,
            .old, .unbounded:
            refuseLoneValue(value)
            return .error
        }
    }

    private mutating func refuseLoneValue(_ value: ExprTree) {
        if !at(.semicolon), !at(.rightBrace), !atLineStart, !atEnd {
            return fail("expected `=`, `+=`, `-=` or a call")
        }
        let message = "expected a statement; a value alone does nothing"
        guard !current.followsBadText else { return }
        var notes: [Note] = []
        if text.utf8[value.span.start..<value.span.end].first == UInt8(ascii: "-") {
            notes = [Note("a line that begins with `-` does not continue the one before; end that line with the `-`")]
        }
        report(.expected, message, at: value.span, notes: notes)
    }
}
