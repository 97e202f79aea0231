import Program

/// Where control is within one activation.
enum Cursor: Hashable, Sendable {
    /// Before a statement. `isHead`: at the head of a loop that has been entered.
    case at(StmtID, isHead: Bool)
    /// Behind the last statement of the body.
    case end
}

/// Every statement of a program by its number, and what comes after it.
struct StatementTable: Sendable {
    struct Entry: Sendable {
        let statement: Stmt
        let body: Body
        /// The statement in whose block this one stands.
        let parent: StmtID?
        /// The block, and where in it.
        let siblings: [StmtID]
        let position: Int
        /// A `loop` or `while` in a process's own body outside any other loop: its head is a rest point.
        let isOutermostLoop: Bool
    }

    private var entries: [Entry?]

    init(_ program: Program) {
        entries = Array(repeating: nil, count: max(0, program.statementCount))
        add(program.initialization.body, .initialization, parent: nil, isLooped: true)
        for (number, process) in program.processes.enumerated() {
            add(process.body, .process(ProcessID(number)), parent: nil, isLooped: false)
        }
        for (number, handler) in program.handlers.enumerated() {
            add(handler.body, .handler(HandlerID(number)), parent: nil, isLooped: true)
        }
    }

    subscript(id: StmtID) -> Entry? { entries.indices.contains(id.raw) ? entries[id.raw] : nil }

    /// The beginning of a body.
    func start(of block: Block) -> Cursor { block.statements.first.map { .at($0.id, isHead: false) } ?? .end }

    /// What comes when a statement is done.
    func after(_ id: StmtID) -> Cursor {
        guard let entry = self[id] else { return .end }
        if entry.position + 1 < entry.siblings.count { return .at(entry.siblings[entry.position + 1], isHead: false) }
        return entry.parent.map { afterBlock(of: $0) } ?? .end
    }

    /// What comes behind a block of a statement: the head again where it is a loop.
    func afterBlock(of id: StmtID) -> Cursor {
        switch self[id]?.statement.kind {
        case .loop, .whileLoop, .each: .at(id, isHead: true)
        case nil, .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit,
            .assert, .fail, .returnValue:
            after(id)
        }
    }

    /// Going into a block of a statement.
    func into(_ block: Block, of id: StmtID) -> Cursor {
        block.statements.first.map { .at($0.id, isHead: false) } ?? afterBlock(of: id)
    }

    /// Whether a statement is `ancestor` or stands, however deep, inside it.
    func isInside(_ id: StmtID, _ ancestor: StmtID) -> Bool {
        var current: StmtID? = id
        while let here = current {
            if here == ancestor { return true }
            current = self[here]?.parent
        }
        return false
    }

    private mutating func add(_ block: Block, _ body: Body, parent: StmtID?, isLooped: Bool) {
        let siblings = block.statements.map(\.id)
        for (position, statement) in block.statements.enumerated() {
            let raw = statement.id.raw
            guard raw >= 0 else { continue }
            if raw >= entries.count { entries += Array(repeating: nil, count: raw + 1 - entries.count) }
            let isLoop = statement.kind.isLoop
            entries[raw] = Entry(
                statement: statement, body: body, parent: parent, siblings: siblings, position: position,
                isOutermostLoop: statement.kind.isRestingLoop && !isLooped)
            let hides = isLooped || isLoop || statement.kind.isAtomic
            for inner in statement.blocks { add(inner, body, parent: statement.id, isLooped: hides) }
        }
    }
}

extension StmtKind {
    var isLoop: Bool {
        if case .each = self { return true }
        return isRestingLoop
    }

    fileprivate var isRestingLoop: Bool {
        if case .loop = self { return true }
        if case .whileLoop = self { return true }
        return false
    }

    fileprivate var isAtomic: Bool {
        if case .atomic = self { return true }
        return false
    }
}
