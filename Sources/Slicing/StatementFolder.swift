import Program

/// Folds statements: what a constant decides is replaced by the branch it decides for, what is not reached goes away.
struct StatementFolder {
    var folder: Folder
    /// New statements get numbers from here.
    var statementCount: Int
    private var scope = Scope()

    init(folder: Folder, statementCount: Int) {
        self.folder = folder
        self.statementCount = statementCount
    }

    mutating func foldBody(_ body: Block, _ scope: Scope) -> Block {
        self.scope = scope
        folder.locals = constantLocals(of: body, scope)
        defer { folder.locals = [:] }
        return fold(body)
    }

    private mutating func fold(_ block: Block) -> Block {
        var result: [Stmt] = []
        outer: for statement in block.statements {
            for folded in fold(statement) {
                result.append(folded)
                if !folded.mayComplete { break outer }
            }
        }
        return Block(result, block.span)
    }

    private mutating func fold(_ statement: Stmt) -> [Stmt] {
        switch statement.kind {
        case .ifElse(let condition, let yes, let no): return foldIf(statement, folder.fold(condition), yes, no)
        case .match(let subject, let arms): return foldMatch(statement, folder.fold(subject), arms)
        case .loop(atMost: let bound, counter: let counter, let body):
            let limit = bound.map(folder.fold)
            if case .int(let n)? = limit?.constant, n <= 0 { return [] }
            if limit?.constant == .unbounded { return [statement.with(.loop(atMost: nil, counter: nil, fold(body)))] }
            return [statement.with(.loop(atMost: limit, counter: counter, fold(body)))]
        case .whileLoop(let condition, let body):
            let test = folder.fold(condition)
            return test.isFalse ? [] : [statement.with(.whileLoop(test, fold(body)))]
        case .each(let local, set: let set, todo: let todo, let body):
            let elements = folder.fold(set)
            if folder.isEmpty(elements) { return [] }
            return [statement.with(.each(local, set: elements, todo: todo, fold(body)))]
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            return foldChoose(statement, binders, claimed, otherwise)
        case .either(let branches): return [statement.with(.either(branches.map { fold($0) }))]
        case .guardElse(let condition, otherwise: let otherwise):
            let test = folder.fold(condition)
            let leaving = fold(otherwise)
            if test.isTrue { return [] }
            return test.isFalse ? leaving.statements : [statement.with(.guardElse(test, otherwise: leaving))]
        case .doBlock(let body):
            let inside = fold(body)
            return inside.statements.isEmpty ? [] : [statement.with(.doBlock(inside))]
        case .atomic(reason: let reason, let body):
            if statement.isEmptyStep { return [statement] }
            let inside = fold(body)
            return inside.statements.isEmpty ? [] : [statement.with(.atomic(reason: reason, inside))]
        case .tryLock(let place, let mode, otherwise: let otherwise):
            return [statement.with(.tryLock(place.mapIndices(folder.fold), mode, otherwise: fold(otherwise)))]
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .downgrade, .await, .breakOut,
            .continueLoop, .commit, .assert, .fail, .returnValue:
            return foldSimple(statement)
        }
    }

    /// Statements without blocks.
    private func foldSimple(_ statement: Stmt) -> [Stmt] {
        let folded = statement.mapHead(folder.fold)
        switch folded.kind {
        case .await(let e), .assert(name: _, let e): return e.isTrue ? [] : [folded]
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock, .tryLock, .downgrade, .ifElse,
            .match, .loop, .whileLoop, .each, .choose, .either, .guardElse, .doBlock, .breakOut, .continueLoop, .atomic,
            .commit, .fail, .returnValue:
            return [folded]
        }
    }

    private mutating func foldIf(_ statement: Stmt, _ condition: Expr, _ yes: Block, _ no: Block) -> [Stmt] {
        if condition.isTrue { return fold(yes).statements }
        if condition.isFalse { return fold(no).statements }
        return [statement.with(.ifElse(condition, fold(yes), fold(no)))]
    }

    private mutating func foldMatch(_ statement: Stmt, _ subject: Expr, _ arms: [Arm]) -> [Stmt] {
        if let value = subject.constant {
            for arm in arms {
                guard let bound = FoldOperations.match(value, arm.pattern) else { continue }
                return bindings(bound, subject, statement) + fold(arm.body).statements
            }
        }
        return [statement.with(.match(subject, arms.map { Arm(pattern: $0.pattern, body: fold($0.body)) }))]
    }

    /// The locals of a pattern that is certain to match, as statements of their own.
    private mutating func bindings(_ bound: [LocalID: Value], _ subject: Expr, _ statement: Stmt) -> [Stmt] {
        bound.sorted { $0.key < $1.key }.map { local, value in
            let id = StmtID(statementCount)
            statementCount += 1
            let type = scope.locals.indices.contains(local.raw) ? scope.locals[local.raw].type : subject.type
            let e = Expr(.constant(value), type, subject.span)
            return Stmt(id: id, .bind(local, e), statement.span, role: .local)
        }
    }

    private mutating func foldChoose(
        _ statement: Stmt, _ binders: [Binder], _ claimed: [Stmt], _ otherwise: Block?
    ) -> [Stmt] {
        let folded = binders.map { binder in
            let condition = binder.condition.map(folder.fold)
            return Binder(
                local: binder.local, set: folder.fold(binder.set),
                condition: condition?.isTrue == true ? nil : condition)
        }
        if let otherwise, let first = folded.first, folder.isEmpty(first.set) || first.condition?.isFalse == true,
            !folder.program.mayViolate(first.set)
        {
            return fold(otherwise).statements
        }
        let then = claimed.flatMap { fold($0) }
        return [statement.with(.choose(folded, then: then, otherwise: otherwise.map { fold($0) }))]
    }
}

extension Expr {
    var isTrue: Bool { constant == .bool(true) }
    var isFalse: Bool { constant == .bool(false) }
}
