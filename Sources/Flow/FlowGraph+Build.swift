import Diagnostics
import Program

extension FlowGraph {
    /// The graph of a process. The cost grows with the number of statements after inlining.
    ///
    /// With `tellingCommits` the nodes of commits name their handlers, and bind all arguments.
    ///
    /// Throws FL0216 for a loop without a constant bound inside `atomic`.
    public static func build(
        _ process: Process, in program: Program, tellingCommits: Bool = false
    ) throws(Diagnostic) -> FlowGraph {
        var builder = FlowBuilder(program, indexCount: process.scope.parameterCount)
        builder.tellsCommits = tellingCommits
        var context = FlowBuilder.Context()
        let graph = try builder.finish(process.scope, process.body, &context)
        return graph.analyzed(program)
    }

    /// The graph of `init`: all of it is one step.
    public static func build(initializationOf program: Program) throws(Diagnostic) -> FlowGraph {
        var builder = FlowBuilder(program, indexCount: 0)
        var context = FlowBuilder.Context()
        context.isInside = true
        let initialization = program.initialization
        let graph = try builder.finish(initialization.scope, initialization.body, &context)
        return graph.analyzed(program)
    }

    private func analyzed(_ program: Program) -> FlowGraph {
        var result = self
        let definitions = Definitions(graph: result, program: program)
        result.definitions = definitions
        var locks = HeldLockAnalysis(graph: result, definitions: definitions)
        result.heldIn = locks.run()
        result.untrackedLocks = locks.untracked
        result.liveIn = LivenessAnalysis(graph: result).run()
        return result
    }
}

extension FlowBuilder {
    mutating func finish(_ scope: Scope, _ body: Block, _ context: inout Context) throws(Diagnostic) -> FlowGraph {
        let end = add(.end, nil, body.span, to: [], in: context)
        context.returnTo = end
        instantiate(scope, body, &context)
        graph.start = try build(body, to: end, context)
        return graph
    }
}
