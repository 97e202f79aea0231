import SMT

/// A solver that knows what `init` makes: whether something is wrong there, or a lemma does not hold.
final class StartSolver {
    private let formula: ModelFormula
    private let solver: any IncrementalSolver
    private let cells: [Term]
    private let lemmas: LemmaTerms
    /// How often it was told of lemmas.
    private var count = 0

    private var graph: TermGraph { formula.graph }

    /// Nil where there is no memory for a solver.
    init?(_ formula: ModelFormula, _ parts: StateParts, _ solver: any Solver) {
        guard let initial = solver.incremental() else { return nil }
        (self.formula, self.solver) = (formula, initial)
        let graph = formula.graph
        cells = formula.layout.widths.indices.map { cell in
            formula.layout.widths[cell] == 0
                ? formula.state[cell]
                : graph.variable("first \(formula.layout.symbols[cell])", width: formula.layout.widths[cell])
        }
        lemmas = LemmaTerms(parts, cells, graph)
        var first = Substitution(graph, formula.replacements(cells))
        let wrongState = graph.or(formula.model.judgements.compactMap { formula.violates($0) })
        // `init` may also end in a violation.
        let isWrong = graph.or(
            formula.initial.violations.sorted { $0.key < $1.key }.map(\.value)
                + [graph.and(formula.initial.completes, first(wrongState))])
        let links = cells.indices.map { graph.equal(cells[$0], formula.initial.cells[$0]) }
        let asks = [
            graph.implies(excluded(0), graph.no), graph.implies(graph.variable("init.wrong", width: 0), isWrong),
        ]
        initial.add(Query(graph, asks + links))
    }

    private func excluded(_ count: Int) -> Term { graph.variable("excluded \(count)", width: 0) }

    /// From now on all lemmas of a store are asked about.
    func add(_ store: LemmaStore) {
        count += 1
        let violated = graph.or(store.lemmas.indices.map { lemmas.violation($0, store) })
        let isExcluded = graph.and(formula.initial.completes, violated)
        solver.add(Query(graph, [graph.implies(excluded(count), graph.or(excluded(count - 1), isExcluded))]))
    }

    /// Whether something is wrong in `init`, or with an initial state.
    func wrongStart(_ limits: SolverLimits) -> Answer { solver.check(assuming: ["init.wrong"], limits) }

    /// Whether there is an initial state that some lemma excludes.
    func excludedStart(_ limits: SolverLimits) -> Answer { solver.check(assuming: ["excluded \(count)"], limits) }

    /// The initial state of an answer.
    func cells(_ assignment: Assignment) -> [UInt64] { graph.values(of: cells, assignment) }
}
