import Diagnostics
import Program

extension FlowBuilder {
    mutating func loop(_ s: Stmt, _ next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        if context.isInside { return try unrolled(s, next, context) }
        switch s.kind {
        case .loop(atMost: let bound, let counter, let body):
            if let bound, let counter, !bound.isUnbounded {
                return try countedLoop(s, bound, counter, body, next, context)
            }
            return try endlessLoop(s, body, next, context)
        case .whileLoop(let condition, let body): return try whileLoop(s, condition, body, next, context)
        case .each(let local, let set, let todo, let body):
            return try eachLoop(s, local, set, todo, body, next, context)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue:
            return next
        }
    }

    /// The context of a loop's body.
    private func body(of s: Stmt, leave: NodeID, again: NodeID, _ context: Context) -> Context {
        var inner = context
        inner.isOutermost = false
        inner.labels[s.id] = (leave, again)
        return inner
    }

    private mutating func endlessLoop(
        _ s: Stmt, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let head = add(
            .loopHead, s, s.headSpan, to: [], in: context, isOutermostHead: context.isOutermost)
        let entry = try build(block, to: head, body(of: s, leave: next, again: head, context))
        graph.nodes[head.index].successors = [entry]
        return head
    }

    private mutating func countedLoop(
        _ s: Stmt, _ bound: Expr, _ counter: LocalID, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let local = context.renaming.local(counter)
        let count = context.renaming.expression(bound)
        let entryReads = program.touchesShared(count)
        let goesRound = s.role == .access && (!entryReads || bodyGoesRound(block, s.id))
        let test = add(.loopTest(counter: local), s, s.headSpan, role: .local, to: [], in: context)
        let isHead = goesRound || context.isOutermost
        let head =
            isHead
            ? add(
                .loopHead, s, s.headSpan, role: goesRound ? .access : .local, to: [], in: context,
                isOutermostHead: context.isOutermost)
            : test
        // A place of rest is behind the test: a loop that is left is none. Another head is a step of its own before it.
        let isBefore = isHead && !context.isOutermost
        let again = isBefore ? head : test
        let body = try build(block, to: again, body(of: s, leave: next, again: again, context))
        let down = add(.countDown(counter: local), nil, s.headSpan, to: [body], in: context)
        if isBefore {
            graph.nodes[head.index].successors = [test]
        } else if isHead {
            graph.nodes[head.index].successors = [down]
            graph.nodes[head.index].resume = test
        }
        graph.nodes[test.index].successors = [isHead && !isBefore ? head : down, next]
        // A bound that is positive for certain needs no test before the first round.
        let isEntered = (count.constantCount ?? 0) > 0
        let first = isEntered && !isBefore ? (isHead ? head : down) : again
        let entry = add(
            .loopEntry(counter: local, count), s, s.headSpan, role: entryReads ? .access : .local, to: [first],
            in: context)
        if first != again { graph.nodes[entry.index].untaken = next }
        return entry
    }

    private mutating func whileLoop(
        _ s: Stmt, _ condition: Expr, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let renamed = context.renaming.expression(condition)
        let reads = program.touchesShared(renamed)
        let goesRound = s.role == .access && !reads
        if renamed.constantTruth == true {
            let head = try endlessLoop(s, block, next, context)
            graph.nodes[head.index].untaken = next
            return head
        }
        let test = add(
            .branch(renamed), s, s.headSpan, role: reads ? .access : .local, to: [], in: context,
            isOutermostHead: reads && context.isOutermost)
        guard goesRound || (context.isOutermost && !reads) else {
            let entry = try build(block, to: test, body(of: s, leave: next, again: test, context))
            graph.nodes[test.index].successors = [entry, next]
            return test
        }
        let head = add(
            .loopHead, s, s.headSpan, role: goesRound ? .access : .local, to: [], in: context,
            isOutermostHead: context.isOutermost)
        let isBefore = !context.isOutermost
        let again = isBefore ? head : test
        let entry = try build(block, to: again, body(of: s, leave: next, again: again, context))
        graph.nodes[head.index].successors = [isBefore ? test : entry]
        graph.nodes[test.index].successors = [isBefore ? entry : head, next]
        if !isBefore { graph.nodes[head.index].resume = test }
        return again
    }

