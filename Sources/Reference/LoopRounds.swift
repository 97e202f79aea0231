import Program

/// The two accesses that a loop statement can stand for: its entry and its head.
///
/// The role of the statement says only that one of them is an access. The entry is one where the expression that is
/// evaluated once (`at most`, the set of `each`) reads shared state; the head where the body can go round without one.
struct LoopRounds: Sendable {
    private(set) var entryIsAccess: Set<StmtID> = []
    private(set) var headIsAccess: Set<StmtID> = []
    /// Loops that look at nothing shared to tell whether there is another round, and choose nothing for it.
    private(set) var testIsLocal: Set<StmtID> = []

    init(_ program: Program) {
        let bodies = program.processes.map(\.body) + program.handlers.map(\.body) + [program.initialization.body]
        for body in bodies { visit(body, program) }
    }

    private mutating func visit(_ block: Block, _ program: Program) {
        for statement in block.statements {
            classify(statement, program)
            for inner in statement.blocks { visit(inner, program) }
        }
    }

    private mutating func classify(_ statement: Stmt, _ program: Program) {
        if statement.kind.hasLocalTest(program) { testIsLocal.insert(statement.id) }
        guard statement.kind.isLoop, statement.role == .access else { return }
        guard let entry = statement.kind.evaluatedAtEntry, program.touchesShared(entry) else {
            headIsAccess.insert(statement.id)
            return
        }
        entryIsAccess.insert(statement.id)
        let exits = statement.blocks.map { QuietExits(of: $0, program) }
        if exits.contains(where: { $0.falls || $0.continues.contains(statement.id) }) {
            headIsAccess.insert(statement.id)
        }
    }
}

extension StmtKind {
    fileprivate func hasLocalTest(_ program: Program) -> Bool {
        if case .loop = self { return true }
        if case .whileLoop(let condition, _) = self { return !program.touchesShared(condition) }
        return false
    }

    /// What a loop evaluates once; `while` and an endless `loop` have nothing of the kind.
    fileprivate var evaluatedAtEntry: Expr? {
        if case .loop(let atMost, _, _) = self { return atMost }
        if case .each(_, let set, _, _) = self { return set }
        return nil
    }
}

// Whether a loop can be passed without a round.
extension Expr {
    fileprivate var constant: Value? {
        if case .constant(let value) = kind { return value }
        return nil
    }

    fileprivate var isPositive: Bool {
        if case .int(let number) = constant { return number > 0 }
        return constant == .unbounded
    }
}

extension Program {
    fileprivate func isFilled(_ set: Expr) -> Bool {
        if case .set(let values) = set.constant { return !values.isEmpty }
        if case .setOf(let parts) = set.kind { return !parts.isEmpty }
        if case .allOf(let type) = set.kind { return hasValues(type) }
        return false
    }
}

/// How control can leave a block without having come by an access.
private struct QuietExits {
    var falls = true
    var returns = false
    var breaks: Set<StmtID> = []
    var continues: Set<StmtID> = []

    init(of block: Block, _ program: Program) {
        for statement in block.statements where falls { pass(statement, program) }
    }

    private mutating func pass(_ statement: Stmt, _ program: Program) {
        guard statement.role != .access else {
            falls = false
            return
        }
        let inner = statement.blocks.map { QuietExits(of: $0, program) }
        for exits in inner {
            returns = returns || exits.returns
            breaks.formUnion(exits.breaks)
            continues.formUnion(exits.continues)
        }
        let anyFalls = inner.contains(where: \.falls)
        switch statement.kind {
        case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .await, .commit,
            .assert, .choose, .guardElse:
            break
        case .whileLoop(let condition, _): falls = condition.constant != .bool(true) || breaks.contains(statement.id)
        case .each(_, let set, _, _): falls = !program.isFilled(set) || breaks.contains(statement.id)
        case .call(let handler, _, _):
            let exits = QuietExits(of: program[handler].body, program)
            falls = exits.falls || exits.returns
        case .ifElse, .match, .either, .atomic: falls = anyFalls
        case .loop(let atMost, _, _): falls = atMost.map { !$0.isPositive } ?? false || breaks.contains(statement.id)
        case .doBlock: falls = anyFalls || breaks.contains(statement.id)
        case .breakOut(let target):
            breaks.insert(target)
            falls = false
        case .continueLoop(let target):
            continues.insert(target)
            falls = false
        case .fail: falls = false
        case .returnValue:
            returns = true
            falls = false
        }
    }
}
