import Program

/// The statements that nothing needs but their step.
///
/// A statement whose access is removed is no step any more: what comes behind it joins the step before it. Mostly nobody
/// can tell. Where a `commit` or an `assert` on ghost state comes behind it, others must be able to step in before that;
/// and where a process leaves its place of rest with it and waits behind it, it waits away from rest, which may be a
/// deadlock. Then the step stays, without its access. A choice that begins a step stays as it is. A `transition` is
/// judged over every step, also over one in which nothing is left: then all steps stay.
struct NeededSteps {
    private(set) var statements: Set<StmtID> = []
    private let liveness: Liveness
    /// Whether anything can tell two steps from one that does both.
    private let hasObservers: Bool
    /// Whether any expression asks where a process is.
    private let tellsProgress: Bool
    /// Whether a property is judged over every step, also over one that changes nothing.
    private let judgesSteps: Bool
    private var entries: [HandlerID: Ahead] = [:]

    /// What may come before the next access.
    private struct Ahead: OptionSet {
        let rawValue: Int
        /// Something that ghost state, or a test of progress, shows.
        static let visible = Ahead(rawValue: 1)
        /// The next access may have to wait.
        static let waits = Ahead(rawValue: 2)
    }

    init(_ liveness: Liveness) {
        self.liveness = liveness
        let observers = Observers(liveness)
        hasObservers = observers.exist
        judgesSteps = liveness.program.properties.contains { if case .transition = $0.kind { true } else { false } }
        tellsProgress = observers.tellProgress
        for (number, process) in program.processes.enumerated() {
            _ = ahead(
                process.body, .process(number), after: end(of: .process(number)), fromRest: true, isOutermost: true)
        }
        for case (.handler(let handler), _) in Liveness.bodies(program) { _ = entry(of: handler) }
    }

    private var program: Program { liveness.program }

    /// Whether it is told that a process has a step at all.
    var tellsSteps: Bool { tellsProgress || judgesSteps }

    /// Where the scan does not look further: the worst.
    private var unknown: Ahead { hasObservers ? [.visible, .waits] : .waits }

    private func end(of owner: BodyOwner) -> Ahead {
        if case .handler = owner { return unknown }
        return tellsProgress ? .visible : []
    }

    // MARK: Blocks

    /// What comes first in a block, given what comes behind it. `fromRest`: the process may not have made a step since it
    /// was at rest.
    private mutating func ahead(
        _ block: Block, _ owner: BodyOwner, after: Ahead, fromRest: Bool, isOutermost: Bool = false
    ) -> Ahead {
        var rests: [Bool] = []
        var isFresh = fromRest
        for statement in block.statements {
            rests.append(isFresh)
            if statement.role == .access, liveness.isKept(statement, owner) { isFresh = false }
        }
        var result = after
        for (statement, rest) in zip(block.statements, rests).reversed() {
            result = ahead(statement, owner, after: result, fromRest: rest, isOutermost: isOutermost)
        }
        return result
    }

    private mutating func ahead(
        _ statement: Stmt, _ owner: BodyOwner, after: Ahead, fromRest: Bool, isOutermost: Bool
    ) -> Ahead {
        let isKept = liveness.isKept(statement, owner)
        if statement.role == .access {
            scanBlocks(of: statement, owner, after: after)
            if isKept { return mayWait(statement, owner) ? .waits : [] }
            guard isTold(after, fromRest) else { return after }
            statements.insert(statement.id)
            return []
        }
        // A choice makes a step of what comes behind it.
        if statement.role == .choice, !isKept, fromRest, !after.isEmpty || isTold(after, fromRest) {
            statements.insert(statement.id)
        }
        switch statement.kind {
        case .commit: return isKept ? after.union(.visible) : after
        case .assert(name: _, let e): return program.readsGhost(e) ? after.union(.visible) : after
        case .call(let handler, _, result: _):
            if isKept { return entry(of: handler) }
            guard makesSteps(program[handler].body), isTold(after, fromRest) else { return after }
            statements.insert(statement.id)
            return entry(of: handler)
        case .breakOut, .continueLoop, .returnValue: return unknown
        case .fail: return []
        case .loop(atMost: _, counter: _, let body), .whileLoop(_, let body), .each(_, set: _, todo: _, let body):
            let head: Ahead = isOutermost && tellsProgress ? .visible : []
            let first = ahead(body, owner, after: unknown.union(after), fromRest: fromRest || isOutermost)
            return first.union(after).union(head)
        case .ifElse, .match, .guardElse, .doBlock, .tryLock, .choose, .either, .atomic:
            var result: Ahead = after
            for block in statement.blocks { result.formUnion(ahead(block, owner, after: after, fromRest: fromRest)) }
            return result
        case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .downgrade, .await: return after
        }
    }

