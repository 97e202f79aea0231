extension MutationOperator {
    static let dropClaim = MutationOperator("drop-claim", "takes the `then` out of a `choose`") { site in
        guard case .choose(let binders, then: let claim?, otherwise: _) = site.statement.kind, let last = binders.last
        else { return [] }
        let end = last.condition?.span.end ?? last.set.span.end
        return [
            site.mutation(
                [SourceEdit(end..<claim.span.end, "")], at: claim.span,
                "what is chosen is not claimed by \(site.quoted(claim.span))")
        ]
    }
}
