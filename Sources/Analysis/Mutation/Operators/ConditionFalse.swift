extension MutationOperator {
    static let conditionFalse = MutationOperator(
        "condition-false", "takes the condition of an `if`, `while` or `guard` for false"
    ) { site in
        switch site.statement.kind {
        case .ifElse(let condition, _, otherwise: _), .whileLoop(let condition, _),
            .guardElse(let condition, otherwise: _):
            return [
                site.mutation(
                    [SourceEdit(condition.span.start..<condition.span.end, "false")], at: condition.span,
                    "\(site.quoted(condition.span)) is not asked and taken for false")
            ]
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .match, .loop, .each,
            .choose, .either, .await, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
            .returnValue, .bump, .error:
            return []
        }
    }
}
