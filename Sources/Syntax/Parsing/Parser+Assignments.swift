import Diagnostics

/// Assignments and calls: the statements that begin with an expression.
extension Parser {
    mutating func expressionStatement() -> StmtTree.Kind? {
        endsAtAssignment = true
        let value = expression("a statement")
        endsAtAssignment = false
        guard !isPanicking else { return .error }
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

    private var assignOperator: AssignOperator? {
        switch current.kind {
        case .symbol(let symbol): AssignOperator(rawValue: symbol.rawValue)
        default: nil
        }
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
        report(.expected, message, at: value.span)
    }
}
