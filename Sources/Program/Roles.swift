extension Program {
    /// Whether reading the variable is an access: it is shared, and something writes it after `init`.
    public func isShared(_ id: VariableID) -> Bool {
        let variable = self[id]
        return variable.role == .shared && !variable.isConstant && !variable.isVanished
    }

    /// Whether evaluating an expression touches shared state, guarded or not; called functions are looked into.
    ///
    /// Costs a walk over the expression and the bodies of the functions that it calls.
    public func touchesShared(_ expression: Expr) -> Bool {
        expression.contains { part in
            switch part.kind {
            case .read(let place, racy: _): isShared(place.variable)
            case .locked: true
            case .call(let function, _): touchesShared(self[function].body)
            case .constant, .local, .sibling, .field, .payload, .unwrap, .unary, .binary, .matches, .conditional,
                .match, .quantified, .cardinality, .setOf, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome,
                .withRecord, .withPayload, .old, .slice, .toBits, .toInt, .process:
                false
            }
        }
    }

    /// Decides the ``StepRole`` of every statement of every process, handler and `init`.
    ///
    /// This is the only place that decides roles. The rules are those of `docs/decisions/001-what-one-access-is.md`.
    public mutating func assignRoles() {
        var assigner = RoleAssigner(program: self)
        for index in handlers.indices { _ = assigner.passesQuietly(HandlerID(index)) }
        for index in handlers.indices { handlers[index].body = assigner.finishedBody(HandlerID(index)) }
        for index in processes.indices { _ = assigner.assign(&processes[index].body, inGhost: false) }
        _ = assigner.assign(&initialization.body, inGhost: false)
    }
}

/// Where the control can go from the beginning of a statement without executing an `access` statement.
private struct QuietExits {
    var falls = false
    var returns = false
    var breaks: Set<StmtID> = []
    var continues: Set<StmtID> = []

    static let none = QuietExits()
    static let through = QuietExits(falls: true)

    mutating func merge(_ other: QuietExits) {
        falls = falls || other.falls
        returns = returns || other.returns
        breaks.formUnion(other.breaks)
        continues.formUnion(other.continues)
    }
}

private struct RoleAssigner {
    let program: Program
    private var bodies: [HandlerID: Block] = [:]
    private var quiet: [HandlerID: Bool] = [:]

    init(program: Program) { self.program = program }

    func finishedBody(_ id: HandlerID) -> Block { bodies[id] ?? program[id].body }

    /// Whether a call of the handler may return without an access. Assigns the roles of its body at the first call.
    mutating func passesQuietly(_ id: HandlerID) -> Bool {
        if let known = quiet[id] { return known }
        // Recursion is no program; this only keeps the walk finite should one get here.
        quiet[id] = false
        let handler = program[id]
        var body = handler.body
        let exits = assign(&body, inGhost: handler.isGhost)
        bodies[id] = body
        let result = exits.falls || exits.returns
        quiet[id] = result
        return result
    }

    mutating func assign(_ block: inout Block, inGhost: Bool) -> QuietExits {
        var result = QuietExits.none
        var reachable = true
        for index in block.statements.indices {
            let exits = assign(&block.statements[index], inGhost: inGhost)
            guard reachable else { continue }
            reachable = exits.falls
            result.merge(exits)
            result.falls = false
        }
        result.falls = reachable
        return result
    }

    private mutating func assign(_ statement: inout Stmt, inGhost: Bool) -> QuietExits {
        let touches = !inGhost && evaluatesShared(statement)
        let exits = assignInside(&statement, inGhost: inGhost)
        let role = role(of: statement, touches: touches, inside: exits, inGhost: inGhost)
        statement.role = role
        return role == .access ? .none : exits.leaving(statement.id)
    }

    /// The arguments of a `commit` are read with the step that the commit joins.
    private func evaluatesShared(_ statement: Stmt) -> Bool {
        if case .commit = statement.kind { return false }
        return statement.headExpressions.contains { program.touchesShared($0) }
    }

    private func role(of statement: Stmt, touches: Bool, inside: InsideExits, inGhost: Bool) -> StepRole {
        if touches { return .access }
        switch statement.kind {
        case .assign(let place, _, _), .readModifyWrite(_, let place, _):
            return program[place.variable].role == .ghost || program[place.variable].isVanished ? .local : .access
        case .lock, .unlock, .tryLock, .downgrade, .await, .atomic, .either: return .access
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            let waits = otherwise == nil && !binders.allSatisfy { $0.condition == nil && isFilled($0.set) }
            return claimed.isEmpty && !waits ? .choice : .access
        case .commit: return .choice
        case .each: return inside.goesRound && !inGhost ? .access : .choice
        case .loop, .whileLoop: return inside.goesRound && !inGhost ? .access : .local
        case .assignLocal, .bind, .call, .ifElse, .match, .guardElse, .doBlock, .breakOut, .continueLoop, .assert,
            .fail, .returnValue:
            return .local
        }
    }

    /// What is inside a statement: where it leads without an access, given that its head is none.
    private struct InsideExits {
        var exits: QuietExits
        /// A loop's body can come back to the head.
        var goesRound = false

