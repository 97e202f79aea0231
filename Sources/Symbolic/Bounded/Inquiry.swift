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
    ///
    /// - Parameter sat: what is so where there are values; for who reads the question.
    mutating func values(_ graph: TermGraph, _ assertions: [Term], sat: String) throws(NoAnswer) -> Assignment? {
        let question = graph.and(assertions)
        if question == graph.no { return nil }
        count += 1
        var query = Query(graph, [question])
        query.comments = ["sat: \(sat)"]
        switch solver.check(query, limits) {
        case .satisfiable(let assignment): return assignment
        case .unsatisfiable: return nil
        case .unknown(let reason): throw NoAnswer(reason: reason)
        }
    }

    /// A run of as many steps to a violation, or to one of that name. Where several are at once, that of the first judgement.
    mutating func violation(_ unrolling: Unrolling, named property: String?) throws(NoAnswer) -> SymbolicRun? {
        let graph = unrolling.formula.graph
        // What is wrong with a step may hang on the one before it: the last one may come whenever it does.
        let runs = [unrolling.reaches, unrolling.isOrdered(upTo: unrolling.depth - 1)]
        let what = "some run of exactly \(unrolling.depthWords) violates"
        let wrong = unrolling.wrong
        let isWrong = graph.or(wrong.map(\.term))
        guard let first = try values(graph, runs + [isWrong], sat: "\(what) \(property ?? "something")") else {
            return nil
        }
        guard let end = wrong.firstIndex(where: { graph.values(of: [$0.term], first) == [1] }) else { return nil }
        // What is found stays found where one more question has no answer.
        do throws(NoAnswer) {
            for (judgement, term) in wrong[..<end] {
                let name = unrolling.formula.model.name(of: judgement)
                if let found = try values(graph, runs + [term], sat: "\(what) \(name)") {
                    return SymbolicRun(judgement, unrolling, found)
                }
            }
        } catch {}
        return SymbolicRun(wrong[end].judgement, unrolling, first)
    }

    /// Whether some run has as many steps, and comes to no state twice.
    mutating func goesOn(_ unrolling: Unrolling) throws(NoAnswer) -> Bool {
        let isOrdered = unrolling.isOrdered(upTo: unrolling.depth)
        let isLonger = [unrolling.reaches, unrolling.exists, isOrdered] + unrolling.distinctness
        let what = "some run of exactly \(unrolling.depthWords) comes to no state twice"
        return try values(unrolling.formula.graph, isLonger, sat: what) != nil
    }

    /// The `reachable` properties that no run so far is a witness of.
    mutating func unwitnessed(_ unrolling: Unrolling) throws(NoAnswer) -> [String] {
        var names: [String] = []
        for (name, term) in unrolling.witnesses.sorted(by: { $0.key < $1.key }) {
            let what = "some run of up to \(unrolling.depthWords) is a witness of \(name)"
            if try values(unrolling.formula.graph, [term], sat: what) == nil { names.append(name) }
        }
        return names
    }
}
