import Diagnostics
import Program

/// Ghost state may watch, and nothing else: no ghost value steers ordinary code, no ghost handler changes ordinary state.
func checkGhostFlow(_ program: Program) -> [Diagnostic] {
    var checker = GhostChecker(program: program)
    for process in program.processes { checker.check(process.body, process.scope, result: nil) }
    for handler in program.handlers {
        if handler.isGhost {
            checker.checkGhost(handler)
        } else {
            checker.check(handler.body, handler.scope, result: handler)
        }
    }
    return checker.diagnostics
}

private struct GhostChecker {
    let program: Program
    private(set) var diagnostics: [Diagnostic] = []
    /// Locals of the body at hand that carry ghost values.
    private var tainted: Set<LocalID> = []
    private var scope = Scope()

    init(program: Program) { self.program = program }

    // MARK: Ordinary code

    mutating func check(_ body: Block, _ scope: Scope, result: Handler?) {
        self.scope = scope
        tainted = []
        spread(body)
        for statement in body.allStatements { check(statement, result) }
    }

    /// Locals that are bound to ghost values carry them on.
    private mutating func spread(_ body: Block) {
        var before = -1
        while before != tainted.count {
            before = tainted.count
            for statement in body.allStatements {
                switch statement.kind {
                case .bind(let local, let e), .assignLocal(let local, _, _, let e):
                    if ghostPart(e) != nil { tainted.insert(local) }
                case .assign, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop,
                    .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
                    .atomic, .commit, .assert, .fail, .returnValue:
                    break
                }
                for e in statement.headExpressions { spread(e) }
            }
        }
    }

    private mutating func spread(_ e: Expr) {
        if case .matches(let subject, let pattern) = e.kind, ghostPart(subject) != nil {
            tainted.formUnion(pattern.boundLocals)
        }
        for child in e.children { spread(child) }
    }

    private mutating func check(_ statement: Stmt, _ result: Handler?) {
        switch statement.kind {
        case .ifElse(let e, _, _), .match(let e, _), .guardElse(let e, otherwise: _): steers(e, "decides a branch")
        case .whileLoop(let e, _), .loop(atMost: let e?, counter: _, _), .each(_, set: let e, todo: _, _):
            steers(e, "decides how often a loop runs")
        case .choose(let binders, then: _, otherwise: _):
            for e in binders.flatMap(\.expressions) { steers(e, "decides a choice") }
        case .await(let e): steers(e, "decides how long this waits")
        case .assign(let place, _, let e):
            guard program[place.variable].role != .ghost else { return }
            for index in place.indices { steers(index, "is an index") }
            steers(e, "is stored in `\(program.text(place, scope))`, which is not ghost")
        case .readModifyWrite(_, let place, let operation):
            guard program[place.variable].role != .ghost else { return }
            for index in place.indices { steers(index, "is an index") }
            for e in operation.operands {
                steers(e, "is stored in `\(program.text(place, scope))`, which is not ghost")
            }
        case .lock(let place, _, nested: _), .unlock(let place), .downgrade(let place),
            .tryLock(let place, _, otherwise: _):
            for index in place.indices { steers(index, "is the index of a lock") }
        case .call(let handler, let arguments, result: _):
            guard !program[handler].isGhost else { return }
            for e in arguments { steers(e, "is an argument of `\(program[handler].name)`, which is not ghost") }
        case .returnValue(let e?): if let result { steers(e, "is the result of `\(result.name)`, which is not ghost") }
        case .bind(_, let e), .assignLocal(_, _, _, let e): indicesSteer(e)
        case .loop(atMost: nil, counter: _, _), .returnValue(nil), .either, .doBlock, .breakOut, .continueLoop, .atomic,
            .commit, .assert, .fail:
            break
        }
    }

    private mutating func steers(_ e: Expr, _ what: String) {
        guard let (name, span) = ghostPart(e) else { return }
        diagnostics.append(
            Diagnostic(.ghostSteers, "ghost value `\(name)` \(what); ghost state must not change behaviour", at: span))
    }

    /// A ghost index into ordinary state decides what is read.
    private mutating func indicesSteer(_ e: Expr) {
        if case .read(let place, racy: _) = e.kind, program.isShared(place.variable) {
            for index in place.indices { steers(index, "is an index") }
        }
        for child in e.children { indicesSteer(child) }
    }

    /// The first ghost value that an expression reads.
    private func ghostPart(_ e: Expr) -> (String, Span)? {
        if case .read(let place, racy: _) = e.kind, program[place.variable].role == .ghost {
            return (program.text(place, scope), e.span)
        }
        if case .local(let id) = e.kind, tainted.contains(id) {
            return (scope.locals.indices.contains(id.raw) ? scope.locals[id.raw].name : "_", e.span)
        }
        if case .call(let function, _) = e.kind, readsGhost(program[function].body) {
            return (program[function].name + "(…)", e.span)
        }
        for child in e.children {
            if let found = ghostPart(child) { return found }
        }
        return nil
    }

    private func readsGhost(_ e: Expr) -> Bool {
        if case .read(let place, racy: _) = e.kind, program[place.variable].role == .ghost { return true }
        if case .call(let function, _) = e.kind, readsGhost(program[function].body) { return true }
        return e.children.contains { readsGhost($0) }
    }

    // MARK: Ghost handlers

    mutating func checkGhost(_ handler: Handler) {
        scope = handler.scope
        for statement in handler.body.allStatements { checkGhost(statement, handler) }
    }

    private mutating func checkGhost(_ statement: Stmt, _ handler: Handler) {
        switch statement.kind {
        case .assign(let place, _, _), .readModifyWrite(_, let place, _):
            if program[place.variable].role == .ghost { return }
            misbehaves(handler, "writes `\(program.text(place, scope))`, which is not ghost", place.span)
        case .lock, .unlock, .tryLock, .downgrade: misbehaves(handler, "uses a lock", statement.head)
        case .await: misbehaves(handler, "waits", statement.head)
        case .choose, .either: misbehaves(handler, "makes a choice", statement.head)
        case .atomic: misbehaves(handler, "contains `atomic`; it belongs to one step anyway", statement.head)
        case .call(let id, _, result: _), .commit(let id, _):
            if program[id].isGhost { return }
            misbehaves(handler, "calls `\(program[id].name)`, which is not ghost", statement.span)
        case .assignLocal, .bind, .ifElse, .match, .loop, .whileLoop, .each, .guardElse, .doBlock, .breakOut,
            .continueLoop, .assert, .fail, .returnValue:
            break
        }
    }

    private mutating func misbehaves(_ handler: Handler, _ what: String, _ span: Span) {
        diagnostics.append(
            Diagnostic(
                .ghostWritesReal, "the ghost handler `\(handler.name)` \(what); ghost code only watches", at: span,
                notes: [Note("`\(handler.name)` is ghost", at: handler.span.keyword(5))]))
    }
}

extension Block {
    /// All statements at any depth, outer ones first.
    fileprivate var allStatements: [Stmt] {
        var result: [Stmt] = []
        forEachStatement { result.append($0) }
        return result
    }
}