    private mutating func eachLoop(
        _ s: Stmt, _ local: LocalID, _ set: Expr, _ todo: LocalID, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let names = context.renaming
        let elements = names.expression(set)
        let entryReads = program.touchesShared(elements)
        let goesRound = s.role == .access && (!entryReads || bodyGoesRound(block, s.id))
        let take = add(
            .eachTake(names.local(local), todo: names.local(todo)), s, s.headSpan,
            role: goesRound ? .access : .choice, to: [], in: context)
        let entry = try build(block, to: take, body(of: s, leave: next, again: take, context))
        graph.nodes[take.index].successors = [entry, next]
        // A set that has an element for certain needs no test before the first round.
        let first =
            isFilled(elements)
            ? add(
                .eachTake(names.local(local), todo: names.local(todo)), s, s.headSpan,
                role: goesRound ? .access : .choice, to: [entry], in: context) : take
        let start = add(
            .eachEntry(todo: names.local(todo), elements), s, s.headSpan, role: entryReads ? .access : .local,
            to: [first], in: context)
        if first != take { graph.nodes[first.index].untaken = next }
        return start
    }

    private func isFilled(_ set: Expr) -> Bool {
        if case .constant(.set(let elements)) = set.kind { return !elements.isEmpty }
        if case .setOf(let elements) = set.kind { return !elements.isEmpty }
        if case .allOf(let type) = set.kind { return program.hasValues(type) }
        return false
    }

    /// Whether the loop would be an access for its rounds alone: the role of the same loop over nothing shared.
    private func bodyGoesRound(_ block: Block, _ id: StmtID) -> Bool {
        var copy = program
        let probe = Stmt(id: id, .loop(atMost: nil, counter: nil, block), block.span, role: .local)
        copy.initialization = Initialization(scope: Scope(), body: Block([probe], block.span))
        copy.assignRoles()
        return copy.initialization.body.statements.first?.role == .access
    }

    // MARK: Inside `atomic`

    private mutating func unrolled(_ s: Stmt, _ next: NodeID, _ context: Context) throws(Diagnostic) -> NodeID {
        switch s.kind {
        case .loop(atMost: let bound?, let counter?, let block):
            return try unrolledLoop(s, bound, counter, block, next, context)
        case .each(let local, let set, let todo, let block):
            return try unrolledEach(s, local, set, todo, block, next, context)
        case .loop, .whileLoop:
            throw Diagnostic(
                .misplacedStatement, "a loop inside `atomic` needs a bound: write `loop at most`", at: s.headSpan)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert,
            .fail, .returnValue:
            return next
        }
    }

    private mutating func unrolledLoop(
        _ s: Stmt, _ bound: Expr, _ counter: LocalID, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let local = context.renaming.local(counter)
        let count = context.renaming.expression(bound)
        guard let most = count.largestCount, most <= Self.unrollLimit else {
            throw Diagnostic(
                .misplacedStatement, "a loop inside `atomic` needs a constant bound of at most \(Self.unrollLimit)",
                at: s.headSpan)
        }
        let isConstant = count.constantCount != nil
        var entry = next
        for _ in 0..<max(0, most) {
            let body = try build(block, to: entry, body(of: s, leave: next, again: entry, context))
            if isConstant {
                entry = body
            } else {
                let down = add(.countDown(counter: local), nil, s.headSpan, to: [body], in: context)
                entry = add(
                    .loopTest(counter: local), s, s.headSpan, role: .local, to: [down, next], join: next, in: context)
            }
        }
        if isConstant { return add(.pass, s, s.headSpan, to: [entry], join: next, in: context) }
        return add(.loopEntry(counter: local, count), s, s.headSpan, to: [entry], join: next, in: context)
    }

    private mutating func unrolledEach(
        _ s: Stmt, _ local: LocalID, _ set: Expr, _ todo: LocalID, _ block: Block, _ next: NodeID, _ context: Context
    ) throws(Diagnostic) -> NodeID {
        let names = context.renaming
        guard case .set(let element) = set.type, let values = program.allValues(of: element, limit: 64) else {
            throw Diagnostic(.setTooLarge, "a set of more than 64 possible elements", at: set.span)
        }
        var entry = next
        for index in values.indices.reversed() {
            let body = try build(block, to: entry, body(of: s, leave: next, again: entry, context))
            let member = FlowOperation.eachMember(names.local(local), todo: names.local(todo), index: index)
            entry = add(member, nil, s.headSpan, to: [body, entry], join: entry, in: context)
        }
        let elements = FlowOperation.eachEntry(todo: names.local(todo), names.expression(set))
        return add(elements, s, s.headSpan, role: .local, to: [entry], join: next, in: context)
    }
}

extension Expr {
    /// The value of a condition that is a constant.
    var constantTruth: Bool? {
        if case .constant(.bool(let value)) = kind { return value }
        return nil
    }

    var isUnbounded: Bool {
        if case .constant(.unbounded) = kind { return true }
        return false
    }

    var constantCount: Int? {
        if case .constant(.int(let n)) = kind { return Int(clamping: n) }
        return nil
    }

    /// The largest number that a bound can have, if its type limits it.
    var largestCount: Int? {
        if let constantCount { return constantCount }
        if case .range(_, let upper, _) = type { return Int(clamping: upper) }
        return nil
    }
}
