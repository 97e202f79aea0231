import Model
import SMT

/// One step of one process instance from one location, from any state in which nothing is wrong.
///
/// All steps together are those of all instances and locations. Each by itself is a small question: the location is a
/// number, and most of the cells stay as they are.
struct StepQuestion {
    let formula: ModelFormula
    /// The cells before the step.
    let before: [Term]
    /// Those behind it: variables of their own where the step may change something.
    let behind: [Term]
    /// What holds of both.
    let relation: Term
    /// Whether the step leads to a state.
    let exists: Term
    /// Whether something is wrong with the step, or with the state behind it; also that it is no state.
    let wrong: Term

    /// - Parameters:
    ///   - actor: the number of the instance in the formula.
    ///   - location: where it is.
    init(_ formula: ModelFormula, _ claims: Claims, actor: Int, location: Int) {
        let graph = formula.graph
        self.formula = formula
        let counter = formula.layout.counter(of: formula.actors[actor], formula.model)
        let width = formula.layout.widths[counter]
        var before = formula.state
        if width > 0 { before[counter] = graph.bits(UInt64(location), width: width) }
        let step = formula.step(of: actor, at: location, before)
        let behind = before.indices.map { cell in
            step.cells[cell] == before[cell] || graph.constant(step.cells[cell]) != nil
                ? step.cells[cell]
                : graph.variable("next \(formula.layout.symbols[cell])", width: formula.layout.widths[cell])
        }
        let exists = graph.variable("the step exists", width: 0)
        let wrong = graph.variable("the step is wrong", width: 0)
        var here = Substitution(graph, formula.replacements(before))
        var ahead = Substitution(graph, formula.replacements(behind))
        let judgements = formula.model.judgements
        let wrongState = claims.wrongState
        let wrongSteps = judgements.compactMap { formula.violates($0, next: behind) }.map { here($0) }
        let inStep = step.violations.sorted { $0.key < $1.key }.map(\.value)
        let isWrong = graph.or(
            inStep + [graph.and(exists, graph.or(wrongSteps + [ahead(wrongState), formula.isInvalid(behind)]))])
        let links = behind.indices.filter { behind[$0] != step.cells[$0] }.map {
            graph.equal(behind[$0], step.cells[$0])
        }
        relation = graph.and(
            [
                here(formula.isValid), graph.not(here(wrongState)), graph.equal(exists, step.completes),
                graph.equal(wrong, isWrong),
            ] + links)
        (self.before, self.behind, self.exists, self.wrong) = (before, behind, exists, wrong)
    }

    /// The codes of the cells before the step, and behind it.
    func cells(_ assignment: Assignment) -> (before: [UInt64], behind: [UInt64]) {
        let graph = formula.graph
        return (graph.values(of: before, assignment), graph.values(of: behind, assignment))
    }
}

extension ModelFormula {
    /// That some cell has no code of its type: then the model would not be what it says.
    func isInvalid(_ cells: [Term]) -> Term {
        graph.not(graph.and(cells.indices.map { graph.isCode(cells[$0], of: layout.types[$0], model.sorts) }))
    }

    /// From where an actor may take a step.
    func locations(of actor: Int) -> [Int] {
        Set(model.actions.filter { $0.process == actors[actor].process }.map(\.location)).sorted()
    }
}
