import Diagnostics
import Program

/// Finds reads of locals that were declared without a value, on paths on which nothing has assigned them yet.
///
/// Only the locals given are looked at. Cost: one walk over the body.
struct DefiniteAssignment {
    private let watched: Set<LocalID>
    /// The first read of each local that may come too early.
    private(set) var early: [LocalID: Span] = [:]
    private var leaving: [StmtID: Set<LocalID>] = [:]

    /// Nil where control does not get.
    private typealias State = Set<LocalID>?

    init(of body: Block, watching: Set<LocalID>) {
        watched = watching
        if !watching.isEmpty { _ = visit(body, []) }
    }

    private mutating func visit(_ block: Block, _ start: State) -> State {
        var state = start
        for statement in block.statements {
            guard let assigned = state else { return nil }
            state = visit(statement, assigned)
        }
        return state
    }

    private mutating func visit(_ statement: Stmt, _ assigned: Set<LocalID>) -> State {
        // The conditions of a `choose` are about what may be chosen.
        let tested =
            if case .choose(let binders, then: _, otherwise: _) = statement.kind {
                assigned.union(binders.map(\.local))
            } else {
                assigned
            }
        for expr in statement.headExpressions { read(expr, tested) }
        switch statement.kind {
        case .bind(let local, _): return assigned.subtracting([local])
        case .assignLocal(let local, let path, let operation, _):
            guard watched.contains(local) else { return assigned }
            if !path.isEmpty || operation != .set { note(local, statement.span, assigned) }
            return assigned.union([local])
        case .ifElse(_, let first, let second): return join([visit(first, assigned), visit(second, assigned)])
        case .match(_, let arms): return join(arms.map { visit($0.body, assigned) })
        case .either(let branches): return join(branches.map { visit($0, assigned) })
        case .loop(atMost: let bound, counter: _, let inner):
            _ = visit(inner, assigned)
            return join([bound == nil ? nil : assigned, leaving[statement.id]])
        case .whileLoop(_, let inner), .each(_, set: _, todo: _, let inner):
            _ = visit(inner, assigned)
            return join([assigned, leaving[statement.id]])
        case .doBlock(let inner): return join([visit(inner, assigned), leaving[statement.id]])
        case .atomic(reason: _, let inner): return visit(inner, assigned)
        case .tryLock(_, _, let otherwise), .guardElse(_, let otherwise):
            return join([assigned, visit(otherwise, assigned)])
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            let chosen = visit(Block(claimed, statement.span), assigned.union(binders.map(\.local)))
            return join([chosen, otherwise.flatMap { visit($0, assigned) }])
        case .breakOut(let target):
            leaving[target] = leaving[target].map { $0.intersection(assigned) } ?? assigned
            return nil
        case .continueLoop, .returnValue, .fail: return nil
        case .assign, .readModifyWrite, .call, .lock, .unlock, .downgrade, .await, .commit, .assert: return assigned
        }
    }

    private func join(_ states: [State]) -> State {
        states.reduce(nil) { joined, next in
            guard let joined, let next else { return joined ?? next }
            return joined.intersection(next)
        }
    }

    private mutating func read(_ expr: Expr, _ assigned: Set<LocalID>) {
        if case .local(let local) = expr.kind { note(local, expr.span, assigned) }
        for child in expr.children { read(child, assigned) }
    }

    private mutating func note(_ local: LocalID, _ span: Span, _ assigned: Set<LocalID>) {
        guard watched.contains(local), !assigned.contains(local), early[local] == nil else { return }
        early[local] = span
    }
}
