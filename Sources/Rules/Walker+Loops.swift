import Diagnostics
import Program

extension Walker {
    /// One round through a loop: it must come back with the locks that it started with.
    mutating func execLoop(_ statement: Stmt, _ before: LockState) -> LockFlow {
        var state = before
        forgetAssigned(in: statement, &state)
        switch statement.kind {
        case .loop(atMost: let bound, counter: _, let body):
            if let bound { count(eval(bound, &state).paths, at: statement.head) }
            return round(statement, body, length: 4, state, endsItself: bound != nil)
        case .whileLoop(let condition, let body):
            return round(statement, body, condition: condition, length: 5, state, endsItself: true)
        case .each(let local, set: let set, todo: _, let body):
            let value = eval(set, &state)
            count(value.paths, at: statement.head)
            let element = freshNumber()
            state.locals[local] = .token(element)
            return roundThrough(statement, body, element, local, state)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue:
            return LockFlow(falls: state)
        }
    }

    /// In a later round, a local that the body assigns is not what it was before the loop.
    private mutating func forgetAssigned(in statement: Stmt, _ state: inout LockState) {
        var assigned: Set<LocalID> = []
        Block([statement], statement.span).forEachStatement { assigned.formUnion($0.assignedLocals) }
        for local in assigned.sorted() where state.locals[local] != nil { state.locals[local] = freshToken() }
    }

    private mutating func round(
        _ statement: Stmt, _ body: Block, condition: Expr? = nil, length: Int, _ entry: LockState, endsItself: Bool
    ) -> LockFlow {
        var head = entry
        let word = statement.span.keyword(length)
        let isRest = loopDepth == 0
        if isRest { checkRest(&head, at: word) }
        var inside = head
        if let condition {
            count(eval(condition, &inside).paths, at: statement.head)
            freezeLocals(&inside, at: condition.span)
        }
        loopDepth = loopDepth.map { $0 + 1 }
        let flow = exec(body, inside)
        loopDepth = loopDepth.map { $0 - 1 }
        let back = (flow.falls.map { [$0] } ?? []) + flow.continues.filter { $0.target == statement.id }.map(\.state)
        for state in back { checkRound(head, state, at: word, isRest: isRest) }
        let (result, leaving) = closing(flow, statement)
        var after = result
        after.falls = join(leaving + (endsItself ? [inside] : []), at: statement.span.closing)
        return after
    }

    private mutating func roundThrough(
        _ statement: Stmt, _ body: Block, _ element: Int, _ local: LocalID, _ state: LockState
    ) -> LockFlow {
        // Inner loops of one step are looked at like the outer one.
        if inAtomic {
            unordered.append(
                UnorderedLoop(statement, local, body, element: element, name: scope.name(of: local), frame: frame))
        }
        let depth = loopDepth
        loopDepth = loopDepth.map { $0 + 1 }
        let flow = round(statement, body, length: 4, state, endsItself: true)
        loopDepth = depth
        if inAtomic, let problem = unordered.popLast()?.problem(decides: dependence) {
            report(
                .orderMatters, "the result depends on the order of the elements: \(problem.reason)", at: problem.span,
                notes: [Note("the loop", at: statement.head)])
        }
        return flow
    }

    private mutating func checkRest(_ state: inout LockState, at span: Span) {
        for lock in state.held where !state.unsure.contains(lock.lock) {
            report(
                .lockLeak, "the process is at rest here and holds `\(lock.text)`", at: span,
                notes: [Note("`\(lock.text)` was taken here", at: lock.span)])
        }
        state.unsure.formUnion(state.held.map(\.lock))
        state.held = []
    }

    private mutating func checkRound(_ head: LockState, _ back: LockState, at span: Span, isRest: Bool) {
        if !isRest { return reportDifference(head, back, at: span) }
        for lock in back.held where !back.unsure.contains(lock.lock) {
            report(
                .lockLeak, "`\(lock.text)` is still held when the process comes to rest", at: lock.span,
                notes: [Note("it comes to rest at the head of this loop", at: span)])
        }
    }
}
