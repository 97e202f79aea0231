import Syntax

extension MutationOperator {
    static let swapNeighbours = MutationOperator(
        "swap-neighbours", "exchanges a statement with the next one, each with the ghost code behind it"
    ) { site in
        guard site.statement.isMovable, let next = site.next, site.siblings[next].isMovable,
            let edits = site.exchange(site.index, next)
        else { return [] }
        let first = site.quoted(site.statement.span)
        let second = site.quoted(site.siblings[next].span)
        return [site.mutation(edits, "\(second) comes before \(first)")]
    }
}

extension StmtTree {
    /// A lock has operators of its own.
    var isLockStatement: Bool {
        switch kind {
        case .lock, .unlock: true
        case .assign, .letBinding, .varBinding, .expression, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop,
            .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue, .bump, .error:
            false
        }
    }

    /// Neither a lock nor a way out.
    var isMovable: Bool {
        switch kind {
        case .lock, .unlock, .breakOut, .continueLoop, .commit, .assert, .fail, .returnValue, .error: false
        case .assign, .letBinding, .varBinding, .expression, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop,
            .each, .choose, .either, .await, .guardElse, .doBlock, .atomic, .bump:
            true
        }
    }
}
