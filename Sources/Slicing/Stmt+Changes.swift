import Program

extension Stmt {
    func with(_ kind: StmtKind) -> Stmt { Stmt(id: id, kind, span, role: role) }

    /// The same statement with each expression of its head replaced; its blocks stay.
    func mapHead(_ change: (Expr) -> Expr) -> Stmt {
        switch kind {
        case .assign(let place, let operation, let e): with(.assign(place.mapIndices(change), operation, change(e)))
        case .assignLocal(let local, let path, let operation, let e):
            with(.assignLocal(local, path, operation, change(e)))
        case .bind(let local, let e): with(.bind(local, change(e)))
        case .readModifyWrite(let local, let place, let operation):
            with(.readModifyWrite(local, place.mapIndices(change), operation.map(change)))
        case .call(let handler, let arguments, result: let result):
            with(.call(handler, arguments.map(change), result: result))
        case .commit(let handler, let arguments): with(.commit(handler, arguments.map(change)))
        case .lock(let place, let mode, nested: let nested): with(.lock(place.mapIndices(change), mode, nested: nested))
        case .unlock(let place): with(.unlock(place.mapIndices(change)))
        case .downgrade(let place): with(.downgrade(place.mapIndices(change)))
        case .tryLock(let place, let mode, otherwise: let otherwise):
            with(.tryLock(place.mapIndices(change), mode, otherwise: otherwise))
        case .ifElse(let e, let yes, let no): with(.ifElse(change(e), yes, no))
        case .match(let e, let arms): with(.match(change(e), arms))
        case .loop(atMost: let bound, counter: let counter, let body):
            with(.loop(atMost: bound.map(change), counter: counter, body))
        case .whileLoop(let e, let body): with(.whileLoop(change(e), body))
        case .each(let local, set: let set, todo: let todo, let body):
            with(.each(local, set: change(set), todo: todo, body))
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            with(.choose(binders.map { $0.map(change) }, then: claimed, otherwise: otherwise))
        case .await(let e): with(.await(change(e)))
        case .guardElse(let e, otherwise: let otherwise): with(.guardElse(change(e), otherwise: otherwise))
        case .assert(name: let name, let e): with(.assert(name: name, change(e)))
        case .returnValue(let e): with(.returnValue(e.map(change)))
        case .either, .doBlock, .breakOut, .continueLoop, .atomic, .fail: self
        }
    }

    /// The same statement with each block replaced.
    func mapBlocks(_ change: (Block) -> Block) -> Stmt {
        switch kind {
        case .ifElse(let e, let yes, let no): with(.ifElse(e, change(yes), change(no)))
        case .match(let e, let arms):
            with(.match(e, arms.map { Arm(pattern: $0.pattern, body: change($0.body)) }))
        case .loop(atMost: let bound, counter: let counter, let body):
            with(.loop(atMost: bound, counter: counter, change(body)))
        case .whileLoop(let e, let body): with(.whileLoop(e, change(body)))
        case .each(let local, set: let set, todo: let todo, let body):
            with(.each(local, set: set, todo: todo, change(body)))
        case .doBlock(let body): with(.doBlock(change(body)))
        case .atomic(reason: let reason, let body): with(.atomic(reason: reason, change(body)))
        case .either(let branches): with(.either(branches.map(change)))
        case .tryLock(let place, let mode, otherwise: let otherwise):
            with(.tryLock(place, mode, otherwise: change(otherwise)))
        case .guardElse(let e, otherwise: let otherwise): with(.guardElse(e, otherwise: change(otherwise)))
        case .choose(let binders, then: let then, otherwise: let otherwise):
            with(.choose(binders, then: then, otherwise: otherwise.map(change)))
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .await, .breakOut,
            .continueLoop, .commit, .assert, .fail, .returnValue:
            self
        }
    }

    /// Whether control may reach the statement behind it. Constant conditions count; called handlers are not looked into.
    var mayComplete: Bool {
        switch kind {
        case .breakOut, .continueLoop, .fail, .returnValue: false
        case .await(let e): !e.isFalse
        case .ifElse(_, let yes, let no): yes.mayComplete || no.mayComplete
        case .match(_, let arms): arms.contains { $0.body.mayComplete }
        case .loop(atMost: let bound, counter: _, let body): bound != nil || body.breaksOut(of: id)
        case .whileLoop(let condition, let body): !condition.isTrue || body.breaksOut(of: id)
        case .doBlock(let body): body.mayComplete || body.breaksOut(of: id)
        case .atomic(reason: _, let body): body.mayComplete
        case .either(let branches): branches.contains { $0.mayComplete }
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .each,
            .choose, .guardElse, .commit, .assert:
            true
        }
    }
}

extension Block {
    var mayComplete: Bool { statements.allSatisfy(\.mayComplete) }

    fileprivate func breaksOut(of id: StmtID) -> Bool {
        var result = false
        forEachStatement { statement in
            if case .breakOut(id) = statement.kind { result = true }
        }
        return result
    }
}
