import Program

extension Expr {
    /// The locals that the expression reads from outside itself.
    var freeLocals: Set<LocalID> {
        var read: Set<LocalID> = []
        var bound: Set<LocalID> = []
        collect(&read, &bound)
        // A local has one declaration, so what is bound inside can't be read from outside.
        return read.subtracting(bound)
    }

    /// The locals that are bound where the expression, a condition, is true.
    public var outwardLocals: Set<LocalID> {
        switch kind {
        case .matches(_, let pattern): Set(pattern.boundLocals)
        case .binary(.and, let a, let b): a.outwardLocals.union(b.outwardLocals)
        default: []  // whatever is bound inside anything else does not leave it
        }
    }

    private func collect(_ read: inout Set<LocalID>, _ bound: inout Set<LocalID>) {
        if case .local(let id) = kind { read.insert(id) }
        if case .matches(_, let pattern) = kind { bound.formUnion(pattern.boundLocals) }
        if case .match(_, let arms) = kind { for arm in arms { bound.formUnion(arm.pattern.boundLocals) } }
        if case .quantified(_, let binders, _) = kind { bound.formUnion(binders.map(\.local)) }
        if case .comprehension(let binder) = kind { bound.insert(binder.local) }
        for child in children { child.collect(&read, &bound) }
    }
}

extension FlowNode {
    /// The expressions that the node evaluates, in order.
    public var expressions: [Expr] {
        switch operation {
        case .end, .pass, .eitherEnd, .loopTest, .countDown, .loopHead, .eachTake, .eachMember, .either, .atomic, .fail:
            []
        case .evaluate(let e, as: _), .bind(_, let e), .assignLocal(_, _, _, let e), .branch(let e), .match(let e, _),
            .loopEntry(counter: _, let e), .eachEntry(todo: _, let e), .await(let e), .assert(name: _, let e):
            [e]
        case .assign(let place, _, let e): place.indices + [e]
        case .readModifyWrite(_, let place, let operation): place.indices + operation.operands
        case .call(let bindings), .commit(let bindings): bindings.map(\.value)
        case .lock(let place, _), .unlock(let place), .downgrade(let place), .tryLock(let place, _): place.indices
        case .choose(let binders, let claims, hasOtherwise: _):
            binders.flatMap(\.expressions) + claims.flatMap { $0.place.indices + [$0.value] }
        }
    }

    /// The locals that the node reads before it writes them.
    var uses: Set<LocalID> {
        var result = expressions.reduce(into: Set<LocalID>()) { $0.formUnion($1.freeLocals) }
        switch operation {
        case .choose(let binders, claims: _, hasOtherwise: _): result.subtract(binders.map(\.local))
        case .assignLocal(let local, let inner, let operation, _):
            if !inner.isEmpty || operation != .set { result.insert(local) }
        case .loopTest(let counter), .countDown(let counter): result.insert(counter)
        case .eachTake(_, let todo), .eachMember(_, let todo, index: _): result.insert(todo)
        case .end, .pass, .eitherEnd, .loopHead, .either, .atomic, .fail, .evaluate, .bind, .branch, .match, .loopEntry,
            .eachEntry, .await, .assert, .assign, .readModifyWrite, .call, .commit, .lock, .unlock, .downgrade,
            .tryLock:
            break
        }
        return result
    }

    /// The locals that get a value on the way to a successor.
    public func definitions(to successor: Int) -> Set<LocalID> {
        switch operation {
        case .bind(let local, _), .assignLocal(let local, _, _, _): return [local]
        case .readModifyWrite(let local, _, _): return local.map { [$0] } ?? []
        case .call(let bindings), .commit(let bindings): return Set(bindings.map(\.local))
        case .branch(let e): return successor == 0 ? e.outwardLocals : []
        case .await(let e): return e.outwardLocals
        case .match(_, let patterns): return successor < patterns.count ? Set(patterns[successor].boundLocals) : []
        case .loopEntry(let counter, _), .countDown(let counter): return [counter]
        case .eachEntry(let todo, _): return [todo]
        case .eachTake(let local, let todo): return successor == 0 ? [local, todo] : []
        case .eachMember(let local, todo: _, index: _): return successor == 0 ? [local] : []
        case .choose(let binders, claims: _, hasOtherwise: _): return successor == 0 ? Set(binders.map(\.local)) : []
        case .end, .pass, .eitherEnd, .evaluate, .assign, .lock, .unlock, .downgrade, .tryLock, .loopTest, .loopHead,
            .either, .atomic, .assert, .fail:
            return []
        }
    }
}
