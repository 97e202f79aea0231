import Program

/// Marks variables that nothing writes after `init`: reading them is no access.
func markConstants(_ program: inout Program) {
    let running = program.processes.map(\.body)
    let reachable = program.handlersReachable(from: running).map { program[$0].body }
    let written = writtenVariables(running + reachable)
    for index in program.variables.indices where !written.contains(VariableID(index)) {
        let variable = program.variables[index]
        // A cell whose `when` may change is reset without any write.
        if let condition = variable.condition, condition.constant != .bool(true) { continue }
        program.variables[index].isConstant = true
    }
}

/// Variables that hold one constant for ever, the same in every element: neither `init` nor a process writes them.
func knownVariables(_ program: Program) -> [VariableID: Value] {
    let initial = [program.initialization.body]
    let reachable = program.handlersReachable(from: initial).map { program[$0].body }
    let written = writtenVariables(initial + reachable)
    var result: [VariableID: Value] = [:]
    for (index, variable) in program.variables.enumerated() {
        let id = VariableID(index)
        guard variable.isConstant, variable.role != .symbolicConstant, !written.contains(id) else { continue }
        guard variable.condition == nil, !program.hasConditionalFields(variable.type) else { continue }
        if case .lock = variable.type { continue }
        guard let value = variable.initial.constant else { continue }
        // The name of an element in the middle of the code would end the symmetry of its domain.
        if program.domainsNamed(in: value).isEmpty { result[id] = value }
    }
    return result
}

private func writtenVariables(_ bodies: [Block]) -> Set<VariableID> {
    var result: Set<VariableID> = []
    for body in bodies {
        body.forEachStatement { statement in
            if let place = statement.writtenPlace { result.insert(place.variable) }
        }
    }
    return result
}
