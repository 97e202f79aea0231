import Diagnostics
import Program

extension ReadModifyWrite {
    /// Whether several of them give the same in any order.
    var commutes: Bool {
        switch self {
        case .fetchAdd: true
        case .exchange, .compareExchange: false
        }
    }
}

extension Stmt {
    /// The statement without its blocks.
    var head: Span {
        if blocks.isEmpty { return span }
        if let place = writtenPlace { return span.keyword(max(place.span.end - span.start, 0)) }
        guard let last = headExpressions.last else { return span.keyword(6) }
        return Span(
            span.source, span.start, last.span.source == span.source ? max(last.span.end, span.start) : span.end)
    }
}

extension Program {
    /// How an assignment changes its cell.
    func storeKind(_ place: Place, _ operation: AssignOperation) -> StoreKind {
        if operation == .set { return place.inner.isEmpty ? .store : .loadAndStore }
        if case .set = place.type { return .readModifyWrite }
        return place.inner.isEmpty && isAtomic(place) ? .readModifyWrite : .loadAndStore
    }

    private func isAtomic(_ place: Place) -> Bool {
        var type = self[place.variable].type
        var result = self[place.variable].isAtomic
        for index in place.fields {
            guard let field = field(of: type, index) else { return false }
            result = field.isAtomic
            type = field.type
        }
        return result
    }

    /// The first statement of a block, looking into blocks.
    func firstStatement(_ block: Block) -> Stmt? {
        guard let first = block.statements.first else { return nil }
        if case .doBlock(let inner) = first.kind { return firstStatement(inner) }
        if case .call(let handler, let arguments, result: _) = first.kind, !arguments.contains(where: touchesShared) {
            return firstStatement(self[handler].body)
        }
        return first
    }

    /// Whether a statement may have to wait.
    func isWait(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .lock, .await, .atomic: true
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            otherwise == nil && (!claimed.isEmpty || binders.flatMap(\.expressions).contains { touchesShared($0) })
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .either, .guardElse, .doBlock, .breakOut, .continueLoop, .commit, .assert, .fail,
            .returnValue:
            false
        }
    }
}