    /// Whether a step matters that comes before something.
    private func isTold(_ after: Ahead, _ fromRest: Bool) -> Bool {
        judgesSteps || after.contains(.visible) || (fromRest && (tellsProgress || after.contains(.waits)))
    }

    /// Whether executing a body may be more than a part of a step.
    private func makesSteps(_ body: Block) -> Bool {
        var result = false
        body.forEachStatement { statement in
            if statement.role != .local { result = true }
            if case .call(let handler, _, result: _) = statement.kind, makesSteps(program[handler].body) {
                result = true
            }
        }
        return result
    }

    /// The blocks of a statement whose head is an access of its own. An `atomic` has no steps inside.
    private mutating func scanBlocks(of statement: Stmt, _ owner: BodyOwner, after: Ahead) {
        if case .atomic = statement.kind { return }
        // Whether a branch of an `either` can be picked depends on its first statement.
        var isPick = false
        if case .either = statement.kind { isPick = true }
        for block in statement.blocks {
            _ = ahead(block, owner, after: statement.isLoop ? unknown.union(after) : after, fromRest: isPick)
        }
    }

    /// What comes first in a called handler; whoever calls it, the worst is taken for what comes behind.
    private mutating func entry(of handler: HandlerID) -> Ahead {
        if let known = entries[handler] { return known }
        entries[handler] = unknown
        let owner = BodyOwner.handler(handler)
        let result =
            program[handler].isGhost
            ? .visible : ahead(program[handler].body, owner, after: unknown, fromRest: true)
        entries[handler] = result
        return result
    }

    private func mayWait(_ statement: Stmt, _ owner: BodyOwner) -> Bool {
        switch statement.kind {
        case .lock, .await, .either: true
        case .choose(_, then: _, let otherwise): otherwise == nil
        case .atomic(reason: _, let body):
            body.statements.contains { mayWait($0, owner) }
        case .call(let handler, _, result: _): program[handler].body.statements.contains { mayWait($0, owner) }
        case .ifElse, .match, .loop, .whileLoop, .each, .guardElse, .doBlock, .tryLock:
            statement.innerStatements.contains { mayWait($0, owner) }
        case .assign, .assignLocal, .bind, .readModifyWrite, .unlock, .downgrade, .breakOut, .continueLoop, .commit,
            .assert, .fail, .returnValue:
            false
        }
    }
}

/// Whether anything can tell where a process is between two accesses.
private struct Observers {
    private(set) var exist = false
    private(set) var tellProgress = false

    init(_ liveness: Liveness) {
        let program = liveness.program
        tellProgress = liveness.keepsCommits
        for expression in program.allExpressions where expression.contains(where: \.isProcessTest) {
            tellProgress = true
        }
        exist = tellProgress
        for (owner, body) in Liveness.bodies(program) {
            body.forEachStatement { statement in
                switch statement.kind {
                case .commit: if liveness.isKept(statement, owner) { exist = true }
                case .assert(name: _, let e): if program.readsGhost(e) { exist = true }
                case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade,
                    .ifElse, .match, .loop, .whileLoop, .each, .choose, .either, .await, .guardElse, .doBlock,
                    .breakOut,
                    .continueLoop, .atomic, .fail, .returnValue:
                    break
                }
            }
        }
    }
}

extension Expr {
    fileprivate var isProcessTest: Bool { if case .process = kind { true } else { false } }
}

extension Stmt {
    fileprivate var isLoop: Bool {
        switch kind {
        case .loop, .whileLoop, .each: true
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match,
            .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
            .returnValue:
            false
        }
    }
}
