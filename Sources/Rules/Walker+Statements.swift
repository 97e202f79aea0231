import Diagnostics
import Program

extension Walker {
    mutating func exec(_ statement: Stmt, _ before: LockState) -> LockFlow {
        var state = before
        switch statement.kind {
        case .assign, .assignLocal, .bind, .readModifyWrite, .assert:
            execSimple(statement, &state)
            return LockFlow(falls: state)
        case .call(let handler, let arguments, result: let result):
            return execCall(statement, handler, arguments, result, state)
        case .commit(let handler, let arguments):
            return execGhost(program[handler], arguments, state, at: statement.span)
        case .lock, .unlock, .tryLock, .downgrade: return execLock(statement, state)
        case .ifElse(let condition, let yes, let no):
            count(eval(condition, &state).paths, at: statement.head)
            freezeLocals(&state, at: condition.span)
            return branches([yes, no].map { ($0, state) }, at: statement)
        case .match(let subject, let arms): return execMatch(statement, subject, arms, state)
        case .loop, .whileLoop, .each: return execLoop(statement, state)
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            return execChoose(statement, binders, claimed, otherwise, state)
        case .either(let blocks): return execEither(statement, blocks, state)
        case .await(let condition):
            count(eval(condition, &state).paths, at: statement.span)
            freezeLocals(&state, at: condition.span)
            noteWait(statement.head)
            checkWait(statement, reads: program.sharedReads(condition), state)
            return LockFlow(falls: condition.isFalse ? nil : state)
        case .guardElse(let condition, otherwise: let otherwise):
            count(eval(condition, &state).paths, at: statement.head)
            freezeLocals(&state, at: condition.span)
            var flow = exec(otherwise, state)
            flow.falls = join([state] + (flow.falls.map { [$0] } ?? []), at: statement.span.closing)
            return flow
        case .doBlock(let body): return closing(exec(body, state), statement)
        case .breakOut, .continueLoop, .returnValue, .fail: return execLeaving(statement, state)
        case .atomic(reason: _, let body): return execAtomic(statement, body, state)
        }
    }

    // MARK: Statements without blocks

    private mutating func execSimple(_ statement: Stmt, _ state: inout LockState) {
        switch statement.kind {
        case .assign(let place, let operation, let e):
            let value = eval(e, &state)
            let kind = program.storeKind(place, operation)
            count(
                write(
                    place, kind, gathering: program.gathering(operation, e, of: place.type), value: value, &state,
                    span: statement.span), at: statement.span)
            noteStore(e, operation, into: place.type)
        case .assignLocal(let local, let path, let operation, let e):
            let value = eval(e, &state)
            count(value.paths, at: statement.span)
            let type = program.type(of: path, in: scope.locals[local.raw].type)
            noteLocalWrite(local, path, program.gathering(operation, e, of: type), statement.span)
            noteStore(e, operation, into: type)
            if path.contains(where: \.isPartial) { noteViolations([.noneValue], statement.span) }
            let isCopy = path.isEmpty && operation == .set
            state.locals[local] = isCopy ? freeze(value.term, at: e.span) : freshToken()
        case .bind(let local, let e):
            let value = eval(e, &state)
            count(value.paths, at: statement.span)
            noteStore(e, .set, into: scope.locals[local.raw].type)
            state.locals[local] = freeze(value.term, at: e.span)
        case .readModifyWrite(let local, let place, let operation):
            let parts = operation.operands.map { eval($0, &state) }
            let value = Evaluated(
                term: .node("rmw", parts.map(\.term)), paths: parts.reduce(.free) { $0.then($1.paths) })
            let gathering = local == nil ? program.gathering(operation, of: place.type) : nil
            count(
                write(
                    place, .readModifyWrite, gathering: gathering,
                    value: value, &state, span: statement.span), at: statement.span)
            for e in operation.operands { noteStore(e, operation.stores, into: place.type) }
            if let local { state.locals[local] = freshToken() }
        case .assert(name: let name, let e):
            noteCheck(name, endsStep: false, statement.span)
            count(eval(e, &state).paths, at: statement.span)
        case .call, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop, .each, .choose, .either,
            .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .fail, .returnValue:
            break
        }
    }

    private mutating func execLeaving(_ statement: Stmt, _ before: LockState) -> LockFlow {
        var state = before
        var flow = LockFlow()
        switch statement.kind {
        case .breakOut(let target):
            noteExit(target, result: nil, statement.span)
            flow.breaks = [LockJump(target: target, state: state, span: statement.span)]
        case .fail(name: let name, _): noteCheck(name, endsStep: true, statement.span)
        case .continueLoop(let target):
            noteContinue(target, statement.span)
            flow.continues = [LockJump(target: target, state: state, span: statement.span)]
        case .returnValue(let e):
            let value = e.map { eval($0, &state) }
            if let value { count(value.paths, at: statement.span) }
            let result = value.map { freeze($0.term, at: statement.span) }
            noteExit(nil, result: result, statement.span)
            flow.returns = [LockReturn(state: state, span: statement.span, result: result)]
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .atomic, .commit, .assert:
            break
        }
        return flow
    }

