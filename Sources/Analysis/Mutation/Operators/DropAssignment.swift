extension MutationOperator {
    static let dropAssignment = MutationOperator("drop-assignment", "takes out a store or an exchange") { site in
        switch site.statement.kind {
        case .assign(_, .set, _):
            return [site.mutation([site.removal], "the store \(site.quoted(site.statement.span)) is gone")]
        case .expression where site.statement.calledName == nil:
            return [site.mutation([site.removal], "\(site.quoted(site.statement.span)) is gone")]
        case .expression, .assign, .letBinding, .varBinding, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
            .atomic, .commit, .assert, .fail, .returnValue, .bump, .error:
            return []
        }
    }
}
