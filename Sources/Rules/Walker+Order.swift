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

    /// How what other cells mean depends on a variable.
    func dependence(on id: VariableID) -> Dependence {
        var result: Dependence = hasCondition(program[id].type) ? .oneElement : .none
        for variable in program.variables {
            guard let condition = variable.condition, program.sharedReads(condition).contains(id) else { continue }
            result = max(result, readsOneElement(condition, of: id, variable.scope) ? .oneElement : .manyElements)
        }
        return result
    }

    /// Whether a condition reads a variable at one parameter of its own only: then a cell depends on one element.
    private func readsOneElement(_ condition: Expr, of id: VariableID, _ scope: Scope) -> Bool {
        var indices: Set<[LocalID]> = []
        var isKnown = true
        _ = condition.contains { part in
            if case .call(let function, _) = part.kind, program.sharedReads(program[function].body).contains(id) {
                isKnown = false
            }
            guard case .read(let place, racy: _) = part.kind, place.variable == id else { return false }
            let parameters = place.indices.compactMap { index -> LocalID? in
                if case .local(let local) = index.kind, scope.parameters.contains(local) { return local }
                return nil
            }
            if parameters.count != place.indices.count || parameters.isEmpty { isKnown = false }
            indices.insert(parameters)
            return false
        }
        return isKnown && indices.count == 1
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
            unordered[index].exits.append(
                UnorderedLoop.Exit(target: target, goesOn: true, result: nil, span: span))
        }
    }

    /// A lock changes hands. Rounds come back with the same locks, but not those that leave the loop.
    mutating func noteLock(_ span: Span) {
        for index in unordered.indices { unordered[index].locks.append(span) }
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

/// How the conditions of cells depend on a variable.
enum Dependence: Comparable {
    case none
    /// Each on the element that its own index names.
    case oneElement
    case manyElements
}

extension Scope {
    func name(of local: LocalID) -> String { locals.indices.contains(local.raw) ? locals[local.raw].name : "_" }
}
