extension MutationOperator {
    static let moveCall = MutationOperator(
        "move-call", "moves the call of a handler, such as a flush, one statement up or down"
    ) { site in
        guard site.statement.calledName != nil else { return [] }
        let call = site.quoted(site.statement.span)
        var result: [SiteMutation] = []
        if let previous = site.previous, !site.siblings[previous].isLockStatement,
            let edits = site.exchange(previous, site.index)
        {
            let other = site.quoted(site.siblings[previous].span)
            result.append(site.mutation(edits, "the call \(call) comes before \(other)"))
        }
        if let next = site.next, site.siblings[next].isMovable, let edits = site.exchange(site.index, next) {
            let other = site.quoted(site.siblings[next].span)
            result.append(site.mutation(edits, "the call \(call) comes behind \(other)"))
        }
        return result
    }
}
