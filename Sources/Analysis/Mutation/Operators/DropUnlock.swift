extension MutationOperator {
    static let dropUnlock = MutationOperator("drop-unlock", "takes out an `unlock`") { site in
        guard case .unlock(let place, condition: _) = site.statement.kind else { return [] }
        return [site.mutation([site.removal], "the lock \(site.quoted(place.span)) is not released here")]
    }
}
