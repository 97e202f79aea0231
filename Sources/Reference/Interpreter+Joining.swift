import Program

extension Interpreter {
    /// Whether an engine may have joined the next step of an instance to the one before: it releases a lock, or reads
    /// and writes nothing shared. This keeps the search for a way through joined steps narrow.
    public func isJoinable(_ instance: ProcessInstance, in state: State) -> Bool {
        guard let id = controlPoint(of: instance, in: state)?.statement,
            let statement = tables.statements[id]?.statement
        else { return false }
        switch statement.kind {
        case .unlock, .assignLocal, .bind, .call, .ifElse, .match, .loop, .whileLoop, .guardElse, .doBlock, .assert,
            .returnValue:
            return true
        case .assign, .readModifyWrite, .lock, .tryLock, .downgrade, .each, .choose, .either, .await, .breakOut,
            .continueLoop, .atomic, .commit, .fail:
            return false
        }
    }
}
