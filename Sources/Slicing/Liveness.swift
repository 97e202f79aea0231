import Program

/// Whose scope a local belongs to.
enum BodyOwner: Hashable {
    case process(Int)
    case handler(HandlerID)
    case initialization
}

/// A field of a record.
struct RecordField: Hashable {
    let record: RecordID
    let field: Int
}

struct OwnedLocal: Hashable {
    let owner: BodyOwner
    let local: LocalID
}

/// What the verdict depends on: the variables, locals and results that a kept statement or a property reads.
///
/// It grows to a fix-point. A write is kept where its target is needed, or where it may be a violation; what a statement
/// reads is needed where the statement is kept. So a read that only feeds writes to the same variable does not count.
struct Liveness {
    let program: Program
    var variables: Set<VariableID> = []
    /// Fields of records.
    var fields: Set<RecordField> = []
    var locals: Set<OwnedLocal> = []
    /// Handlers whose result somebody reads.
    private(set) var results: Set<HandlerID> = []
    /// Handlers that do anything besides returning.
    private(set) var effects: Set<HandlerID> = []
    /// Statements that are needed for nothing but their step.
    private(set) var steps: Set<StmtID> = []
    /// Whether it is told that a process has a step at all.
    private(set) var tellsSteps = false
    /// Whether commits with their arguments, and the places of rest, are needed for themselves.
    let keepsCommits: Bool

    /// What is needed, and then which further steps are, with what decides whether they are made.
    init(_ program: Program, keepingCommits: Bool = false) {
        self.init(program, steps: [], keepingCommits)
        let needed = NeededSteps(self)
        if !needed.statements.isEmpty { self.init(program, steps: needed.statements, keepingCommits) }
        tellsSteps = needed.tellsSteps
    }

    private init(_ program: Program, steps: Set<StmtID>, _ keepingCommits: Bool) {
        self.program = program
        keepsCommits = keepingCommits
        self.steps = steps
        for property in program.properties { needProperty(property.kind) }
        let bodies = Liveness.bodies(program)
        while true {
            let before = size
            for (owner, body) in bodies {
                need(body, owner)
                if case .handler(let id) = owner, hasEffect(body, owner) { effects.insert(id) }
            }
            if before == size { break }
        }
    }

    private var size: [Int] { [variables.count, fields.count, locals.count, results.count, effects.count] }

    /// All bodies that run: those of processes, of `init`, and of the handlers that they reach.
    static func bodies(_ program: Program) -> [(BodyOwner, Block)] {
        let roots = program.processes.map(\.body) + [program.initialization.body]
        return program.processes.enumerated().map { (.process($0.offset), $0.element.body) }
            + [(.initialization, program.initialization.body)]
            + program.handlersReachable(from: roots).map { (.handler($0), program[$0].body) }
    }

    func isNeeded(_ local: LocalID, _ owner: BodyOwner) -> Bool {
        locals.contains(OwnedLocal(owner: owner, local: local))
    }

    /// Whether anything reads what a write to the place changes.
    func isNeeded(_ place: Place) -> Bool {
        variables.contains(place.variable) && program.fieldsOnPath(of: place).allSatisfy { fields.contains($0) }
    }

    // MARK: What is kept

    /// Whether the statement stays.
    func isKept(_ statement: Stmt, _ owner: BodyOwner) -> Bool {
        switch statement.kind {
        case .assign(let place, _, _):
            isNeeded(place) || violates(statement, owner)
        case .assignLocal(let local, _, _, _), .bind(let local, _):
            isNeeded(local, owner) || violates(statement, owner)
        case .readModifyWrite(let local, let place, _):
            isNeeded(place) || (local.map { isNeeded($0, owner) } ?? false)
                || violates(statement, owner)
        case .call(let handler, let arguments, result: let result):
            effects.contains(handler) || (result.map { isNeeded($0, owner) } ?? false)
                || argumentsViolate(handler, arguments) || isStep(statement)
        case .commit(let handler, let arguments):
            keepsCommits || effects.contains(handler) || argumentsViolate(handler, arguments) || isStep(statement)
        case .ifElse, .match, .each, .doBlock, .atomic, .either:
            violates(statement, owner) || isStep(statement)
                || statement.innerStatements.contains { steps.contains($0.id) || isKept($0, owner) }
        case .choose(let binders, then: let claimed, otherwise: _):
            !claimed.isEmpty || isStep(statement)
                || binders.contains { isNeeded($0.local, owner) || mayWait($0) }
                || violates(statement, owner)
        case .lock, .unlock, .tryLock, .downgrade, .loop, .whileLoop, .await, .guardElse, .breakOut, .continueLoop,
            .assert, .fail, .returnValue:
            true
        }
    }

    /// Whether the statement stays as it is for the sake of its step. An access stays without its access instead.
    private func isStep(_ statement: Stmt) -> Bool { statement.role != .access && steps.contains(statement.id) }

