import Model
import SMT

/// One step from any state, with names for the cells behind it, for a solver that is asked again and again.
struct StepQuestion {
    let formula: ModelFormula
    /// Variables for the cells behind the step.
    let next: [Term]
    /// That there is a step, from a state in which nothing is wrong, to the cells of ``next``.
    let relation: Term
    /// Whether the step leads to a state.
    let exists: Term
    /// Whether something is wrong with the step, or with the state behind it.
    let wrong: Term
    /// Whether something is wrong with the state before it.
    let wrongBefore: Term

    init(_ formula: ModelFormula) {
        let graph = formula.graph
        self.formula = formula
        let next = formula.layout.widths.indices.map { cell in
            formula.layout.widths[cell] == 0
                ? formula.state[cell]
                : graph.variable("next \(formula.layout.names[cell])", width: formula.layout.widths[cell])
        }
        let exists = graph.variable("step.exists", width: 0)
        wrong = graph.variable("step.wrong", width: 0)
        let judgements = formula.model.judgements
        let ofStates = judgements.compactMap { formula.violates($0) }
        wrongBefore = graph.or(ofStates)
        var ahead = Substitution(graph, formula.replacements(next))
        let inStep = formula.step.violations.sorted { $0.key < $1.key }.map(\.value)
        let ofSteps = judgements.compactMap { formula.violates($0, next: next) }
        let behind = graph.and(exists, graph.or(ofSteps + [ahead(wrongBefore)]))
        (self.next, self.exists) = (next, exists)
        let links = next.indices.map { graph.equal(next[$0], formula.step.cells[$0]) }
        relation = graph.and(
            [
                formula.isValid, graph.not(wrongBefore), graph.equal(exists, formula.step.completes),
                graph.equal(wrong, graph.or(inStep + [behind])),
            ] + links)
    }

    /// The codes of the cells before the step, and behind it.
    func cells(_ assignment: Assignment) -> (before: [UInt64], behind: [UInt64]) {
        let graph = formula.graph
        return (graph.values(of: formula.state, assignment), graph.values(of: next, assignment))
    }
}
