import Diagnostics
import Program

/// What the loops whose rounds belong to one step are told.
extension Walker {
    mutating func noteRead(_ cell: Cell, _ place: Place) {
        if unordered.isEmpty { return }
        note(touch(cell, place, .read))
        noteCondition(of: cell, place)
        noteViolations(program.violations(reading: place), place.span)
    }

    mutating func noteWrite(_ cell: Cell, _ place: Place, _ update: GatheringUpdate?) {
        if unordered.isEmpty { return }
        note(touch(cell, place, .write(update)))
        noteCondition(of: cell, place)
        noteViolations(program.violations(touching: place), place.span)
    }

    private func touch(_ cell: Cell, _ place: Place, _ access: UnorderedLoop.TouchAccess) -> UnorderedLoop.Touch {
        UnorderedLoop.Touch(
            target: .variable(cell.variable), indices: cell.indices,
            path: place.fields.map { .field($0) } + place.inner.map { .inner($0) }, text: program.text(place, scope),
            span: place.span, access: access)
    }

    private mutating func note(_ touch: UnorderedLoop.Touch) {
        for index in unordered.indices { unordered[index].touches.append(touch) }
    }

    /// A cell with `when` is there only while its condition holds, so touching it looks at the condition.
    private mutating func noteCondition(of cell: Cell, _ place: Place) {
        let variable = program[cell.variable]
        guard let condition = variable.condition else { return }
        var state = LockState()
        for (parameter, index) in zip(variable.scope.parameters, cell.indices) { state.locals[parameter] = index }
        inScope(variable.scope) { _ = $0.eval(condition, &state) }
    }

    /// Whether what another cell means depends on the variable.
    func decidesCondition(_ id: VariableID) -> Bool {
        hasCondition(program[id].type)
            || program.variables.contains { variable in
                variable.condition.map { program.sharedReads($0).contains(id) } ?? false
            }
    }

    private func hasCondition(_ type: Type) -> Bool {
        switch type {
        case .record(let id): program[id].fields.contains { $0.condition != nil || hasCondition($0.type) }
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .enumeration, .set, .optional, .lock: false
        }
    }

    // MARK: Locals

    /// A read of a local, which may live longer than a round.
    mutating func noteLocalRead(_ local: LocalID, _ span: Span) { noteLocal(local, [], .read, span) }

    /// An assignment to a local, which may live longer than a round.
    mutating func noteLocalWrite(
        _ local: LocalID, _ path: [InnerField], _ update: GatheringUpdate?, _ span: Span
    ) {
        noteLocal(local, path.map { .inner($0) }, .write(update), span)
    }

    private mutating func noteLocal(
        _ local: LocalID, _ path: [UnorderedLoop.Step], _ access: UnorderedLoop.TouchAccess, _ span: Span
    ) {
        for index in unordered.indices
        where unordered[index].frame == frame && !unordered[index].ownLocals.contains(local) {
            unordered[index].touches.append(
                UnorderedLoop.Touch(
                    target: .local(local), indices: [], path: path, text: scope.name(of: local), span: span,
                    access: access))
        }
    }

    // MARK: Rounds that do not come to their end

    /// A jump to a statement, or a `return` (nil).
    mutating func noteExit(_ target: StmtID?, result: Term?, _ span: Span) {
        for index in unordered.indices where unordered[index].frame == frame {
            if let target, unordered[index].inner.contains(target) { continue }
            unordered[index].exits.append(UnorderedLoop.Exit(target: target, result: result, span: span))
        }
    }

    /// A jump to the next round of a loop.
    mutating func noteContinue(_ target: StmtID, _ span: Span) {
        for index in unordered.indices where unordered[index].frame == frame {
            if unordered[index].id == target || unordered[index].inner.contains(target) { continue }
            unordered[index].exits.append(UnorderedLoop.Exit(target: target, result: nil, span: span))
        }
    }

    mutating func noteWait(_ span: Span) {
        for index in unordered.indices { unordered[index].waits.append(span) }
    }

    mutating func noteCheck(_ name: String, endsStep: Bool, _ span: Span) {
        for index in unordered.indices {
            unordered[index].checks.append(UnorderedLoop.Check(name: name, endsStep: endsStep, span: span))
        }
    }

    /// Violations that need no declaration. A dead cell violates nothing in ghost code.
    mutating func noteViolations(_ all: Set<BuiltinViolation>, _ span: Span) {
        if unordered.isEmpty || all.isEmpty { return }
        for violation in BuiltinViolation.allCases where all.contains(violation) {
            if violation == .useAfterFree {
                if !inGhost { noteCheck(violation.rawValue, endsStep: false, span) }
            } else {
                noteCheck(violation.rawValue, endsStep: true, span)
            }
        }
    }

    /// A value is stored, passed or returned; what does not fit for certain may leave the range.
    mutating func noteStore(_ e: Expr, _ operation: AssignOperation, into type: Type) {
        if unordered.isEmpty { return }
        if program.mayLeaveRange(storing: e, operation, into: type) { noteViolations([.range], e.span) }
    }
}

extension Scope {
    func name(of local: LocalID) -> String { locals.indices.contains(local.raw) ? locals[local.raw].name : "_" }
}
