import Program

/// What a local of a scope is in one inlined instance.
enum Atom {
    case local(LocalID)
    case constant(Value)
}

/// Rewrites expressions of a scope into expressions over the locals of a graph.
struct Renaming {
    var atoms: [LocalID: Atom] = [:]

    func local(_ id: LocalID) -> LocalID {
        switch atoms[id] {
        case .local(let renamed): renamed
        case .constant, nil: id
        }
    }

    func expression(_ e: Expr) -> Expr {
        if case .local(let id) = e.kind {
            switch atoms[id] {
            case .local(let renamed): return Expr(.local(renamed), e.type, e.span)
            case .constant(let value): return Expr(.constant(value), e.type, e.span)
            case nil: return e
            }
        }
        if case .matches(let subject, let shape) = e.kind {
            return Expr(.matches(expression(subject), pattern(shape)), e.type, e.span)
        }
        if case .match(let subject, let arms) = e.kind {
            let renamed = arms.map { ExprArm(pattern: pattern($0.pattern), value: expression($0.value)) }
            return Expr(.match(expression(subject), renamed), e.type, e.span)
        }
        if case .quantified(let kind, let binders, let body) = e.kind {
            return Expr(.quantified(kind, binders.map(binder), expression(body)), e.type, e.span)
        }
        if case .comprehension(let inner) = e.kind { return Expr(.comprehension(binder(inner)), e.type, e.span) }
        return e.mapChildren(expression)
    }

    func place(_ place: Place) -> Place { place.mapIndices(expression) }

    func binder(_ binder: Binder) -> Binder {
        Binder(
            local: local(binder.local), set: expression(binder.set), condition: binder.condition.map(expression))
    }

    func pattern(_ pattern: Pattern) -> Pattern {
        switch pattern {
        case .anything: .anything
        case .bind(let id): .bind(local(id))
        case .constant(let value): .constant(value)
        case .enumeration(let id, case: let number, let parts):
            .enumeration(id, case: number, parts.map(self.pattern))
        case .none: .none
        case .some(let inner): .some(self.pattern(inner))
        case .emptySet: .emptySet
        }
    }

    func operation(_ operation: ReadModifyWrite) -> ReadModifyWrite {
        switch operation {
        case .exchange(let e): .exchange(expression(e))
        case .compareExchange(expected: let expected, new: let new):
            .compareExchange(expected: expression(expected), new: expression(new))
        case .fetchAdd(let e): .fetchAdd(expression(e))
        }
    }
}
