extension Program {
    /// Whether a process rests at its start: nothing but local code comes before an outermost loop, where it will rest
    /// again. Local code is no step, so that it is there must not matter.
    public func startsAtRest(_ process: Process) -> Bool {
        for statement in process.body.statements {
            if statement.canRestAtHead { return true }
            if !isLocal(Block([statement], statement.span)) { return false }
        }
        return false
    }

    /// Whether nothing in a block, or in a handler that it calls, is a step, and it comes to its end.
    private func isLocal(_ block: Block) -> Bool {
        var result = true
        block.forEachStatement { statement in
            if statement.role != .local { result = false }
            switch statement.kind {
            case .call(let handler, _, result: _): if !isLocal(self[handler].body) { result = false }
            case .fail: result = false
            case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
                .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
                .atomic, .commit, .assert, .returnValue:
                break
            }
        }
        return result
    }
}

extension Stmt {
    /// Whether it is a `loop` or a `while`: a process rests at the head of an outermost one, but not at an `each`.
    fileprivate var canRestAtHead: Bool {
        switch kind {
        case .loop, .whileLoop: true
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match,
            .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue:
            false
        }
    }
}
