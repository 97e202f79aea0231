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
}
