import Program

/// Folds all expressions of the program and drops the statements that can't be reached.
func foldBodies(_ program: inout Program) {
    let folder = Folder(program)
    for index in program.functions.indices {
        program.functions[index].body = folder.fold(program.functions[index].body)
    }
    for index in program.variables.indices {
        program.variables[index].initial = folder.fold(program.variables[index].initial)
        program.variables[index].condition = program.variables[index].condition.map(folder.fold)
        if program.variables[index].condition?.constant == .bool(true) { program.variables[index].condition = nil }
    }
    for index in program.properties.indices {
        program.properties[index].kind = folded(program.properties[index].kind, folder)
    }
    var statements = StatementFolder(folder: folder, statementCount: program.statementCount)
    for index in program.processes.indices {
        program.processes[index].body = statements.foldBody(
            program.processes[index].body, program.processes[index].scope)
    }
    for index in program.handlers.indices {
        program.handlers[index].body = statements.foldBody(program.handlers[index].body, program.handlers[index].scope)
    }
    program.initialization.body = statements.foldBody(program.initialization.body, program.initialization.scope)
    program.statementCount = statements.statementCount
}

private func folded(_ kind: PropertyKind, _ folder: Folder) -> PropertyKind {
    switch kind {
    case .invariant(atRest: let atRest, let list): .invariant(atRest: atRest, list.map(folder.fold))
    case .transition(let list): .transition(list.map(folder.fold))
    case .reachable(let e): .reachable(folder.fold(e))
    case .progress(let e, leadsTo: let goal): .progress(folder.fold(e), leadsTo: folder.fold(goal))
    }
}

/// The locals that are bound once, to a constant, and never assigned.
func constantLocals(of body: Block, _ scope: Scope) -> [LocalID: Value] {
    var result: [LocalID: Value] = [:]
    var seen: Set<LocalID> = []
    body.forEachStatement { statement in
        guard case .bind(let local, let e) = statement.kind else { return }
        let first = seen.insert(local).inserted
        let isMutable = scope.locals.indices.contains(local.raw) ? scope.locals[local.raw].isMutable : true
        result[local] = first && !isMutable ? e.constant : nil
    }
    return result
}
