import Program

/// Who writes which variable.
struct Writers {
    /// Variables that hardware writes, and nobody else.
    let onlyHardware: Set<VariableID>
    /// Variables that a daemon or hardware process writes that takes no lock: waiting for it is spinning, not sleeping.
    ///
    /// That is how a CPU waits for interrupts of others while it holds a spinlock.
    let interrupts: Set<VariableID>

    init(_ program: Program) {
        var hardware: Set<VariableID> = []
        var others: Set<VariableID> = []
        var interrupts: Set<VariableID> = []
        for process in program.processes {
            let summary = BodySummary(process.body, program)
            if process.kind == .hardware {
                hardware.formUnion(summary.written)
            } else {
                others.formUnion(summary.written)
            }
            if process.kind != .ordinary, !summary.takesLock { interrupts.formUnion(summary.written) }
        }
        self.onlyHardware = hardware.subtracting(others)
        self.interrupts = interrupts
    }
}

/// What a body does, the handlers that it calls included.
private struct BodySummary {
    var written: Set<VariableID> = []
    var takesLock = false
    private var entered: Set<HandlerID> = []

    init(_ body: Block, _ program: Program) {
        var waiting = [body]
        while let block = waiting.popLast() {
            block.forEachStatement { statement in
                if let handler = statement.calledHandler, entered.insert(handler).inserted {
                    waiting.append(program[handler].body)
                }
                if let place = statement.writtenPlace { written.insert(place.variable) }
                switch statement.kind {
                case .lock, .tryLock: takesLock = true
                case .assign, .assignLocal, .bind, .readModifyWrite, .call, .unlock, .downgrade, .ifElse, .match,
                    .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
                    .atomic, .commit, .assert, .fail, .returnValue:
                    break
                }
            }
        }
    }
}

extension Program {
    /// The shared variables that an expression reads, called functions included.
    func sharedReads(_ e: Expr) -> Set<VariableID> {
        var result: Set<VariableID> = []
        if case .read(let place, racy: _) = e.kind, isShared(place.variable) { result.insert(place.variable) }
        if case .call(let function, _) = e.kind { result.formUnion(sharedReads(self[function].body)) }
        for child in e.children { result.formUnion(sharedReads(child)) }
        return result
    }
}
