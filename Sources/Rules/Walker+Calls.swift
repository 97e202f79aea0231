import Diagnostics
import Program

extension Walker {
    /// Calls nest at most this deep. Handlers do not recurse, so only a chain of as many handlers gets here.
    static let deepestCall = 256

    mutating func execCall(
        _ statement: Stmt, _ id: HandlerID, _ arguments: [Expr], _ result: LocalID?, _ before: LockState
    ) -> LockFlow {
        let handler = program[id]
        if handler.isGhost { return execGhost(handler, arguments, before, at: statement.span) }
        var state = before
        var inside = state
        inside.locals = [:]
        var paths = Paths.free
        for (parameter, argument) in zip(handler.scope.parameters, arguments) {
            let value = eval(argument, &state)
            paths = paths.then(value.paths)
            inside.locals[parameter] = freeze(value.term, at: argument.span)
            noteStore(argument, .set, into: handler.scope.locals[parameter.raw].type)
        }
        count(paths, at: statement.span)
        guard calls.count < Self.deepestCall else { return LockFlow(falls: state) }
        let expected = expectedLocks(handler, inside)
        let ends = execBody(handler, statement, inside, expected)
        guard var after = joinReturns(ends, expected, statement) else { return LockFlow() }
        after.locals = state.locals
        if let result { after.locals[result] = commonResult(ends) ?? freshToken() }
        return LockFlow(falls: after)
    }

    /// The ways in which the body comes back.
    private mutating func execBody(
        _ handler: Handler, _ statement: Stmt, _ inside: LockState, _ expected: [HeldLock]
    ) -> [LockReturn] {
        let outer = loopDepth
        loopDepth = nil
        calls.append(statement.span)
        let flow = inScope(handler.scope) { $0.exec(handler.body, inside) }
        noteReturns(handler)
        var ends = flow.returns
        if let end = flow.falls { ends.append(LockReturn(state: end, span: handler.body.span.closing, result: nil)) }
        for end in ends { checkReturn(handler, end, expected) }
        calls.removeLast()
        loopDepth = outer
        return ends
    }

    /// What is returned may not fit.
    private mutating func noteReturns(_ handler: Handler) {
        if unordered.isEmpty { return }
        handler.body.forEachStatement { statement in
            if case .returnValue(let e?) = statement.kind { noteStore(e, .set, into: handler.result) }
        }
    }

    /// A ghost handler matters to the loops around only. Its own loops are looked at once for each handler.
    mutating func execGhost(
        _ handler: Handler, _ arguments: [Expr], _ before: LockState, at span: Span
    ) -> LockFlow {
        guard !unordered.isEmpty, calls.count < Self.deepestCall else { return LockFlow(falls: before) }
        var state = before
        var inside = state
        inside.locals = [:]
        for (parameter, argument) in zip(handler.scope.parameters, arguments) {
            inside.locals[parameter] = freeze(eval(argument, &state).term, at: argument.span)
            noteStore(argument, .set, into: handler.scope.locals[parameter.raw].type)
        }
        calls.append(span)
        _ = watch(handler, inside)
        calls.removeLast()
        return LockFlow(falls: before)
    }

    /// The locks that the caller holds when the handler is back: those that it held, and those of `holding`.
    private mutating func expectedLocks(_ handler: Handler, _ inside: LockState) -> [HeldLock] {
        var state = inside
        var result = inside.held
        for holding in handler.holding {
            let lock = inScope(handler.scope) { $0.evalCell(holding.place, &state).0 }
            let text = program.text(holding.place, handler.scope)
            result.removeAll { $0.lock == lock }
            result.append(HeldLock(lock: lock, mode: holding.mode, span: holding.place.span, text: text))
        }
        return result
    }

    private mutating func checkReturn(_ handler: Handler, _ end: LockReturn, _ expected: [HeldLock]) {
        let held = end.state.held
        for lock in held where !end.state.unsure.contains(lock.lock) {
            let promised = expected.first { $0.lock == lock.lock }
            if promised?.mode == lock.mode { continue }
            let message =
                promised == nil
                ? "`\(handler.name)` returns here and holds `\(lock.text)`; say so with `holding \(lock.text)`, or "
                    + "release it"
                : "`\(handler.name)` returns here and holds `\(lock.text)` in another mode than its caller expects"
            report(.lockLeak, message, at: end.span, notes: [Note("`\(lock.text)` was taken here", at: lock.span)])
        }
        for lock in expected
        where end.state.holding(lock.lock) == nil && !end.state.unsure.contains(lock.lock) {
            var notes = [Note("its caller expects it because of this", at: lock.span)]
            if let span = end.state.released[lock.lock] { notes.append(Note("it was released here", at: span)) }
            report(
                .lockLeak, "`\(handler.name)` returns here and does not hold `\(lock.text)`", at: end.span,
                notes: notes)
        }
    }

    /// All ways back hold the expected locks, or were reported.
    private func joinReturns(_ ends: [LockReturn], _ expected: [HeldLock], _ statement: Stmt) -> LockState? {
        guard var result = ends.first?.state else { return nil }
        for end in ends.dropFirst() {
            result.unsure.formUnion(end.state.unsure)
            result.released.merge(end.state.released) { first, _ in first }
        }
        let actual = result.held
        result.held = expected.map { lock in
            guard let held = actual.first(where: { $0.lock == lock.lock && $0.mode == lock.mode }) else { return lock }
            return held
        }
        result.unsure.subtract(expected.map(\.lock))
        return result
    }

    /// The result, where all ways back give the same.
    private func commonResult(_ ends: [LockReturn]) -> Term? {
        guard let first = ends.first?.result, ends.allSatisfy({ $0.result == first }) else { return nil }
        return first
    }
}
