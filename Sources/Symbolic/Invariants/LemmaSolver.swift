import SMT

/// A solver that knows a step and some lemmas: whether a step from a state where all of them hold breaks one of them, or a
/// claim.
final class LemmaSolver {
    private let question: StepQuestion
    private let parts: StateParts
    private let steps: any IncrementalSolver
    private let initial: any IncrementalSolver
    private let initialCells: [Term]
    /// How many questions have names, and how many lemmas there are.
    private var asked = 0
    private var count = 0

    private var graph: TermGraph { question.formula.graph }

    /// Nil where there is no memory for solvers.
    init?(_ question: StepQuestion, _ parts: StateParts, _ solver: any Solver, _ lemmas: [StateLemma]) {
        guard let steps = solver.incremental(), let initial = solver.incremental() else { return nil }
        self.parts = parts
        (self.question, self.steps, self.initial) = (question, steps, initial)
        let formula = question.formula
        initialCells = formula.layout.widths.indices.map { cell in
            formula.layout.widths[cell] == 0
                ? formula.state[cell]
                : formula.graph.variable("first \(formula.layout.names[cell])", width: formula.layout.widths[cell])
        }
        steps.add(Query(graph, [question.relation]))
        // `init` may also end in a violation.
        var first = Substitution(graph, formula.replacements(initialCells))
        let isWrong = graph.or(
            formula.initial.violations.sorted { $0.key < $1.key }.map(\.value)
                + [graph.and(formula.initial.completes, first(question.wrongBefore))])
        let links = initialCells.indices.map { graph.equal(initialCells[$0], formula.initial.cells[$0]) }
        let isLeft = graph.implies(excluded(0), graph.no)
        let asks = [isLeft, graph.implies(graph.variable("init.wrong", width: 0), isWrong)]
        initial.add(Query(graph, asks + links))
        for lemma in lemmas { add(lemma) }
    }

    /// From now on it holds before steps.
    func add(_ lemma: StateLemma) {
        count += 1
        steps.add(Query(graph, [graph.not(parts.violation(lemma, question.formula.state, graph))]))
        let isExcluded = graph.and(question.formula.initial.completes, parts.violation(lemma, initialCells, graph))
        initial.add(Query(graph, [graph.implies(excluded(count), graph.or(excluded(count - 1), isExcluded))]))
    }

    private func excluded(_ count: Int) -> Term { graph.variable("excluded \(count)", width: 0) }

    /// A step that breaks a claim.
    func wrongStep(_ limits: SolverLimits) -> Answer { steps.check(assuming: ["step.wrong"], limits) }

    /// A step that breaks a lemma.
    func step(breaking lemma: StateLemma, _ limits: SolverLimits) -> Answer {
        asked += 1
        let isBroken = graph.variable("broken \(asked)", width: 0)
        let violation = graph.and(question.exists, parts.violation(lemma, question.next, graph))
        steps.add(Query(graph, [graph.implies(isBroken, violation)]))
        return again(limits)
    }

    /// The last question once more, since there are more lemmas.
    func again(_ limits: SolverLimits) -> Answer { steps.check(assuming: ["broken \(asked)"], limits) }

    /// Whether something is wrong in `init`, or with an initial state.
    func wrongStart(_ limits: SolverLimits) -> Answer { initial.check(assuming: ["init.wrong"], limits) }

    /// An initial state that some lemma excludes; nil where there is none, and where the solver does not know.
    func excludedStart(_ limits: SolverLimits) -> [UInt64]? {
        guard case .satisfiable(let assignment) = initial.check(assuming: ["excluded \(count)"], limits) else {
            return nil
        }
        return graph.values(of: initialCells, assignment)
    }
}
