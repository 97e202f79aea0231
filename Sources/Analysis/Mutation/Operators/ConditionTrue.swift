extension MutationOperator {
    static let conditionTrue = MutationOperator(
        "condition-true", "takes the condition of an `if` or a `guard` for true"
    ) { site in
        switch site.statement.kind {
        case .ifElse(let condition, _, otherwise: _), .guardElse(let condition, otherwise: _):
            return ([condition] + site.choices).map { site.taking($0, for: "true") }
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .match, .loop,
            .whileLoop, .each, .choose, .either, .await, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue, .bump, .error:
            return site.choices.map { site.taking($0, for: "true") }
        }
    }
}
