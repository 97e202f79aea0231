import Syntax

extension MutationOperator {
    /// Where a statement of the block alone is two accesses, its load becomes a step of its own.
    static let splitAtomic = MutationOperator(
        "split-atomic", "cuts an `atomic` in two at each place between its statements, or takes it away"
    ) { site in
        guard case .atomic(reason: _, let body) = site.statement.kind else { return [] }
        return cuts(body, site) + [dissolved(body, site)]
    }

    private static func cuts(_ body: BlockTree, _ site: StatementSite) -> [SiteMutation] {
        let head = site.source.text(site.statement.span.start, body.span.start)
        return body.statements.indices.dropFirst().compactMap { index in
            let next = body.statements[index]
            // Ghost code belongs to the step before it, and so does a statement that only leaves.
            guard !next.isGhostCode, !next.leaves else { return nil }
            let start = site.whole(next).lowerBound
            return site.mutation(
                [SourceEdit(start..<start, "}; \(head){ ")],
                "another process may step in before \(site.quoted(next.span)) inside the `atomic`")
        }
    }

    private static func dissolved(_ body: BlockTree, _ site: StatementSite) -> SiteMutation {
        let opening = SourceEdit(site.statement.span.start..<body.span.start + 1, "")
        let closing = SourceEdit(body.span.end - 1..<body.span.end, "")
        let real = body.statements.filter { !$0.isGhostCode }
        let loads = real.count == 1 ? real.compactMap { separateLoad(of: $0, site) } : []
        return site.mutation([opening] + loads + [closing], "nothing holds the `atomic` together")
    }

    /// `place = e` becomes `let loaded = e; place = loaded`; `place += e` becomes a load and a store where it is one.
    private static func separateLoad(of statement: StmtTree, _ site: StatementSite) -> SourceEdit? {
        guard case .assign(let place, let operation, let value) = statement.kind else { return nil }
        let name = "faultline_loaded"
        let target = site.text(place.span)
        let loaded: String
        let stored: String
        switch operation {
        case .set:
            guard value.readsElement else { return nil }
            (loaded, stored) = (site.text(value.span), name)
        case .add, .subtract:
            guard let leaf = place.leafName, site.plainNumbers.contains(leaf) else { return nil }
            (loaded, stored) = (target, "\(name) \(operation.rawValue.prefix(1)) \(site.text(value.span))")
        }
        return SourceEdit(
            statement.span.start..<statement.span.end, "let \(name) = \(loaded); \(target) = \(stored)")
    }
}

extension StmtTree {
    /// Whether it only leaves the block.
    fileprivate var leaves: Bool {
        switch kind {
        case .returnValue, .breakOut, .continueLoop: true
        case .assign, .letBinding, .varBinding, .expression, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .atomic, .commit, .assert, .fail,
            .bump, .error:
            false
        }
    }
}

extension ExprTree {
    /// `refs` of `frame[f].refs`, `sum` of `sum` and of `sum[i]`.
    fileprivate var leafName: String? {
        switch kind {
        case .name(let name), .member(_, let name): name.text
        case .index(let base, _): base.leafName
        case .number, .bool, .string, .slice, .call, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .unwrap,
            .racy, .old, .unbounded, .error:
            nil
        }
    }

    /// Whether it is an element or field, so that its type is known without the place that it is stored in.
    fileprivate var readsElement: Bool {
        switch kind {
        case .index, .member: true
        case .number, .bool, .string, .name, .slice, .call, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .unwrap,
            .racy, .old, .unbounded, .error:
            false
        }
    }
}