    /// Whether the statement matters to anybody but the control flow of its own body.
    private func hasEffect(_ statement: Stmt, _ owner: BodyOwner) -> Bool {
        guard isKept(statement, owner) else { return false }
        switch statement.kind {
        case .breakOut, .continueLoop: return false
        case .returnValue: return violates(statement, owner)
        case .bind, .assignLocal:
            // Kept for a reader, and then that reader has the effect; or for the violation.
            return violates(statement, owner)
        case .ifElse, .match, .each, .doBlock, .atomic, .either, .guardElse:
            return violates(statement, owner) || statement.innerStatements.contains { hasEffect($0, owner) }
        case .assign, .readModifyWrite, .call, .commit, .choose, .lock, .unlock, .tryLock, .downgrade, .loop,
            .whileLoop, .await, .assert, .fail:
            return true
        }
    }

    private func hasEffect(_ body: Block, _ owner: BodyOwner) -> Bool {
        body.statements.contains { hasEffect($0, owner) }
    }

    /// Whether the head of a statement may be a violation, the store that it makes included.
    private func violates(_ statement: Stmt, _ owner: BodyOwner) -> Bool {
        if statement.headExpressions.contains(where: { program.mayViolate($0) }) { return true }
        switch statement.kind {
        case .assign(let place, let operation, let e):
            return !program.violations(touching: place).isEmpty
                || program.mayViolate(storing: e, operation, into: place.type)
        case .assignLocal(let local, let path, let operation, let e):
            return !path.isEmpty || program.mayViolate(storing: e, operation, into: type(of: local, owner))
        case .bind(let local, let e): return program.mayViolate(storing: e, .set, into: type(of: local, owner))
        case .readModifyWrite(_, let place, let operation):
            return !program.violations(touching: place).isEmpty || program.mayViolate(operation, on: place.type)
        case .call, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match, .loop, .whileLoop, .each, .choose, .either,
            .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit, .assert, .fail,
            .returnValue(nil):
            return false
        case .returnValue(let e?):
            guard case .handler(let id) = owner else { return false }
            return program.mayViolate(storing: e, .set, into: program[id].result)
        }
    }

    private func mayWait(_ binder: Binder) -> Bool {
        if binder.condition != nil { return true }
        if case .allOf(let type) = binder.set.kind { return !program.hasValues(type) }
        return true
    }

    private func argumentsViolate(_ handler: HandlerID, _ arguments: [Expr]) -> Bool {
        arguments.indices.contains { argumentViolates(handler, arguments, $0) }
    }

    func argumentViolates(_ handler: HandlerID, _ arguments: [Expr], _ index: Int) -> Bool {
        let types = program[handler].scope.parameterTypes
        guard types.indices.contains(index) else { return true }
        return program.mayViolate(storing: arguments[index], .set, into: types[index])
    }

    private func type(of local: LocalID, _ owner: BodyOwner) -> Type {
        let scope = program.scope(of: owner)
        return scope.locals.indices.contains(local.raw) ? scope.locals[local.raw].type : .unit
    }

    // MARK: What kept statements need

    private mutating func need(_ block: Block, _ owner: BodyOwner) {
        for statement in block.statements where isKept(statement, owner) {
            needHead(statement, owner)
            for inner in statement.blocks { need(inner, owner) }
            if case .choose(_, then: let claimed, otherwise: _) = statement.kind {
                for part in claimed { needHead(part, owner) }
            }
        }
    }

    private mutating func needHead(_ statement: Stmt, _ owner: BodyOwner) {
        if let place = statement.writtenPlace { need(place) }
        switch statement.kind {
        case .call(let handler, let arguments, result: let result):
            needArguments(handler, arguments, owner)
            if let result, isNeeded(result, owner) { results.insert(handler) }
        case .commit(let handler, let arguments): needArguments(handler, arguments, owner)
        case .returnValue(let e?): if keepsResult(e, owner) { need(e, owner) }
        case .each(_, set: let set, todo: let todo, _):
            need(set, owner)
            locals.insert(OwnedLocal(owner: owner, local: todo))
        case .assignLocal(let local, let path, let operation, let e):
            // What changes a part, or adds, needs the value before.
            if !path.isEmpty || operation != .set { locals.insert(OwnedLocal(owner: owner, local: local)) }
            need(e, owner)
        case .assign, .bind, .readModifyWrite, .lock, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic,
            .assert, .fail, .returnValue(nil):
            for e in statement.headExpressions { need(e, owner) }
        }
    }

    /// Whether the value of a `return` stays.
    func keepsResult(_ e: Expr, _ owner: BodyOwner) -> Bool {
        guard case .handler(let id) = owner else { return true }
        return results.contains(id) || program.mayViolate(storing: e, .set, into: program[id].result)
    }

    private mutating func needArguments(_ handler: HandlerID, _ arguments: [Expr], _ owner: BodyOwner) {
        for (index, argument) in arguments.enumerated() where keepsArgument(handler, arguments, index) {
            need(argument, owner)
        }
    }

    /// Whether an argument of a call stays: its parameter is read, or evaluating it may be a violation.
    func keepsArgument(_ handler: HandlerID, _ arguments: [Expr], _ index: Int) -> Bool {
        keepsCommits && program[handler].isGhost || isNeeded(LocalID(index), .handler(handler))
            || argumentViolates(handler, arguments, index)
    }
}

extension Program {
    fileprivate func scope(of owner: BodyOwner) -> Scope {
        switch owner {
        case .process(let index): processes[index].scope
        case .handler(let id): self[id].scope
        case .initialization: initialization.scope
        }
    }
}
