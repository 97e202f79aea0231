import Syntax

extension MutationOperator {
    static let dropLock = MutationOperator(
        "drop-lock", "takes out a `lock` and the unlocks of the same lock in the same body"
    ) { site in
        guard case .lock(let place, shared: _, nested: _, condition: _) = site.statement.kind else { return [] }
        let unlocks = unlocks(of: site.text(place.span), in: site.body, site)
        return [
            site.mutation([site.removal] + unlocks, "the lock \(site.quoted(place.span)) is not taken")
        ]
    }

    private static func unlocks(of place: String, in block: BlockTree, _ site: StatementSite) -> [SourceEdit] {
        block.statements.flatMap { statement -> [SourceEdit] in
            if case .unlock(let other, condition: _) = statement.kind, site.text(other.span) == place {
                return [site.removal(of: statement, amongMany: block.statements.count > 1)]
            }
            return statement.blocks.flatMap { unlocks(of: place, in: $0, site) }
        }
    }
}
