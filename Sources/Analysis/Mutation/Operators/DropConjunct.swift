import Syntax

extension MutationOperator {
    static let dropConjunct = MutationOperator(
        "drop-conjunct", "takes one part out of a condition with `and` or `or`"
    ) { site in
        site.statement.expressions.flatMap { dropped(in: $0, site) }
    }

    private static func dropped(in condition: ExprTree, _ site: StatementSite) -> [SiteMutation] {
        guard case .binary(let operation, let left, let right) = condition.kind, operation == .and || operation == .or
        else { return [] }
        return [(left, right), (right, left)].map { gone, kept in
            let edit = SourceEdit(condition.span.start..<condition.span.end, parenthesised(kept, site))
            return site.mutation(
                [edit], at: gone.span, "\(site.quoted(gone.span)) is not asked in \(site.quoted(condition.span))")
        }
    }

    /// What is looser than the operator around it keeps its meaning in parentheses.
    private static func parenthesised(_ e: ExprTree, _ site: StatementSite) -> String {
        let text = site.text(e.span)
        if case .binary = e.kind, !text.hasPrefix("(") { return "(\(text))" }
        return text
    }
}
