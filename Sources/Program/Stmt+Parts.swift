/// The parts of a statement: what its head evaluates, what it writes, which blocks it contains.
extension Stmt {
    /// The expressions that the head evaluates, in order; those of indices of written and locked places included.
    public var headExpressions: [Expr] {
        switch kind {
        case .assign(let place, _, let e): place.indices + [e]
        case .assignLocal(_, _, _, let e), .bind(_, let e), .await(let e), .assert(name: _, let e): [e]
        case .readModifyWrite(_, let place, let operation): place.indices + operation.operands
        case .call(_, let arguments, result: _), .commit(_, let arguments): arguments
        case .lock(let place, _, nested: _), .unlock(let place), .downgrade(let place),
            .tryLock(let place, _, otherwise: _):
            place.indices
        case .ifElse(let e, _, _), .whileLoop(let e, _), .match(let e, _), .each(_, set: let e, todo: _, _),
            .guardElse(let e, otherwise: _):
            [e]
        case .loop(atMost: let bound, counter: _, _): bound.map { [$0] } ?? []
        case .choose(let binders, then: _, otherwise: _): binders.flatMap(\.expressions)
        case .returnValue(let e): e.map { [$0] } ?? []
        case .either, .doBlock, .breakOut, .continueLoop, .atomic, .fail: []
        }
    }

    /// The blocks directly inside. The `then` of a `choose` is no block: it belongs to the head.
    public var blocks: [Block] {
        switch kind {
        case .ifElse(_, let a, let b): [a, b]
        case .match(_, let arms): arms.map(\.body)
        case .loop(atMost: _, counter: _, let body), .whileLoop(_, let body), .each(_, set: _, todo: _, let body),
            .doBlock(let body), .atomic(reason: _, let body):
            [body]
        case .either(let branches): branches
        case .tryLock(_, _, let otherwise), .guardElse(_, let otherwise): [otherwise]
        case .choose(_, then: _, let otherwise): otherwise.map { [$0] } ?? []
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .await, .breakOut,
            .continueLoop, .commit, .assert, .fail, .returnValue:
            []
        }
    }

    /// The place that the head itself writes; lock statements write their lock. The `then` of a `choose` is not looked at.
    public var writtenPlace: Place? {
        switch kind {
        case .assign(let place, _, _), .readModifyWrite(_, let place, _), .lock(let place, _, nested: _),
            .unlock(let place), .downgrade(let place), .tryLock(let place, _, otherwise: _):
            place
        case .assignLocal, .bind, .call, .ifElse, .match, .loop, .whileLoop, .each, .choose, .either, .await,
            .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail, .returnValue:
            nil
        }
    }

    /// The handler that it calls or commits.
    public var calledHandler: HandlerID? {
        switch kind {
        case .call(let id, _, result: _), .commit(let id, _): id
        case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic,
            .assert, .fail, .returnValue:
            nil
        }
    }

    /// The statements directly inside: those of its blocks and of the `then` of a `choose`.
    public var innerStatements: [Stmt] {
        let inBlocks = blocks.flatMap(\.statements)
        if case .choose(_, then: let claimed, otherwise: _) = kind { return claimed + inBlocks }
        return inBlocks
    }
}

extension Block {
    /// All statements at any depth, outer ones first, in textual order. Called handlers are not entered.
    public func forEachStatement(_ visit: (Stmt) -> Void) {
        for statement in statements { statement.forEachStatement(visit) }
    }
}

extension Stmt {
    fileprivate func forEachStatement(_ visit: (Stmt) -> Void) {
        visit(self)
        for inner in innerStatements { inner.forEachStatement(visit) }
    }
}

extension ReadModifyWrite {
    public var operands: [Expr] {
        switch self {
        case .exchange(let e), .fetchAdd(let e): [e]
        case .compareExchange(let expected, let new): [expected, new]
        }
    }

    public func map(_ change: (Expr) -> Expr) -> ReadModifyWrite {
        switch self {
        case .exchange(let e): .exchange(change(e))
        case .compareExchange(let expected, let new): .compareExchange(expected: change(expected), new: change(new))
        case .fetchAdd(let e): .fetchAdd(change(e))
        }
    }
}

extension Stmt {
    /// The same statement with nothing left of it but its step.
    public var asEmptyStep: Stmt {
        Stmt(id: id, .atomic(reason: "", Block([], span)), span, role: .access)
    }

    /// Whether nothing is in it but a step. It claims nothing, so it needs no reason.
    public var isEmptyStep: Bool {
        guard case .atomic(let reason, let body) = kind else { return false }
        return reason.isEmpty && body.statements.isEmpty
    }
}
