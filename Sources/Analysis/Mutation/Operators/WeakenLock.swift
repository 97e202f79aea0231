extension MutationOperator {
    static let weakenLock = MutationOperator("weaken-lock", "takes an `rwlock` shared instead of exclusively") { site in
        guard case .lock(let place, shared: false, nested: _, condition: _) = site.statement.kind else { return [] }
        let end = place.span.end
        return [
            site.mutation(
                [SourceEdit(end..<end, " shared")], "the lock \(site.quoted(place.span)) is taken shared only")
        ]
    }
}
