extension MutationOperator {
    static let dropLeave = MutationOperator(
        "drop-leave", "takes out a `return` without a value, a `break` or a `continue`"
    ) { site in
        switch site.statement.kind {
        case .returnValue(nil), .breakOut, .continueLoop:
            return [site.mutation([site.removal], "\(site.quoted(site.statement.span)) does not leave")]
        case .returnValue, .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade,
            .ifElse, .match, .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .atomic,
            .commit, .assert, .fail, .bump, .error:
            return []
        }
    }
}
