import Diagnostics
import Program

extension FlowBuilder {
    mutating func call(
        _ id: HandlerID, _ arguments: [Expr], _ result: LocalID?, _ s: Stmt, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        // A call of an empty handler is a statement without effect; any other is its arguments and what is in it.
        let isEmpty = program[id].body.statements.isEmpty
        let behind = isEmpty ? add(.pass, s, s.span, role: .local, to: [next], in: context) : next
        let (entry, bindings) = try inline(id, arguments, result, s, behind, context, isInside: context.isInside)
        return add(.call(bindings), s, s.span, to: [entry], join: next, in: context)
    }

    mutating func commit(
        _ id: HandlerID, _ arguments: [Expr], _ s: Stmt, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let (entry, bindings) = try inline(
            id, arguments, nil, s, next, context, isInside: true, bindsAll: tellsCommits)
        // Its arguments are no accesses, whatever they read.
        let node = add(.commit(bindings), s, s.span, role: .choice, to: [entry], join: next, in: context)
        if tellsCommits { graph.nodes[node.index].committed = id }
        return node
    }

    private mutating func inline(
        _ id: HandlerID, _ arguments: [Expr], _ result: LocalID?, _ s: Stmt, _ next: NodeID, _ context: Context,
        isInside: Bool, bindsAll: Bool = false
    ) throws(Diagnostic) -> (NodeID, [Binding]) {
        let handler = program[id]
        guard context.path.count < 64 else {
            throw Diagnostic(.recursion, "handler `\(handler.name)` calls itself", at: s.span)
        }
        var inner = Context()
        inner.path = context.path + [handler.name]
        graph.stacks.append(graph.stacks[context.stack] + [handler.name])
        inner.stack = graph.stacks.count - 1
        inner.isInside = isInside
        inner.isGhost = context.isGhost || handler.isGhost
        inner.isOutermost = false
        inner.returnTo = next
        inner.result = result
        inner.resultType = handler.result
        var computed: [(LocalID, Expr)] = []
        for (parameter, argument) in zip(handler.scope.parameters, arguments) {
            let renamed = context.renaming.expression(argument)
            if !bindsAll, let atom = atom(renamed, for: parameter, in: handler.scope, Renaming()) {
                inner.renaming.atoms[parameter] = atom
            } else {
                computed.append((parameter, renamed))
            }
        }
        instantiate(handler.scope, handler.body, &inner)
        let bindings = computed.map { Binding(local: inner.renaming.local($0.0), value: $0.1) }
        return (try build(handler.body, to: next, inner), bindings)
    }
}
