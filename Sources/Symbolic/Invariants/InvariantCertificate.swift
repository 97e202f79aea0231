import Model
import SMT

/// An invariant of a model, and the questions that show whether it is inductive and enough.
///
/// Made anew, from the model alone; shares nothing with the search for the lemmas. All questions are unsatisfiable just
/// where the lemmas, with the claims of the model, hold in all initial states, are kept by every step from any state where
/// they hold, and no such step is wrong.
public struct InvariantCertificate {
    public let lemmas: [StateLemma]
    private let formula: ModelFormula
    private let parts: StateParts
    private let places: [(actor: Int, location: Int)]

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ lemmas: [StateLemma]) {
        self.lemmas = lemmas
        let formula = ModelFormula(model)
        self.formula = formula
        parts = StateParts(formula.layout, sorts: model.sorts)
        places = formula.actors.indices.flatMap { actor in formula.locations(of: actor).map { (actor, $0) } }
    }

    /// How many questions there are: one about `init`, and one for each instance at each location.
    public var queryCount: Int { 1 + places.count }

    /// - Parameter number: 0 is the question about `init`.
    public func query(_ number: Int) -> Query {
        guard number > 0 else { return Query(formula.graph, [brokenStart]) }
        let (actor, location) = places[number - 1]
        return query(StepQuestion(formula, actor: actor, location: location))
    }

    private func query(_ question: StepQuestion) -> Query {
        let graph = formula.graph
        var (held, lost): ([Term], [Term]) = ([], [isInvalid(question.behind)])
        for lemma in lemmas {
            let before = parts.violation(lemma, question.before, graph)
            let behind = parts.violation(lemma, question.behind, graph)
            held.append(graph.not(before))
            // What the step does not change it keeps.
            if behind != before { lost.append(behind) }
        }
        let isBroken = graph.or(question.wrong, graph.and(question.exists, graph.or(lost)))
        return Query(graph, [question.relation] + held + [isBroken])
    }

    private var brokenStart: Term {
        let (graph, initial) = (formula.graph, formula.initial)
        var substitution = Substitution(graph, formula.replacements(initial.cells))
        let violated = initial.violations.sorted { $0.key < $1.key }.map(\.value)
        let wrongState = graph.or(formula.model.judgements.compactMap { formula.violates($0) })
        let lost = lemmas.map { parts.violation($0, initial.cells, graph) }
        let wrong = graph.or([isInvalid(initial.cells), substitution(wrongState)] + lost)
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
