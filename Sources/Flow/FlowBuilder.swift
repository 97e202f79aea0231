import Diagnostics
import Program

/// Builds a graph backwards: each statement is built knowing the node that follows it.
struct FlowBuilder {
    let program: Program
    var graph: FlowGraph
    /// Whether the nodes of commits name their handlers.
    var tellsCommits = false

    /// More copies than this mean that an `atomic` is no model of anything.
    static let unrollLimit = 256

    struct Context {
        var renaming = Renaming()
        var path: [String] = []
        var stack = 0
        var isInside = false
        var isGhost = false
        /// In the process's own body and in no loop.
        var isOutermost = true
        var labels: [StmtID: (leave: NodeID, repeat: NodeID)] = [:]
        var returnTo = NodeID(0)
        var result: LocalID?
        /// What the handler returns; nil outside handlers.
        var resultType: Type?
    }

    init(_ program: Program, indexCount: Int) {
        self.program = program
        graph = FlowGraph(indexCount: indexCount)
    }

    // MARK: Nodes

    mutating func add(
        _ operation: FlowOperation, _ statement: Stmt?, _ span: Span, role: StepRole? = nil, to successors: [NodeID],
        join: NodeID? = nil, in context: Context, isOutermostHead: Bool = false
    ) -> NodeID {
        graph.nodes.append(
            FlowNode(
                operation: operation, successors: successors, join: join, statement: statement?.id, span: span,
                role: role ?? statement?.role ?? .local, stack: context.stack, isInside: context.isInside,
                isGhost: context.isGhost, isOutermostHead: isOutermostHead))
        return NodeID(graph.nodes.count - 1)
    }

    // MARK: Instances of scopes

    /// Locals for one more instance of a scope. Copies of immutable locals get no local of their own.
    mutating func instantiate(_ scope: Scope, _ body: Block, _ context: inout Context) {
        for (raw, local) in scope.locals.enumerated() where context.renaming.atoms[LocalID(raw)] == nil {
            let name = (context.path + [local.name]).joined(separator: ".")
            graph.locals.append(
                FlowLocal(path: name, type: local.type, isMutable: local.isMutable, span: local.span))
            context.renaming.atoms[LocalID(raw)] = .local(LocalID(graph.locals.count - 1))
        }
        var renaming = context.renaming
        body.forEachStatement { statement in
            if case .bind(let local, let e) = statement.kind, let atom = self.atom(e, for: local, in: scope, renaming) {
                renaming.atoms[local] = atom
            }
        }
        context.renaming = renaming
    }

    /// What stands for a local that is bound to an expression, if that is another immutable local or a constant.
    func atom(_ e: Expr, for local: LocalID, in scope: Scope, _ renaming: Renaming) -> Atom? {
        guard scope.locals.indices.contains(local.raw), !scope.locals[local.raw].isMutable,
            scope.locals[local.raw].type == e.type
        else { return nil }
        return atom(renaming.expression(e))
    }

    private func atom(_ renamed: Expr) -> Atom? {
        switch renamed.kind {
        case .constant(let value): .constant(value)
        case .local(let id): graph.locals[id.raw].isMutable ? nil : .local(id)
        default: nil  // anything else is computed
        }
    }

    // MARK: Blocks and statements

    mutating func build(_ block: Block, to next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        var entry = next
        for statement in block.statements.reversed() { entry = try build(statement, to: entry, context) }
        return entry
    }

    mutating func build(_ s: Stmt, to next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        let names = context.renaming
        switch s.kind {
        case .assign(let place, let operation, let e):
            return add(
                .assign(names.place(place), operation, names.expression(e)), s, s.span, to: [next], in: context)
        case .assignLocal(let local, let inner, let operation, let e):
            let target = FlowOperation.assignLocal(names.local(local), inner, operation, names.expression(e))
            return add(target, s, s.span, to: [next], in: context)
        case .bind(let local, let e): return bind(local, e, s, next, context)
        case .readModifyWrite(let local, let place, let operation):
            let result = local.map { names.local($0) }
            return add(
                .readModifyWrite(result, names.place(place), names.operation(operation)), s, s.span, to: [next],
                in: context)
        case .call(let handler, let arguments, let result):
            return try call(handler, arguments, result.map { names.local($0) }, s, next, context)
        case .commit(let handler, let arguments): return try commit(handler, arguments, s, next, context)
        case .lock(let place, let mode, nested: _):
            return add(.lock(names.place(place), mode), s, s.span, to: [next], in: context)
        case .unlock(let place): return add(.unlock(names.place(place)), s, s.span, to: [next], in: context)
        case .downgrade(let place): return add(.downgrade(names.place(place)), s, s.span, to: [next], in: context)
        case .await(let e): return add(.await(names.expression(e)), s, s.span, to: [next], in: context)
        case .assert(let name, let e):
            return add(.assert(name: name, names.expression(e)), s, s.span, to: [next], in: context)
        case .fail(let name, let text): return add(.fail(name: name, text), s, s.span, to: [], in: context)
        case .ifElse, .match, .tryLock, .guardElse, .choose, .either, .doBlock, .atomic:
            return try branching(s, next, context)
        case .loop, .whileLoop, .each: return try loop(s, next, context)
        case .breakOut(let target): return leave(context.labels[target]?.leave, s, context)
        case .continueLoop(let target): return leave(context.labels[target]?.repeat, s, context)
        case .returnValue(let value): return returnStatement(value, s, context)
        }
    }

    private mutating func bind(_ local: LocalID, _ e: Expr, _ s: Stmt, _ next: NodeID, _ context: Context) -> NodeID {
        let value = context.renaming.expression(e)
        if let atom = atom(value), case .local(let own) = context.renaming.atoms[local], case .local(let other) = atom,
            own == other
        {
            return add(.pass, s, s.span, to: [next], in: context)
        }
        guard case .local(let target) = context.renaming.atoms[local] else {
            return add(.pass, s, s.span, to: [next], in: context)
        }
        return add(.bind(target, value), s, s.span, to: [next], in: context)
    }

    private mutating func leave(_ target: NodeID?, _ s: Stmt, _ context: Context) -> NodeID {
        add(.pass, s, s.span, to: target.map { [$0] } ?? [], in: context)
    }

    private mutating func returnStatement(_ value: Expr?, _ s: Stmt, _ context: Context) -> NodeID {
        guard let value else { return add(.pass, s, s.span, to: [context.returnTo], in: context) }
        let renamed = context.renaming.expression(value)
        let operation: FlowOperation =
            context.result.map { .bind($0, renamed) } ?? .evaluate(renamed, as: context.resultType ?? renamed.type)
        return add(operation, s, s.span, to: [context.returnTo], in: context)
    }
}
