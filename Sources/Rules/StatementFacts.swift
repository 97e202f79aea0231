import Diagnostics
import Program

extension ReadModifyWrite {
    /// What it does to the old value.
    var stores: AssignOperation {
        switch self {
        case .fetchAdd: .add
        case .exchange, .compareExchange: .set
        }
    }
}

extension Stmt {
    /// The locals that the statement itself gives a value; those of patterns are not among them.
    var assignedLocals: [LocalID] {
        switch kind {
        case .assignLocal(let local, _, _, _), .bind(let local, _), .each(let local, set: _, todo: _, _): [local]
        case .readModifyWrite(let local?, _, _), .call(_, _, result: let local?): [local]
        case .choose(let binders, then: _, otherwise: _): binders.map(\.local)
        case .readModifyWrite(nil, _, _), .call(_, _, result: nil), .assign, .lock, .unlock, .tryLock, .downgrade,
            .ifElse, .match, .loop, .whileLoop, .either, .await, .guardElse, .doBlock, .breakOut, .continueLoop,
            .atomic, .commit, .assert, .fail, .returnValue:
            []
        }
    }

    /// Whether it changes a local that was there before.
    var isAssignment: Bool {
        if case .assignLocal = kind { return true }
        return false
    }

    /// The statement without its blocks.
    var head: Span {
        if blocks.isEmpty { return span }
        if let place = writtenPlace { return span.keyword(max(place.span.end - span.start, 0)) }
        guard let last = headExpressions.last else { return span.keyword(6) }
        return Span(
            span.source, span.start, last.span.source == span.source ? max(last.span.end, span.start) : span.end)
    }
}

extension Expr {
    var isFalse: Bool {
        if case .constant(.bool(false)) = kind { return true }
        return false
    }
}

extension Program {
    /// How an assignment changes its cell.
    func storeKind(_ place: Place, _ operation: AssignOperation) -> StoreKind {
        if operation == .set { return place.inner.isEmpty ? .store : .loadAndStore }
        if case .set = place.type { return .readModifyWrite }
        return place.inner.isEmpty && isAtomic(place) ? .readModifyWrite : .loadAndStore
    }

    private func isAtomic(_ place: Place) -> Bool {
        var type = self[place.variable].type
        var result = self[place.variable].isAtomic
        for index in place.fields {
            guard let field = field(of: type, index) else { return false }
            result = field.isAtomic
            type = field.type
        }
        return result
    }

    /// The type of a part of a value.
    func type(of path: [InnerField], in type: Type) -> Type {
        path.reduce(type) { type, step in
            switch step {
            case .record(let index): field(of: type, index)?.type ?? type
            case .payload(case: let enumCase, field: let index):
                payload(of: type, case: enumCase, index)?.type ?? type
            case .some: if case .optional(let wrapped) = type { wrapped } else { type }
            }
        }
    }

    /// Whether a set has an element for certain.
    func isFilled(_ set: Expr) -> Bool {
        if case .constant(.set(let elements)) = set.kind { return !elements.isEmpty }
        if case .setOf(let elements) = set.kind { return !elements.isEmpty }
        if case .allOf(let type) = set.kind { return hasValues(type) }
        return false
    }

    /// Whether a set has no element for certain.
    func isEmpty(_ set: Expr) -> Bool {
        if case .constant(.set(let elements)) = set.kind { return elements.isEmpty }
        if case .setOf(let elements) = set.kind { return elements.isEmpty }
        if case .allOf(let type) = set.kind { return !hasValues(type) }
        return false
    }

    /// The first statement of a block, looking into blocks.
    func firstStatement(_ block: Block) -> Stmt? {
        guard let first = block.statements.first else { return nil }
        if case .doBlock(let inner) = first.kind { return firstStatement(inner) }
        if case .call(let handler, let arguments, result: _) = first.kind, !arguments.contains(where: touchesShared) {
            return firstStatement(self[handler].body)
        }
        return first
    }

    /// Whether a statement may have to wait.
    func isWait(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .lock, .await, .atomic: true
        case .choose(let binders, then: let claimed, otherwise: let otherwise):
            otherwise == nil && (!claimed.isEmpty || binders.flatMap(\.expressions).contains { touchesShared($0) })
        case .assign, .assignLocal, .bind, .readModifyWrite, .call, .unlock, .tryLock, .downgrade, .ifElse, .match,
            .loop, .whileLoop, .each, .either, .guardElse, .doBlock, .breakOut, .continueLoop, .commit, .assert, .fail,
            .returnValue:
            false
        }
    }
}
