import Program

/// Removes the variables, fields, symbolic constants, writes and bindings that no remaining statement and no property reads.
func removeUnread(_ program: inout Program, keepingCommits: Bool) {
    let liveness = Liveness(program, keepingCommits: keepingCommits)
    for index in program.variables.indices where !liveness.variables.contains(VariableID(index)) {
        program.variables[index].isVanished = true
    }
    for field in cellFields(program) where !liveness.fields.contains(field) {
        program.records[field.record.raw].fields[field.field].isVanished = true
    }
    let remover = UnreadRemover(program: program, liveness: liveness)
    for (owner, body) in Liveness.bodies(program) {
        let kept = remover.kept(body, owner)
        switch owner {
        case .process(let index): program.processes[index].body = remover.withStep(kept, of: body)
        case .handler(let id): program.handlers[id.raw].body = kept
        case .initialization: program.initialization.body = kept
        }
    }
}

/// The fields that are cells of their own: those of plain records in variables that are still there.
private func cellFields(_ program: Program) -> [RecordField] {
    var records: Set<RecordID> = []
    var waiting = program.variables.filter { !$0.isVanished }.map(\.type)
    while let type = waiting.popLast() {
        guard case .record(let id) = type, !program[id].isWord, records.insert(id).inserted else { continue }
        waiting += program[id].fields.map(\.type)
    }
    return records.sorted().flatMap { id in
        program[id].fields.indices.map { RecordField(record: id, field: $0) }
    }
}

private struct UnreadRemover {
    let program: Program
    let liveness: Liveness

    func kept(_ block: Block, _ owner: BodyOwner) -> Block {
        let statements = block.statements.compactMap { statement -> Stmt? in
            if liveness.isKept(statement, owner) { return reduced(statement, owner) }
            return liveness.steps.contains(statement.id) ? statement.asEmptyStep : nil
        }
        return Block(statements, block.span)
    }

    /// A process of which nothing is left still has the step to its end, where that can be told.
    func withStep(_ kept: Block, of body: Block) -> Block {
        guard kept.statements.isEmpty, liveness.tellsSteps, let first = body.statements.first else { return kept }
        return Block([first.asEmptyStep], kept.span)
    }

    private func reduced(_ statement: Stmt, _ owner: BodyOwner) -> Stmt {
        switch statement.kind {
        case .call(let handler, let arguments, result: let result):
            let needed = result.flatMap { liveness.isNeeded($0, owner) ? $0 : nil }
            return statement.with(.call(handler, reduced(arguments, of: handler), result: needed))
        case .commit(let handler, let arguments):
            return statement.with(.commit(handler, reduced(arguments, of: handler)))
        case .readModifyWrite(let result, let place, let operation):
            let needed = result.flatMap { liveness.isNeeded($0, owner) ? $0 : nil }
            return statement.with(.readModifyWrite(needed, place, operation))
        case .returnValue(let e?) where !liveness.keepsResult(e, owner):
            return statement.with(.returnValue(constant(like: e, of: resultType(owner) ?? e.type)))
        case .assign, .assignLocal, .bind, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop,
            .each, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .assert, .fail,
            .returnValue:
            return statement.mapBlocks { kept($0, owner) }
        }
    }

    /// The number of arguments stays; those that nobody reads become constants.
    private func reduced(_ arguments: [Expr], of handler: HandlerID) -> [Expr] {
        let types = program[handler].scope.parameterTypes
        return arguments.enumerated().map { index, argument in
            guard types.indices.contains(index), !liveness.keepsArgument(handler, arguments, index) else {
                return argument
            }
            return constant(like: argument, of: types[index])
        }
    }

    private func resultType(_ owner: BodyOwner) -> Type? {
        guard case .handler(let id) = owner else { return nil }
        return program[id].result
    }

    private func constant(like e: Expr, of type: Type) -> Expr {
        e.constant == nil ? Expr(.constant(program.defaultValue(of: type)), type, e.span) : e
    }
}
