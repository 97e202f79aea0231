import Syntax

extension MutationOperator {
    static let conditionFalse = MutationOperator(
        "condition-false", "takes the condition of an `if`, `while` or `guard` for false"
    ) { site in
        switch site.statement.kind {
        case .ifElse(let condition, _, otherwise: _), .whileLoop(let condition, _),
            .guardElse(let condition, otherwise: _):
            return ([condition] + site.choices).map { site.taking($0, for: "false") }
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .match, .loop, .each,
            .choose, .either, .await, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
            .returnValue, .bump, .error:
            return site.choices.map { site.taking($0, for: "false") }
        }
    }
}

extension StatementSite {
    /// The conditions of each `if` that is an expression.
    var choices: [ExprTree] {
        statement.expressions.compactMap { e in
            if case .conditional(let condition, _, _) = e.kind { return condition }
            return nil
        }
    }

    func taking(_ condition: ExprTree, for constant: String) -> SiteMutation {
        mutation(
            [SourceEdit(condition.span.start..<condition.span.end, constant)], at: condition.span,
            "\(quoted(condition.span)) is not asked and taken for \(constant)")
    }
}
