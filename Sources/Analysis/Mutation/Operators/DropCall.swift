extension MutationOperator {
    static let dropCall = MutationOperator("drop-call", "takes out the call of a handler, such as a flush") { site in
        guard site.statement.calledName != nil else { return [] }
        return [site.mutation([site.removal], "the call \(site.quoted(site.statement.span)) is gone")]
    }
}
