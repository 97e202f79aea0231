import Program

// Choices, branches and loops.
extension Machine {
    /// Binds a witness and runs `then`; false where there is none.
    ///
    /// What is wrong with a candidate that is not taken does not count, unless no candidate can be taken: then all
    /// were looked at.
    mutating func choose(_ binders: [Binder], then: [Stmt]) throws(Stop) -> Bool {
        var rejected: [Violation] = []
        let candidates: [Candidate]
        if let known = script.knownCandidates() {
            candidates = known
        } else {
            candidates = try self.candidates(binders[...], [], &rejected)
        }
        guard !candidates.isEmpty else {
            for violation in rejected { evaluator.pass(violation) }
            return false
        }
        let candidate = script.pick(candidates)
        for (binder, value) in zip(binders, candidate.values) {
            choices.append(Choice(label: localName(binder.local), value: value))
            evaluator.bind(binder.local, value)
        }
        for violation in candidate.violations { evaluator.pass(violation) }
        if let failure = candidate.failure { throw .violation(failure) }
        // Patterns in conditions bind for what follows.
        let seen = evaluator.violations
        for binder in binders { if let condition = binder.condition { _ = try evaluator.isTrue(condition) } }
        evaluator.violations = seen
        for statement in then {
            executed.append(statement.id)
            try perform(statement)
        }
        return true
    }

    private mutating func candidates(
        _ binders: ArraySlice<Binder>, _ prefix: [Value], _ rejected: inout [Violation]
    ) throws(Stop) -> [Candidate] {
        guard let binder = binders.first else {
            return [Candidate(values: prefix, violations: [], failure: nil)]
        }
        var result: [Candidate] = []
        for value in tables.candidates(try evaluator.elements(binder.set), for: localType(binder.local)) {
            evaluator.bind(binder.local, value)
            let before = evaluator.violations
            evaluator.violations = []
            let verdict = look(binder.condition)
            let found = evaluator.violations
            evaluator.violations = before
            switch verdict {
            case .success(true):
                for rest in try candidates(binders.dropFirst(), prefix + [value], &rejected) {
                    result.append(
                        Candidate(values: rest.values, violations: found + rest.violations, failure: rest.failure))
                }
            case .success(false): rejected += found
            case .failure(.blocked): break
            case .failure(.violation(let failure)):
                result.append(Candidate(values: prefix + [value], violations: found, failure: failure))
            }
        }
        return result
    }

    private mutating func look(_ condition: Expr?) -> Result<Bool, Stop> {
        guard let condition else { return .success(true) }
        do throws(Stop) { return .success(try evaluator.isTrue(condition)) } catch { return .failure(error) }
    }

    private func localName(_ local: LocalID) -> String { declaration(of: local)?.name ?? "" }

    private func localType(_ local: LocalID) -> Type { declaration(of: local)?.type ?? .unit }

    private func declaration(of local: LocalID) -> Local? {
        guard let body = activations.last?.body else { return nil }
        let locals = tables.scope(of: body).locals
        return locals.indices.contains(local.raw) ? locals[local.raw] : nil
    }

    mutating func pickBranch(_ branches: [Block], of id: StmtID) throws(Stop) {
        guard !branches.isEmpty else { throw .blocked }
        let number = script.pick(branches.count)
        choices.append(Choice(label: "either", value: .int(Int64(number))))
        if stretch == nil && !branches[number].statements.isEmpty { progress = .picked }
        cursor = tables.statements.into(branches[number], of: id)
    }

    // MARK: Loops

    /// Comes by a loop: its entry first, unless it has been entered, then its head.
    mutating func executeLoop(_ entry: StatementTable.Entry, isHead: Bool) throws(Stop) -> Bool {
        let id = entry.statement.id
        if !isHead {
            if tables.rounds.entryIsAccess.contains(id) { guard begins(.access) else { return false } }
            try enterLoop(entry.statement)
            cursor = .at(id, isHead: true)
        }
        let isAccess = tables.rounds.headIsAccess.contains(id)
        // A place of rest is behind a local end test: a loop that is left is none.
        if entry.isOutermostLoop, tables.rounds.testIsLocal.contains(id), try !goesOn(entry.statement) {
            _ = begins(.local)
            return leaveLoop(id)
        }
        guard begins(isAccess ? .access : .local) else { return false }
        guard try goesOn(entry.statement) else { return leaveLoop(id) }
        if entry.isOutermostLoop && !isAccess && progress == .happened && stretch == nil { return false }
        executed.append(id)
        try beginRound(entry.statement)
        return true
    }

    private mutating func leaveLoop(_ id: StmtID) -> Bool {
        executed.append(id)
        cursor = tables.statements.after(id)
        return true
    }

    /// What is evaluated once.
    private mutating func enterLoop(_ statement: Stmt) throws(Stop) {
        switch statement.kind {
        case .loop(let atMost, let counter, _):
            if let atMost, let counter {
                evaluator.bind(counter, try evaluator.evaluate(atMost))
            }
        case .each(_, let set, let todo, _): evaluator.bind(todo, try evaluator.evaluate(set))
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .whileLoop, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic,
            .commit, .assert, .fail, .returnValue:
            break
        }
    }

    /// The loop's own end test.
    private mutating func goesOn(_ statement: Stmt) throws(Stop) -> Bool {
        switch statement.kind {
        case .loop(_, let counter, _):
            guard let counter, case .int(let left) = value(of: counter) else { return true }
            return left > 0
        case .whileLoop(let condition, _): return try evaluator.isTrue(condition)
        case .each(_, _, let todo, _): return value(of: todo) != .set([])
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit,
            .assert, .fail, .returnValue:
            return false
        }
    }

    /// Counts the round, or takes an element, and goes into the body.
    private mutating func beginRound(_ statement: Stmt) throws(Stop) {
        switch statement.kind {
        case .loop(_, let counter, let body):
            if let counter, case .int(let left) = value(of: counter) { evaluator.bind(counter, .int(left &- 1)) }
            cursor = tables.statements.into(body, of: statement.id)
        case .whileLoop(_, let body): cursor = tables.statements.into(body, of: statement.id)
        case .each(let element, _, let todo, let body):
            guard case .set(var rest) = value(of: todo), !rest.isEmpty else { throw .blocked }
            let isFree = stretch == nil
            if isFree { _ = begins(.choice) }
            let taken = rest.remove(at: isFree ? script.pick(rest.count) : 0)
            if isFree { choices.append(Choice(label: localName(element), value: taken)) }
            evaluator.bind(element, taken)
            evaluator.bind(todo, .set(rest))
            cursor = tables.statements.into(body, of: statement.id)
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .choose, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic, .commit,
            .assert, .fail, .returnValue:
            break
        }
    }

    private func value(of local: LocalID) -> Value? {
        evaluator.locals.indices.contains(local.raw) ? evaluator.locals[local.raw] : nil
    }
}