        init(_ exits: QuietExits, goesRound: Bool = false) {
            self.exits = exits
            self.goesRound = goesRound
        }

        /// The statement itself is the target of some of the exits.
        func leaving(_ id: StmtID) -> QuietExits {
            var result = exits
            if result.breaks.remove(id) != nil { result.falls = true }
            result.continues.remove(id)
            return result
        }
    }

    private mutating func assignInside(_ statement: inout Stmt, inGhost: Bool) -> InsideExits {
        switch statement.kind {
        case .assign, .assignLocal, .bind, .readModifyWrite, .lock, .unlock, .downgrade, .await, .commit, .assert:
            return InsideExits(.through)
        case .call(let handler, _, result: _):
            return InsideExits(passesQuietly(handler) ? .through : .none)
        case .breakOut(let target): return InsideExits(QuietExits(breaks: [target]))
        case .continueLoop(let target): return InsideExits(QuietExits(continues: [target]))
        case .fail: return InsideExits(.none)
        case .returnValue: return InsideExits(QuietExits(returns: true))
        case .loop(atMost: let bound, counter: let counter, var body):
            let skips = bound.map { !Self.isPositive($0) } ?? false
            let exits = assign(&body, inGhost: inGhost)
            statement.kind = .loop(atMost: bound, counter: counter, body)
            return loopExits(exits, statement.id, skips: skips)
        case .whileLoop(let condition, var body):
            let exits = assign(&body, inGhost: inGhost)
            statement.kind = .whileLoop(condition, body)
            return loopExits(exits, statement.id, skips: !Self.isTrue(condition))
        case .each(let local, set: let set, todo: let todo, var body):
            let exits = assign(&body, inGhost: inGhost)
            statement.kind = .each(local, set: set, todo: todo, body)
            return loopExits(exits, statement.id, skips: !isFilled(set))
        case .ifElse, .match, .tryLock, .choose, .either, .guardElse, .doBlock, .atomic:
            return InsideExits(assignBranches(&statement, inGhost: inGhost))
        }
    }

    private func loopExits(_ body: QuietExits, _ id: StmtID, skips: Bool) -> InsideExits {
        let goesRound = body.falls || body.continues.contains(id)
        var exits = body
        exits.falls = skips
        return InsideExits(exits, goesRound: goesRound)
    }

    private mutating func assignBranches(_ statement: inout Stmt, inGhost: Bool) -> QuietExits {
        var exits = QuietExits.none
        switch statement.kind {
        case .ifElse(let condition, var yes, var no):
            exits.merge(assign(&yes, inGhost: inGhost))
            exits.merge(assign(&no, inGhost: inGhost))
            statement.kind = .ifElse(condition, yes, no)
        case .match(let subject, var arms):
            for index in arms.indices { exits.merge(assign(&arms[index].body, inGhost: inGhost)) }
            statement.kind = .match(subject, arms)
        case .tryLock(let place, let mode, otherwise: var otherwise):
            exits.merge(assign(&otherwise, inGhost: inGhost))
            statement.kind = .tryLock(place, mode, otherwise: otherwise)
        case .choose(let binders, then: var claimed, otherwise: var otherwise):
            for index in claimed.indices { _ = assign(&claimed[index], inGhost: inGhost) }
            exits.falls = true
            if var block = otherwise {
                exits.merge(assign(&block, inGhost: inGhost))
                otherwise = block
            }
            statement.kind = .choose(binders, then: claimed, otherwise: otherwise)
        case .either(var branches):
            for index in branches.indices { exits.merge(assign(&branches[index], inGhost: inGhost)) }
            statement.kind = .either(branches)
        case .guardElse(let condition, otherwise: var otherwise):
            exits = assign(&otherwise, inGhost: inGhost)
            exits.falls = true
            statement.kind = .guardElse(condition, otherwise: otherwise)
        case .doBlock(var body):
            exits = assign(&body, inGhost: inGhost)
            statement.kind = .doBlock(body)
        case .atomic(let reason, var body):
            exits = assign(&body, inGhost: inGhost)
            statement.kind = .atomic(reason: reason, body)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .loop, .whileLoop,
            .each, .await, .breakOut, .continueLoop, .commit, .assert, .fail, .returnValue:
            exits.falls = true
        }
        return exits
    }

    // MARK: Loops that are entered for certain

    private static func isPositive(_ bound: Expr) -> Bool {
        if case .constant(.int(let n)) = bound.kind { return n > 0 }
        if case .constant(.unbounded) = bound.kind { return true }
        return false
    }

    private static func isTrue(_ condition: Expr) -> Bool {
        if case .constant(.bool(true)) = condition.kind { return true }
        return false
    }

    private func isFilled(_ set: Expr) -> Bool {
        if case .constant(.set(let elements)) = set.kind { return !elements.isEmpty }
        if case .setOf(let elements) = set.kind { return !elements.isEmpty }
        if case .allOf(let type) = set.kind { return program.hasValues(type) }
        return false
    }
}
