import Model
import SMT

/// An invariant of a model, and the question that shows whether it is inductive and enough.
public struct InvariantCertificate {
    public let lemmas: [StateLemma]
    private let formula: ModelFormula
    private let parts: StateParts

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ lemmas: [StateLemma]) {
        self.lemmas = lemmas
        formula = ModelFormula(model)
        parts = StateParts(formula.layout, sorts: model.sorts)
    }

    /// Unsatisfiable just where the lemmas, with the claims of the model, hold in all initial states, are kept by every step
    /// from any state where they hold, and no such step is wrong.
    ///
    /// Made anew, from the model alone; shares nothing with the search for the lemmas.
    public var query: Query {
        let graph = formula.graph
        let question = StepQuestion(formula)
        let held = lemmas.map { graph.not(parts.violation($0, formula.state, graph)) }
        let lost = graph.or([isInvalid(question.next)] + lemmas.map { parts.violation($0, question.next, graph) })
        let brokenStep = graph.and(
            [question.relation] + held + [graph.or(question.wrong, graph.and(question.exists, lost))])
        return Query(graph, [graph.or(brokenStart(question), brokenStep)])
    }

    private func brokenStart(_ question: StepQuestion) -> Term {
        let (graph, initial) = (formula.graph, formula.initial)
        var substitution = Substitution(graph, formula.replacements(initial.cells))
        let violated = initial.violations.sorted { $0.key < $1.key }.map(\.value)
        let lost = lemmas.map { parts.violation($0, initial.cells, graph) }
        let wrong = graph.or([isInvalid(initial.cells), substitution(question.wrongBefore)] + lost)
        return graph.or(violated + [graph.and(initial.completes, wrong)])
    }

    /// That some cell has no code of its type: then the model would not be what it says.
    private func isInvalid(_ cells: [Term]) -> Term {
        let graph = formula.graph
        return graph.not(
            graph.and(
                cells.indices.map { graph.isCode(cells[$0], of: formula.layout.types[$0], formula.model.sorts) }))
    }
}
