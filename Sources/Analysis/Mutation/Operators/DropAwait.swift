extension MutationOperator {
    static let dropAwait = MutationOperator("drop-await", "takes out an `await`") { site in
        guard case .await(let condition) = site.statement.kind else { return [] }
        return [site.mutation([site.removal], "nobody waits for \(site.quoted(condition.span))")]
    }
}
