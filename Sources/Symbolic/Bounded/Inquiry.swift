import SMT

/// That a solver does not know.
struct NoAnswer: Error {
    let reason: UnknownReason
}

/// Questions to a solver, counted.
struct Inquiry {
    private let solver: any Solver
    private let limits: SolverLimits
    private(set) var count = 0

    init(_ solver: any Solver, _ limits: SolverLimits) { (self.solver, self.limits) = (solver, limits) }

    /// Values for which all assertions hold; nil where there are none. What is false as it stands is not asked.
    mutating func values(_ graph: TermGraph, _ assertions: [Term]) throws(NoAnswer) -> Assignment? {
        let question = graph.and(assertions)
        if question == graph.no { return nil }
        count += 1
        switch solver.check(Query(graph, [question]), limits) {
        case .satisfiable(let assignment): return assignment
        case .unsatisfiable: return nil
        case .unknown(let reason): throw NoAnswer(reason: reason)
        }
    }

    /// Whether some run has as many steps, and comes to no state twice.
    mutating func goesOn(_ unrolling: Unrolling) throws(NoAnswer) -> Bool {
        let isOrdered = unrolling.isOrdered(upTo: unrolling.depth)
        let isLonger = [unrolling.reaches, unrolling.exists, isOrdered] + unrolling.distinctness
        return try values(unrolling.formula.graph, isLonger) != nil
    }

    /// The `reachable` properties that no run so far is a witness of.
    mutating func unwitnessed(_ unrolling: Unrolling) throws(NoAnswer) -> [String] {
        var names: [String] = []
        for (name, term) in unrolling.witnesses.sorted(by: { $0.key < $1.key }) {
            if try values(unrolling.formula.graph, [term]) == nil { names.append(name) }
        }
        return names
    }
}
