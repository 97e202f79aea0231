import Diagnostics
import Program
import Syntax

extension Elaborator {
    // MARK: Locks

    func lockPlace(_ tree: ExprTree, _ body: BodyScope) -> Place? {
        guard allowed("lock", tree.span, body), let place = place(tree, body) else { return nil }
        guard isLock(place.type) else {
            report(.typeMismatch, "a lock is needed here, but this is \(describe(place.type))", at: tree.span)
            return nil
        }
        if case .initial = body.kind {
            report(.misplacedStatement, "all locks are free at the start; `init` takes none", at: tree.span)
            return nil
        }
        return place
    }

    /// `when c` with a constant `c`: whether the statement is there at all.
    func onlyWhere(_ condition: ExprTree?, _ body: BodyScope) -> Bool {
        guard let condition else { return true }
        return constantValue(condition, .bool, in: body.instance) == .bool(true)
    }

    func lockStatement(
        _ tree: ExprTree, shared: Bool, _ nested: String?, _ condition: ExprTree?, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        guard onlyWhere(condition, body), let place = lockPlace(tree, body),
            let mode = mode(shared: shared, place, span)
        else { return nil }
        return make(.lock(place, mode, nested: nested), span)
    }

    private func mode(shared: Bool, _ place: Place, _ span: Span) -> LockMode? {
        guard shared else { return .exclusive }
        guard case .lock(.readWrite) = place.type else {
            report(.typeMismatch, "only a `rwlock` can be taken `shared`", at: span)
            return nil
        }
        return .shared
    }

    func tryLock(_ tree: ExprTree, shared: Bool, _ otherwise: BlockTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard let place = lockPlace(tree, body), let mode = mode(shared: shared, place, span) else { return nil }
        return make(.tryLock(place, mode, otherwise: block(otherwise, body)), span)
    }

    func downgrade(_ tree: ExprTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard let place = lockPlace(tree, body) else { return nil }
        guard case .lock(.readWrite) = place.type else {
            report(.typeMismatch, "only a `rwlock` can be downgraded", at: span)
            return nil
        }
        return make(.downgrade(place), span)
    }

    // MARK: Branches

    func ifElse(
        _ condition: ExprTree, _ first: BlockTree, _ second: BlockTree?, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        body.push()
        let checked = check(condition, expecting: .bool, body)
        let one = block(first, body)
        body.pop()
        let two = second.map { block($0, body) } ?? Block([], Span(span.source, span.end, span.end))
        return checked.map { make(.ifElse($0, one, two), span) }
    }

    func match(_ value: ExprTree, _ arms: [ArmTree], _ span: Span, _ body: BodyScope) -> Stmt? {
        guard let scrutinee = infer(value, hint: nil, body) else { return nil }
        var result: [Arm] = []
        var isComplete = true
        for arm in arms {
            body.push()
            defer { body.pop() }
            if let pattern = check(arm.pattern, scrutinee.type, body) {
                result.append(Arm(pattern: pattern, body: block(arm.body, body)))
            } else {
                isComplete = false
            }
        }
        guard isComplete else { return nil }
        guard !arms.isEmpty else {
            report(.expected, "a `match` has at least one arm", at: span)
            return nil
        }
        checkExhaustive(arms.map(\.pattern), result.map(\.pattern), scrutinee.type, value.span)
        return make(.match(scrutinee, result), span)
    }

    func guardElse(_ condition: ExprTree, _ otherwise: BlockTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        // The `else` does not see what the condition binds, so it is checked first.
        let outside = block(otherwise, body)
        body.allowsCalls = true
        guard let checked = check(condition, expecting: .bool, body) else { return nil }
        if canFallThrough(outside) {
            report(
                .misplacedStatement, "the `else` of a `guard` must leave: `return`, `break`, `continue` or `fail`",
                at: otherwise.span)
        }
        return make(.guardElse(checked, otherwise: outside), span)
    }

    // MARK: Choices and claims

    func choose(
        _ trees: [BinderTree], _ then: StmtTree?, _ otherwise: BlockTree?, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        guard allowed("choose", span, body) else { return nil }
        let outside = otherwise.map { block($0, body) }
        let binders = trees.map { binder($0, body, isChoice: otherwise == nil) }
        var claim: [Stmt] = []
        if let then {
            guard let statement = claimed(then, body) else { return nil }
            claim = [statement]
        }
        guard !binders.contains(where: { $0 == nil }) else { return nil }
        if outside != nil { body.chosen.formUnion(binders.compactMap { $0?.local }) }
        return make(.choose(binders.compactMap { $0 }, then: claim, otherwise: outside), span)
    }

    /// What follows `then`: one assignment to a shared cell, which is one access together with the choice.
    private func claimed(_ tree: StmtTree, _ body: BodyScope) -> Stmt? {
        guard case .assign(let target, let operation, let value) = tree.kind else {
            report(.misplacedStatement, "`then` is followed by one assignment to a shared variable", at: tree.span)
            return nil
        }
        guard let statement = body.withoutCalls({ assignment(target, operation, value, tree.span, body) }) else {
            return nil
        }
        guard case .assign = statement.kind else {
            report(.misplacedStatement, "`then` assigns to a shared variable, not to a local", at: target.span)
            return nil
        }
        return statement
    }

    func atomic(_ reason: String?, _ inner: BlockTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        if reason == nil {
            report(
                .expected, "`atomic` needs its reason: `atomic(\"why this is one step\") { … }`",
                at: Span(span.source, span.start, span.start + 6))
        }
        // An `atomic` groups steps, not names: what it binds lives on behind it.
        return make(.atomic(reason: reason ?? "", Block(statements(inner.statements, body), inner.span)), span)
    }

    // MARK: Ends of blocks

    /// Whether control can reach the end of a block.
    func canFallThrough(_ block: Block) -> Bool {
        block.statements.allSatisfy { canFallThrough($0) }
    }

    private func canFallThrough(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .breakOut, .continueLoop, .returnValue, .fail: return false
        case .ifElse(_, let first, let second): return canFallThrough(first) || canFallThrough(second)
        case .match(_, let arms): return arms.contains { canFallThrough($0.body) }
        case .either(let branches): return branches.contains { canFallThrough($0) }
        case .atomic(_, let inner): return canFallThrough(inner)
        case .doBlock(let inner): return canFallThrough(inner) || leaves(inner, statement.id)
        case .loop(nil, _, let inner): return leaves(inner, statement.id)
        case .loop, .whileLoop, .each, .assign, .assignLocal, .bind, .readModifyWrite, .call, .lock, .unlock,
            .tryLock, .downgrade, .choose, .await, .guardElse, .commit, .assert:
            return true
        }
    }

    /// Whether a block contains a `break` to a target.
    private func leaves(_ block: Block, _ target: StmtID) -> Bool {
        block.statements.contains { statement in
            if case .breakOut(target) = statement.kind { return true }
            return statement.blocks.contains { leaves($0, target) }
        }
    }
}
