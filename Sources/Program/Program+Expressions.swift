extension Program {
    /// Every expression of functions, properties, conditions and statements, in no particular order.
    public var allExpressions: [Expr] {
        var result = functions.map(\.body) + variables.compactMap(\.condition)
        for property in properties {
            switch property.kind {
            case .invariant(atRest: _, let conjuncts), .transition(let conjuncts): result += conjuncts
            case .reachable(let e): result.append(e)
            case .progress(let a, leadsTo: let b): result += [a, b]
            }
        }
        for body in processes.map(\.body) + handlers.map(\.body) + [initialization.body] {
            body.forEachStatement { result += $0.headExpressions }
        }
        return result
    }

    /// Whether evaluating an expression looks at ghost state; called functions are looked into.
    public func readsGhost(_ e: Expr) -> Bool {
        e.contains { part in
            if case .read(let place, racy: _) = part.kind { return self[place.variable].role == .ghost }
            if case .call(let function, _) = part.kind { return readsGhost(self[function].body) }
            return false
        }
    }
}
