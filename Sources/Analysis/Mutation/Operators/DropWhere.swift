import Syntax

extension MutationOperator {
    static let dropWhere = MutationOperator("drop-where", "takes the `where` out of a `choose` or an `each`") { site in
        binders(of: site.statement).compactMap { binder in
            guard let condition = binder.condition else { return nil }
            return site.mutation(
                [SourceEdit(binder.set.span.end..<condition.span.end, "")], at: condition.span,
                "`\(binder.name.text)` need not satisfy \(site.quoted(condition.span))")
        }
    }

    private static func binders(of statement: StmtTree) -> [BinderTree] {
        switch statement.kind {
        case .choose(let binders, then: _, otherwise: _), .each(let binders, _): binders
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit,
            .assert, .fail, .returnValue, .bump, .error:
            []
        }
    }
}
