import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// A block in a frame of its own.
    func block(_ tree: BlockTree, _ body: BodyScope) -> Block {
        body.inFrame { Block(statements(tree.statements, body), tree.span) }
    }

    /// Statements in the current frame; what a call in an expression needs comes in front.
    func statements(_ trees: [StmtTree], _ body: BodyScope) -> [Stmt] {
        var result: [Stmt] = []
        for tree in trees {
            let outer = body.pending
            body.pending = []
            body.allowsCalls = true
            let statement = statement(tree, body)
            body.allowsCalls = false
            result += body.pending
            body.pending = outer
            if let statement { result.append(statement) }
        }
        return result
    }

    func make(_ kind: StmtKind, _ span: Span) -> Stmt {
        Stmt(id: newStatementID(), kind, span, role: .local)
    }

    private func statement(_ tree: StmtTree, _ body: BodyScope) -> Stmt? {
        switch tree.kind {
        case .assign(let target, let operation, let value):
            return assignment(target, operation, value, tree.span, body)
        case .letBinding(let name, let type, let value): return binding(name, type, value, false, tree.span, body)
        case .varBinding(let name, let type, let value): return binding(name, type, value, true, tree.span, body)
        case .expression(let expr): return expressionStatement(expr, tree.span, body)
        case .lock(let lock, let shared, let nested, let condition):
            return lockStatement(lock, shared: shared, nested, condition, tree.span, body)
        case .unlock(let lock, let condition):
            guard onlyWhere(condition, body) else { return nil }
            return lockPlace(lock, body).map { make(.unlock($0), tree.span) }
        case .tryLock(let lock, let shared, let otherwise):
            return tryLock(lock, shared: shared, otherwise, tree.span, body)
        case .downgrade(let lock): return downgrade(lock, tree.span, body)
        case .ifElse(let condition, let first, let second): return ifElse(condition, first, second, tree.span, body)
        case .match(let value, let arms): return match(value, arms, tree.span, body)
        case .loop(let label, let atMost, let inner): return loop(label, atMost, inner, tree.span, body)
        case .whileLoop(let condition, let inner): return whileLoop(condition, inner, tree.span, body)
        case .each(let binders, let inner): return each(binders[...], inner, tree.span, body)
        case .choose(let binders, let then, let otherwise): return choose(binders, then, otherwise, tree.span, body)
        case .either(let branches):
            guard allowed("either", tree.span, body) else { return nil }
            return make(.either(branches.map { block($0, body) }), tree.span)
        case .await(let condition):
            guard allowed("await", tree.span, body) else { return nil }
            let checked = body.withoutCalls { check(condition, expecting: .bool, body) }
            return checked.map { make(.await($0), tree.span) }
        case .guardElse(let condition, let otherwise): return guardElse(condition, otherwise, tree.span, body)
        case .doBlock(let label, let inner):
            return labelled(label, isLoop: false, body) { make(.doBlock(block(inner, body)), tree.span, $0) }
        case .breakOut(let label): return leave(label, isContinue: false, tree.span, body)
        case .continueLoop(let label): return leave(label, isContinue: true, tree.span, body)
        case .atomic(let reason, let inner): return atomic(reason, inner, tree.span, body)
        case .commit(let call): return commit(call, tree.span, body)
        case .assert(let name, let condition): return assertion(name, condition, tree.span, body)
        case .fail(let name, let text):
            return make(.fail(name: assertionName(name, "fail", body), text), tree.span)
        case .returnValue(let value): return returnStatement(value, tree.span, body)
        case .bump:
            report(.notSupported, "`version` counters are not part of the language of this release", at: tree.span)
            return nil
        case .error: return nil
        }
    }

    func make(_ kind: StmtKind, _ span: Span, _ id: StmtID) -> Stmt { Stmt(id: id, kind, span, role: .local) }

    /// Statements that wait or branch have no place in ghost code.
    func allowed(_ what: String, _ span: Span, _ body: BodyScope) -> Bool {
        if body.isGhost {
            report(.ghostWritesReal, "`\(what)` has no place in a ghost handler: it would change behaviour", at: span)
            return false
        }
        return true
    }

    private func labelled(_ label: Name?, isLoop: Bool, _ body: BodyScope, _ make: (StmtID) -> Stmt?) -> Stmt? {
        let id = newStatementID()
        if let label, body.labels.contains(where: { $0.name == label.text }) {
            report(.duplicateName, "there is already a label `\(label.text)` around this", at: label.span)
        }
        body.labels.append(BodyScope.Label(name: label?.text, statement: id, isLoop: isLoop))
        defer { body.labels.removeLast() }
        return make(id)
    }

    // MARK: Loops

    private func loop(
        _ label: Name?, _ atMost: ExprTree?, _ inner: BlockTree, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        guard allowed("loop", span, body) else { return nil }
        var bound: Expr?
        if let atMost {
            guard let expr = infer(atMost, hint: .int, body) else { return nil }
            switch (expr.type, expr.kind) {
            case (.int, _), (.range, _): bound = expr
            case (.rangeOrUnbounded, .constant(.unbounded)): bound = nil
            case (.rangeOrUnbounded, .constant): bound = Expr(expr.kind, .int, expr.span)
            case (.rangeOrUnbounded, _):
                report(
                    .notConstant, "whether this loop is bounded must be known before the search: use a `const`",
                    at: atMost.span)
                return nil
            case (.unit, _), (.bool, _), (.bits, _), (.domain, _), (.enumeration, _), (.record, _), (.set, _),
                (.optional, _), (.lock, _):
                report(.typeMismatch, "a loop is bounded by a number, not \(describe(expr.type))", at: atMost.span)
                return nil
            }
        }
        var counter: LocalID?
        if let bound {
            guard let (_, most) = interval(of: bound), most < Self.boundLimit else {
                report(.cannotInfer, "how often this loop may go round is not clear; bound the number", at: bound.span)
                return nil
            }
            counter = body.hidden(
                "round", .range(lower: 0, upper: max(most, 0), wraps: false), isMutable: true, at: span)
        }
        return labelled(label, isLoop: true, body) { id in
            make(.loop(atMost: bound, counter: counter, block(inner, body)), span, id)
        }
    }

    private func whileLoop(_ condition: ExprTree, _ inner: BlockTree, _ span: Span, _ body: BodyScope) -> Stmt? {
        guard allowed("while", span, body) else { return nil }
        body.push()
        defer { body.pop() }
        guard let checked = body.withoutCalls({ check(condition, expecting: .bool, body) }) else { return nil }
        return labelled(nil, isLoop: true, body) { make(.whileLoop(checked, block(inner, body)), span, $0) }
    }

    private func each(
        _ binders: ArraySlice<BinderTree>, _ inner: BlockTree, _ span: Span, _ body: BodyScope
    ) -> Stmt? {
        guard let first = binders.first else { return nil }
        guard var set = setExpr(first.set, element: nil, body), case .set(let element) = set.type else { return nil }
        body.push()
        defer { body.pop() }
        rejectReuse(first.name, body)
        if let condition = first.condition {
            let binder = body.inFrame { () -> Binder? in
                let local = body.declare(first.name, element)
                return body.withoutCalls { check(condition, expecting: .bool, body) }
                    .map { Binder(local: local, set: set, condition: $0) }
            }
            guard let binder else { return nil }
            set = Expr(.comprehension(binder), set.type, first.set.span)
        }
        guard checkedSet(of: element, at: first.set.span) != nil else { return nil }
        let local = body.declare(first.name, element)
        let todo = body.hidden("\(first.name.text) to do", set.type, isMutable: true, at: first.name.span)
        return labelled(nil, isLoop: true, body) { id in
            let rest = binders.dropFirst()
            let block: Block
            if rest.isEmpty {
                block = self.block(inner, body)
            } else {
                block = Block(each(rest, inner, span, body).map { [$0] } ?? [], inner.span)
            }
            return make(.each(local, set: set, todo: todo, block), span, id)
        }
    }

    private func leave(_ label: Name?, isContinue: Bool, _ span: Span, _ body: BodyScope) -> Stmt? {
        let what = isContinue ? "continue" : "break"
        let target: BodyScope.Label?
        if let label {
            target = body.labels.last { $0.name == label.text }
            if target == nil {
                let near = suggestion(for: label.text, among: body.labels.compactMap(\.name))
                report(
                    .unknownName, "there is no label `\(label.text)` around this", at: label.span,
                    fixIts: near.map { [FixIt("use `\($0)`", replace: label.span, with: $0)] } ?? [])
                return nil
            }
        } else {
            target = body.labels.last { $0.isLoop }
        }
        guard let target, !isContinue || target.isLoop else {
            report(.misplacedStatement, "`\(what)` needs a loop around it", at: span)
            return nil
        }
        return make(isContinue ? .continueLoop(target.statement) : .breakOut(target.statement), span)
    }
}
