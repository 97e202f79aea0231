extension Program {
    /// Only the theorems: a program in which nothing ever happens, with an initial state for all values of the parameters
    /// of all theorems.
    public var onlyTheorems: Program {
        var program = self
        program.processes = []
        program.initialization = Initialization(scope: Scope(), body: Block([], initialization.body.span))
        program.properties = theorems.map(\.property)
        program.theorems = []
        let parameters = Set(theorems.flatMap(\.parameters))
        for index in program.variables.indices {
            let isConstant = program.variables[index].role == .symbolicConstant
            program.variables[index].isVanished =
                !parameters.contains(VariableID(index)) && (!isConstant || program.variables[index].isVanished)
        }
        return program
    }

    /// Whether the symbolic constants have too many values to try them in turn.
    public var hasEndlessConstants: Bool {
        var combinations = 1
        for variable in variables where variable.role == .symbolicConstant && !variable.isVanished {
            guard let values = allValues(of: variable.type, limit: 1 << 16)?.count else { return true }
            let elements = variable.indexTypes.reduce(1) { $0 * (allValues(of: $1)?.count ?? 0) }
            for _ in 0..<elements {
                combinations *= max(1, values)
                if combinations > Self.mostConstants { return true }
            }
        }
        return false
    }

    private static let mostConstants = 1 << 22

    /// Whether something is chosen among too many values to try them in turn.
    public var choosesWidely: Bool {
        var result = false
        let bodies = processes.map(\.body) + handlers.map(\.body) + [initialization.body]
        for body in bodies {
            body.forEachStatement { statement in
                guard case .choose(let binders, then: _, otherwise: _) = statement.kind else { return }
                for binder in binders {
                    if case .allOf(let type) = binder.set.kind, allValues(of: type, limit: 1 << 16) == nil {
                        result = true
                    }
                }
            }
        }
        return result
    }
}
