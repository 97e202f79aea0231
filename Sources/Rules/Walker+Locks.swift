import Diagnostics
import Program

extension Walker {
    mutating func execLock(_ statement: Stmt, _ before: LockState) -> LockFlow {
        var state = before
        switch statement.kind {
        case .lock(let place, let mode, nested: let nested):
            let lock = lockCell(place, statement, &state)
            guard mayTake(lock, place, nested, statement, state) else { return LockFlow(falls: state) }
            take(lock, place, mode, statement, &state)
            return LockFlow(falls: state)
        case .tryLock(let place, let mode, otherwise: let otherwise):
            let lock = lockCell(place, statement, &state)
            noteLock(statement.head)
            var flow = exec(otherwise, state)
            if state.holding(lock) == nil { take(lock, place, mode, statement, &state) }
            flow.falls = join([state] + (flow.falls.map { [$0] } ?? []), at: statement.span.closing)
            return flow
        case .unlock(let place):
            let lock = lockCell(place, statement, &state)
            noteLock(statement.head)
            release(lock, place, statement, &state)
            return LockFlow(falls: state)
        case .downgrade(let place):
            noteLock(statement.head)
            let lock = lockCell(place, statement, &state)
            if let index = state.held.firstIndex(where: { $0.lock == lock }) {
                state.held[index].mode = .shared
            } else {
                reportStranger(lock, place, statement, state)
            }
            return LockFlow(falls: state)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .ifElse, .match, .loop, .whileLoop, .each, .choose,
            .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
            .returnValue:
            return LockFlow(falls: state)
        }
    }

    /// The lock, named so that the name stays good; its index may read one shared cell at most besides.
    private mutating func lockCell(_ place: Place, _ statement: Stmt, _ state: inout LockState) -> Cell {
        let (cell, paths) = evalCell(place, &state)
        let access = Access(
            cell: cell, text: program.text(place, scope), isWrite: true, isProtected: false, span: place.span)
        count(paths.then(.one(access)), at: statement.head)
        let indices = cell.indices.map { freeze($0, at: place.span) }
        return Cell(variable: cell.variable, indices: indices, fields: cell.fields)
    }

    // MARK: Taking

    /// Checks a `lock`; false where the lock is held already.
    private mutating func mayTake(
        _ lock: Cell, _ place: Place, _ nested: String?, _ statement: Stmt, _ state: LockState
    ) -> Bool {
        let text = program.text(place, scope)
        if let held = state.holding(lock) {
            report(
                .doubleLock, "`\(text)` is taken here but is held already", at: place.span,
                notes: [Note("it was taken here", at: held.span)])
            return false
        }
        if nested == nil, !isOrdered(lock.variable),
            let other = state.held.first(where: { $0.lock.variable == lock.variable })
        {
            report(
                .missingNested,
                "`\(text)` is taken while `\(other.text)` of the same array is held; two processes may do it crosswise. "
                    + "If they can't, write `nested(\"reason\")`", at: place.span,
                notes: [Note("`\(other.text)` was taken here", at: other.span)])
        }
        noteWait(statement.head)
        if state.held.contains(where: { $0.lock.variable == lock.variable }) {
            noteViolations([.doubleLock], statement.head)
        }
        // What is taken inside one `atomic` is taken at once.
        for held in beginning?.held ?? state.held where !looksAtOrderOnly {
            lockOrder.add(lock, LockOrder.Taking(span: place.span, text: text, held: held, isNested: nested != nil))
        }
        if !isSpinning(lock.variable) { checkSleep(statement, "takes the sleeping lock `\(text)`", state) }
        return true
    }

    private mutating func take(
        _ lock: Cell, _ place: Place, _ mode: LockMode, _ statement: Stmt, _ state: inout LockState
    ) {
        state.held.append(
            HeldLock(lock: lock, mode: mode, span: place.span, text: program.text(place, scope)))
        state.unsure.remove(lock)
    }

    /// Whether the elements of an array of locks have an order in which they can be taken.
    private func isOrdered(_ variable: VariableID) -> Bool {
        program[variable].indexTypes.contains { type in
            switch type {
            case .range, .bits, .int, .rangeOrUnbounded: true
            case .unit, .bool, .domain, .enumeration, .record, .set, .optional, .lock: false
            }
        }
    }

    // MARK: Releasing

    private mutating func release(_ lock: Cell, _ place: Place, _ statement: Stmt, _ state: inout LockState) {
        if state.holding(lock) != nil {
            state.held.removeAll { $0.lock == lock }
        } else if state.unsure.remove(lock) == nil {
            reportStranger(lock, place, statement, state)
        }
        state.released[lock] = statement.span
    }

    private mutating func reportStranger(_ lock: Cell, _ place: Place, _ statement: Stmt, _ state: LockState) {
        if state.unsure.contains(lock) { return }
        let text = program.text(place, scope)
        var notes = state.released[lock].map { [Note("it was released here before", at: $0)] } ?? []
        for other in state.held where other.lock.variable == lock.variable {
            notes.append(
                Note("`\(other.text)` is held, but nothing says that it is the same lock", at: other.span))
        }
        report(.strangerUnlock, "`\(text)` is released here but is not held", at: place.span, notes: notes)
    }

    // MARK: Waiting

    func isSpinning(_ variable: VariableID) -> Bool { program[variable].type == .lock(.spin) }

    /// A statement that waits until others change what it reads.
    mutating func checkWait(_ statement: Stmt, reads: Set<VariableID>, _ state: LockState) {
        if kind != .hardware, !reads.isEmpty, reads.isSubset(of: writers.onlyHardware) {
            let names = reads.sorted().map { "`\(program[$0].name)`" }.joined(separator: ", ")
            report(
                .awaitsHardware,
                "this waits for \(names), which only hardware processes write; their steps are optional, so it may "
                    + "wait for ever", at: statement.head)
        }
        if reads.isDisjoint(with: writers.interrupts) { checkSleep(statement, "waits", state) }
    }

    /// A wait inside `atomic` is one before it: locks that were taken inside are not held meanwhile.
    private mutating func checkSleep(_ statement: Stmt, _ what: String, _ state: LockState) {
        if optionalWaits.contains(statement.id) { return }
        if let beginning, optionalWaits.contains(beginning.statement) { return }
        let held = beginning?.held ?? state.held
        guard let spin = held.first(where: { isSpinning($0.lock.variable) }) else { return }
        report(
            .sleepUnderSpinlock, "this \(what) while the spinlock `\(spin.text)` is held", at: statement.head,
            notes: [Note("`\(spin.text)` was taken here; a `mutex` may be held across a wait", at: spin.span)])
    }
}
