import Diagnostics
import Program

extension FlowBuilder {
    /// Statements with blocks that are no loops.
    mutating func branching(_ s: Stmt, _ next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        let names = context.renaming
        switch s.kind {
        case .ifElse(let condition, let yes, let no):
            let ways = [try build(yes, to: next, context), try build(no, to: next, context)]
            return decide(names.expression(condition), s, ways, join: next, context)
        case .guardElse(let condition, let otherwise):
            let ways = [next, try build(otherwise, to: next, context)]
            return decide(names.expression(condition), s, ways, join: nil, context)
        case .match(let subject, let arms):
            var ways: [NodeID] = []
            for arm in arms { ways.append(try build(arm.body, to: next, context)) }
            let operation = FlowOperation.match(names.expression(subject), arms.map { names.pattern($0.pattern) })
            return add(operation, s, s.headSpan, to: ways, join: next, in: context)
        case .tryLock(let place, let mode, let otherwise):
            let ways = [next, try build(otherwise, to: next, context)]
            return add(.tryLock(names.place(place), mode), s, s.headSpan, to: ways, join: next, in: context)
        case .choose: return try choose(s, next, context)
        case .either(let branches):
            let end = add(.eitherEnd, nil, s.span, to: [next], in: context)
            var ways: [NodeID] = []
            for branch in branches { ways.append(try build(branch, to: end, context)) }
            return add(.either, s, s.headSpan, to: ways, join: end, in: context)
        case .doBlock(let body):
            var inner = context
            inner.labels[s.id] = (next, next)
            // An empty block is a statement without effect; any other is only what is in it.
            if body.statements.isEmpty { return add(.pass, s, s.span, to: [next], in: context) }
            let entry = try build(body, to: next, inner)
            return add(.pass, nil, s.span, to: [entry], join: next, in: context)
        case .atomic(reason: _, let body):
            if !s.isEmptyStep { graph.atomicBlocks.insert(s.id) }
            var inner = context
            inner.isInside = true
            let entry = try build(body, to: next, inner)
            return add(.atomic, s, s.headSpan, to: [entry], join: next, in: context)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .loop, .whileLoop,
            .each, .await, .breakOut, .continueLoop, .commit, .assert, .fail, .returnValue:
            return next
        }
    }

    /// A branch; a condition that the arguments of the inlined call have decided is none.
    private mutating func decide(
        _ condition: Expr, _ s: Stmt, _ ways: [NodeID], join: NodeID?, _ context: Context
    ) -> NodeID {
        guard let known = condition.constantTruth else {
            return add(.branch(condition), s, s.headSpan, to: ways, join: join, in: context)
        }
        let taken = add(.pass, s, s.headSpan, to: [ways[known ? 0 : 1]], join: join, in: context)
        graph.nodes[taken.index].untaken = ways[known ? 1 : 0]
        return taken
    }

    private mutating func choose(_ s: Stmt, _ next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        guard case .choose(let binders, then: let claimed, let otherwise) = s.kind else { return next }
        let names = context.renaming
        var ways = [next]
        if let otherwise { ways.append(try build(otherwise, to: next, context)) }
        var claims: [Claim] = []
        for part in claimed {
            guard case .assign(let place, let operation, let value) = part.kind else {
                throw Diagnostic(
                    .misplacedStatement, "only an assignment to the chosen cell may follow `then`", at: part.span)
            }
            claims.append(
                Claim(
                    place: names.place(place), operation: operation, value: names.expression(value), span: part.span))
        }
        let operation = FlowOperation.choose(
            binders.map { names.binder($0) }, claims: claims, hasOtherwise: otherwise != nil)
        return add(operation, s, s.headSpan, to: ways, join: otherwise == nil ? nil : next, in: context)
    }
}

extension Stmt {
    /// The statement without its blocks, as it is shown: up to where the first block begins.
    var headSpan: Span {
        guard let first = blocks.first?.span, first.source == span.source, first.start > span.start else { return span }
        return Span(span.source, span.start, first.start)
    }
}
