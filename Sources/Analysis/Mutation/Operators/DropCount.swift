extension MutationOperator {
    static let dropCount = MutationOperator("drop-count", "takes out a `+=` or `-=`") { site in
        guard case .assign(_, let operation, _) = site.statement.kind, operation != .set else { return [] }
        return [site.mutation([site.removal], "the count \(site.quoted(site.statement.span)) is gone")]
    }
}
