import Syntax

extension MutationOperator {
    static let moveLock = MutationOperator(
        "move-lock", "takes a lock one statement later, or releases it one statement earlier"
    ) { site in
        switch site.statement.kind {
        case .lock(let place, shared: _, nested: _, condition: _):
            guard let next = site.next, let edits = site.exchange(site.index, next) else { return [] }
            let behind = site.quoted(site.siblings[next].span)
            return [site.mutation(edits, "the lock \(site.quoted(place.span)) is taken only behind \(behind)")]
        case .unlock(let place, condition: _):
            // Nobody waits at an unlock, so the order of two of them is no mistake.
            guard let previous = site.previous, !site.siblings[previous].isUnlock,
                let edits = site.exchange(previous, site.index)
            else { return [] }
            let before = site.quoted(site.siblings[previous].span)
            return [site.mutation(edits, "the lock \(site.quoted(place.span)) is released before \(before)")]
        case .assign, .letBinding, .varBinding, .expression, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop,
            .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue, .bump, .error:
            return []
        }
    }
}

extension StmtTree {
    fileprivate var isUnlock: Bool {
        if case .unlock = kind { return true }
        return false
    }
}
