/// Which elements of domains something singles out. Renaming the elements of such a domain changes what it means.
extension Program {
    /// The domains of which a value names some elements and not others. Domains of one element have nothing to name.
    public func domainsNamed(in value: Value) -> Set<DomainID> {
        switch value {
        case .element(let id, _): self[id].size > 1 ? [id] : []
        case .enumeration(_, case: _, let parts), .record(_, let parts):
            parts.reduce(into: []) { $0.formUnion(domainsNamed(in: $1)) }
        case .some(let inner): domainsNamed(in: inner)
        case .set(let elements): domainsNamed(inSet: elements)
        case .unit, .bool, .int, .unbounded, .bits, .none, .lockFree, .lockExclusive, .lockShared: []
        }
    }

    /// A set that has all elements of a domain names none of them.
    private func domainsNamed(inSet elements: [Value]) -> Set<DomainID> {
        if case .element(let id, _)? = elements.first, elements.count == self[id].size { return [] }
        return elements.reduce(into: []) { $0.formUnion(domainsNamed(in: $1)) }
    }

    /// The domains of which the steps or the properties name elements. `init` may: that makes other initial states,
    /// and no other steps.
    ///
    /// What a dead cell with a `when` is reset to counts: that happens in steps.
    public var domainsNamedInSteps: Set<DomainID> {
        var result: Set<DomainID> = []
        func look(_ e: Expr) {
            if case .constant(let value) = e.kind { result.formUnion(domainsNamed(in: value)) }
            if case .matches(_, let pattern) = e.kind { look(pattern) }
            if case .match(_, let arms) = e.kind { arms.forEach { look($0.pattern) } }
            e.children.forEach(look)
        }
        func look(_ pattern: Pattern) {
            for value in pattern.constants { result.formUnion(domainsNamed(in: value)) }
        }
        func look(_ block: Block) {
            block.forEachStatement { statement in
                statement.headExpressions.forEach(look)
                if case .match(_, let arms) = statement.kind { arms.forEach { look($0.pattern) } }
            }
        }
        processes.forEach { look($0.body) }
        handlers.forEach { look($0.body) }
        functions.forEach { look($0.body) }
        for property in properties {
            switch property.kind {
            case .invariant(atRest: _, let conjuncts), .transition(let conjuncts): conjuncts.forEach(look)
            case .reachable(let e): look(e)
            case .progress(let a, leadsTo: let b): [a, b].forEach(look)
            }
        }
        for variable in variables where !variable.isVanished {
            if let condition = variable.condition { look(condition) }
            if variable.condition != nil || hasConditionalFields(variable.type) { look(variable.initial) }
        }
        return result
    }

    /// Whether a value of the type may have a field that means nothing at times.
    public func hasConditionalFields(_ type: Type) -> Bool {
        guard case .record(let id) = type else { return false }
        return self[id].fields.contains { $0.condition != nil || hasConditionalFields($0.type) }
    }
}

extension Pattern {
    /// The constants that it compares with.
    fileprivate var constants: [Value] {
        switch self {
        case .constant(let value): [value]
        case .enumeration(_, case: _, let parts): parts.flatMap(\.constants)
        case .some(let inner): inner.constants
        case .anything, .bind, .none, .emptySet: []
        }
    }
}
