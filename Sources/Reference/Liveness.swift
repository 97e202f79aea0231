import Program

/// Which locals are still read: by statement, for the stops before it, at its head and behind it.
///
/// A local is live where some path reads it before it is written or goes out of scope. What a path can be is read
/// off the statement tree; loops are gone through until nothing changes.
struct Liveness: Sendable {
    private(set) var before: [StmtID: Set<LocalID>] = [:]
    /// At the head of a loop that has been entered.
    private(set) var atHead: [StmtID: Set<LocalID>] = [:]
    /// Behind a call, before its result is stored.
    private(set) var afterCall: [StmtID: Set<LocalID>] = [:]
    private var onBreak: [StmtID: Set<LocalID>] = [:]
    private var handlers: [HandlerID: Set<LocalID>] = [:]
    private let program: Program

    /// Stands for what the caller reads later: live wherever a way leads to the end of the activation.
    static let caller = LocalID(-1)

    init(_ program: Program) {
        self.program = program
        for process in program.processes { _ = block(process.body, [Self.caller]) }
        for number in program.handlers.indices { _ = beginning(of: HandlerID(number)) }
        _ = block(program.initialization.body, [Self.caller])
    }

    /// What is live at the beginning of a handler.
    private mutating func beginning(of id: HandlerID) -> Set<LocalID> {
        if let known = handlers[id] { return known }
        handlers[id] = [Self.caller]
        let result = block(program[id].body, [Self.caller])
        handlers[id] = result
        return result
    }

    private mutating func block(_ block: Block, _ after: Set<LocalID>) -> Set<LocalID> {
        block.statements.reversed().reduce(after) { live, statement in self.statement(statement, live) }
    }

    private mutating func statement(_ statement: Stmt, _ after: Set<LocalID>) -> Set<LocalID> {
        let live = liveBefore(statement, after)
        before[statement.id] = live
        return live
    }

    private mutating func liveBefore(_ statement: Stmt, _ after: Set<LocalID>) -> Set<LocalID> {
        switch statement.kind {
        case .assign(let place, _, let value): return after.union(reads(place.indices + [value]))
        case .assignLocal(let local, let path, let operation, let value):
            let kept = path.isEmpty && operation == .set ? after.subtracting([local]) : after.union([local])
            return kept.union(reads([value]))
        case .bind(let local, let value): return after.subtracting([local]).union(reads([value]))
        case .readModifyWrite(let local, let place, let operation):
            return after.subtracting(local.map { [$0] } ?? []).union(reads(place.indices + operation.operands))
        case .call(let handler, let arguments, let result):
            guard beginning(of: handler).contains(Self.caller) else {
                afterCall[statement.id] = []
                return reads(arguments)
            }
            let behind = after.subtracting(result.map { [$0] } ?? [])
            afterCall[statement.id] = behind
            return behind.union(reads(arguments))
        case .lock(let place, _, _), .unlock(let place), .downgrade(let place):
            return after.union(reads(place.indices))
        case .tryLock(let place, _, let otherwise):
            return after.union(block(otherwise, after)).union(reads(place.indices))
        case .ifElse(let condition, let first, let second):
            return bind([condition], block(first, after).union(block(second, after)))
        case .match(let subject, let arms):
            let inside = arms.reduce(into: Set<LocalID>()) { live, arm in
                live.formUnion(block(arm.body, after).subtracting(arm.pattern.boundLocals))
            }
            return bind([subject], inside)
        case .loop(let atMost, let counter, let body):
            return loop(statement.id, after, entry: atMost, hidden: counter) { live, head in
                let inside = live.block(body, head)
                return atMost == nil ? inside : inside.union(after).union(counter.map { [$0] } ?? [])
            }
        case .whileLoop(let condition, let body):
            return loop(statement.id, after, entry: nil, hidden: nil) { live, head in
                live.bind([condition], live.block(body, head).union(after))
            }
        case .each(let element, let set, let todo, let body):
            return loop(statement.id, after, entry: set, hidden: todo) { live, head in
                live.block(body, head).subtracting([element]).union(after).union([todo])
            }
        case .choose(let binders, let then, let otherwise):
            let locals = Set(binders.map(\.local))
            let taken = bind(binders.flatMap(\.expressions), block(Block(then, statement.span), after))
            return taken.subtracting(locals).union(otherwise.map { block($0, after) } ?? [])
        case .either(let branches):
            return branches.reduce(into: []) { live, branch in live.formUnion(block(branch, after)) }
        case .await(let condition): return bind([condition], after)
        case .guardElse(let condition, let otherwise):
            return bind([condition], after.union(block(otherwise, after)))
        case .doBlock(let body):
            onBreak[statement.id] = after
            return block(body, after)
        case .breakOut(let target): return onBreak[target] ?? []
        case .continueLoop(let target): return atHead[target] ?? []
        case .atomic(_, let body): return block(body, after)
        case .commit(_, let arguments):
            afterCall[statement.id] = after
            return after.union(reads(arguments))
        case .assert(_, let condition): return bind([condition], after)
        case .fail: return []
        case .returnValue(let value): return reads(value.map { [$0] } ?? []).union([Self.caller])
        }
    }

    /// `round` gives what is live at the head from what is live behind the body; `hidden` is set at entry.
    private mutating func loop(
        _ id: StmtID, _ after: Set<LocalID>, entry: Expr?, hidden: LocalID?,
        round: (inout Liveness, Set<LocalID>) -> Set<LocalID>
    ) -> Set<LocalID> {
        onBreak[id] = after
        var head: Set<LocalID> = []
        while true {
            atHead[id] = head
            let next = round(&self, head)
            if next == head { break }
            head = next
        }
        return head.subtracting(hidden.map { [$0] } ?? []).union(reads(entry.map { [$0] } ?? []))
    }

    private func reads(_ expressions: [Expr]) -> Set<LocalID> { ExprFacts(expressions).reads }

    /// Live before expressions that bind locals for what comes after them.
    private func bind(_ expressions: [Expr], _ after: Set<LocalID>) -> Set<LocalID> {
        let facts = ExprFacts(expressions)
        return after.subtracting(facts.bound).union(facts.reads)
    }
}