    private mutating func execAtomic(_ statement: Stmt, _ body: Block, _ state: LockState) -> LockFlow {
        let outer = (loopDepth, beginning)
        loopDepth = nil
        atomicDepth += 1
        beginning = beginning ?? StepBeginning(statement: statement.id, held: state.held)
        let flow = exec(body, state)
        atomicDepth -= 1
        (loopDepth, beginning) = outer
        return flow
    }

    // MARK: Branches

    /// Several ways that meet behind the statement.
    mutating func branches(_ ways: [(Block, LockState)], at statement: Stmt) -> LockFlow {
        var flow = LockFlow()
        var ends: [LockState] = []
        for (block, state) in ways {
            let inner = exec(block, state)
            if let end = inner.falls { ends.append(end) }
            flow.addLeaving(inner)
        }
        flow.falls = join(ends, at: statement.span.closing)
        return flow
    }

    private mutating func execMatch(
        _ statement: Stmt, _ subject: Expr, _ arms: [Arm], _ before: LockState
    ) -> LockFlow {
        var state = before
        let value = eval(subject, &state)
        count(value.paths, at: statement.head)
        let term = freeze(value.term, at: subject.span)
        var ways: [(Block, LockState)] = []
        for arm in arms {
            var inside = state
            bind(arm.pattern, term, &inside)
            ways.append((arm.body, inside))
        }
        return branches(ways, at: statement)
    }

    private mutating func execEither(_ statement: Stmt, _ blocks: [Block], _ state: LockState) -> LockFlow {
        let first = blocks.map { program.firstStatement($0) }
        let mayGoOn = first.contains { $0.map { !program.isWait($0) } ?? true }
        let added = mayGoOn ? first.compactMap { $0?.id }.filter { !optionalWaits.contains($0) } : []
        optionalWaits.formUnion(added)
        let flow = branches(blocks.map { ($0, state) }, at: statement)
        optionalWaits.subtract(added)
        return flow
    }

    /// Ways that break out of the statement go on behind it.
    func closing(_ flow: LockFlow, _ statement: Stmt, extra: [LockState] = []) -> (LockFlow, [LockState]) {
        var result = flow
        let leaving = flow.breaks.filter { $0.target == statement.id }.map(\.state)
        result.breaks.removeAll { $0.target == statement.id }
        result.continues.removeAll { $0.target == statement.id }
        return (result, leaving + extra)
    }

    private mutating func closing(_ flow: LockFlow, _ statement: Stmt) -> LockFlow {
        let (rest, leaving) = closing(flow, statement, extra: flow.falls.map { [$0] } ?? [])
        var result = rest
        result.falls = join(leaving, at: statement.span.closing)
        return result
    }

    // MARK: Choices

    private mutating func execChoose(
        _ statement: Stmt, _ binders: [Binder], _ claimed: [Stmt], _ otherwise: Block?, _ before: LockState
    ) -> LockFlow {
        var state = before
        var paths = evalBinders(binders, &state)
        if otherwise != nil { checkElse(binders, paths, statement, &state) }
        for part in claimed {
            guard case .assign(let place, _, let e) = part.kind else { continue }
            let value = eval(e, &state)
            let before = Evaluated(term: value.term, paths: paths.then(value.paths))
            paths = write(place, .claim, value: before, &state, span: part.span)
            noteStore(e, .set, into: place.type)
        }
        count(paths, at: statement.head)
        freezeLocals(&state, at: statement.span)
        let reads = binders.flatMap(\.expressions).reduce(into: Set()) { $0.formUnion(program.sharedReads($1)) }
        let isEmpty = binders.contains { $0.condition?.isFalse == true || program.isEmpty($0.set) }
        guard let otherwise else {
            if !binders.allSatisfy({ $0.condition == nil && program.isFilled($0.set) }) { noteWait(statement.head) }
            if isEmpty || !reads.isEmpty || !claimed.isEmpty { checkWait(statement, reads: reads, state) }
            return LockFlow(falls: isEmpty ? nil : state)
        }
        var flow = exec(otherwise, before)
        flow.falls = join((isEmpty ? [] : [state]) + (flow.falls.map { [$0] } ?? []), at: statement.span.closing)
        return flow
    }

    /// Patterns in the head may have bound locals to contents of cells.
    mutating func freezeLocals(_ state: inout LockState, at span: Span) {
        for local in state.locals.keys.sorted() {
            guard let term = state.locals[local], !term.cells.isEmpty else { continue }
            state.locals[local] = freeze(term, at: span)
        }
    }

    /// `else` says that no element qualifies: unprotected cells of several elements are no one access.
    private mutating func checkElse(
        _ binders: [Binder], _ first: Paths, _ statement: Stmt, _ state: inout LockState
    ) {
        if inAtomic || first.conflict != nil { return }
        let other = evalBinders(binders, &state)
        guard let conflict = first.then(other).conflict else { return }
        let access = conflict.first.isProtected ? conflict.second : conflict.first
        if access.isProtected { return }
        report(
            .twoAccesses,
            "`else` speaks about all elements, and `\(access.text)` of the others may change; "
                + "it needs a lock or `atomic`", at: statement.head, notes: [Note("it is read here", at: access.span)])
    }
}
