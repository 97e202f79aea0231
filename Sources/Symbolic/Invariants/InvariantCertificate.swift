import Model
import SMT

/// The questions that show whether an invariant is inductive and enough.
///
/// Made anew, from the model and the proof alone. All questions are unsatisfiable just where the lemmas, with the claims of
/// the model, hold in all initial states, are kept by every step from any state where they hold, and no such step is wrong.
///
/// Where the lemmas stay the same set whatever elements of symmetric sorts are called, one instance is asked about for all
/// that are renamings of it, and one lemma for all that renamings make of it without moving the instance: the other
/// questions are the same but for names.
public struct InvariantCertificate {
    private let store: LemmaStore
    private let formula: ModelFormula
    private let parts: StateParts
    private let claims: Claims
    private let grounds: [ProofPlace: [Int]]
    private let places: [(instance: Int, place: ProofPlace)]

    /// - Parameters:
    ///   - model: one that is valid.
    ///   - usesSymmetry: whether questions are left out that are the same but for names.
    public init(_ model: Model, _ proof: InvariantProof, usesSymmetry: Bool = true) {
        let formula = ModelFormula(model)
        let parts = StateParts(formula.layout, sorts: model.sorts)
        let renamings = ElementRenaming.all(model, formula.layout)
        let closed = LemmaStore(formula, parts, renamings, proof.lemmas)
        let isClosed = usesSymmetry && closed.lemmas == proof.lemmas
        store = isClosed ? closed : LemmaStore(formula, parts, Array(renamings.prefix(1)), proof.lemmas)
        places = store.actors.enumerated().flatMap { instance, actor in
            formula.locations(of: actor).map { (instance, ProofPlace(actor: actor, location: $0)) }
        }
        // The numbers in the grounds are those of the proof, and they are enough for what is asked of one instance for all.
        grounds = isClosed ? proof.grounds : [:]
        (self.formula, self.parts) = (formula, parts)
        claims = Claims(formula)
    }

    /// How many questions there are: one about `init`, and one for each instance at each location.
    public var queryCount: Int { 1 + places.count }

    /// Lemmas, with others that are the same but for names: how many these are, itself included.
    public var lemmas: [(lemma: StateLemma, count: Int)] {
        let ends = store.firsts.dropFirst() + [store.lemmas.count]
        return zip(store.firsts, ends).map { (store.lemmas[$0], $1 - $0) }
    }

    /// What a question is about: `init`, or `program[P0] at 1_swapping.fl:43`.
    private func title(_ number: Int) -> String {
        guard number > 0 else { return "init" }
        let place = places[number - 1].place
        let cell = formula.layout.counter(of: formula.actors[place.actor], formula.model)
        let text = StateText(formula.model)
        return "\(text.actor(place.actor)) at \(text.places([UInt64(place.location)], ofCell: cell))"
    }

    /// - Parameter number: 0 is the question about `init`.
    public func query(_ number: Int) -> Query {
        var query =
            number > 0
            ? query(places[number - 1].place, places[number - 1].instance) : Query(formula.graph, [brokenStart])
        query.comments = ["unsat: \(title(number)): what is claimed, with the lemmas, holds and is kept"]
        return query
    }

    private func query(_ place: ProofPlace, _ instance: Int) -> Query {
        let graph = formula.graph
        let question = StepQuestion(formula, claims, actor: place.actor, location: place.location)
        let before = LemmaTerms(parts, question.before, graph)
        let behind = LemmaTerms(parts, question.behind, graph, base: before)
        let held = (grounds[place] ?? Array(store.lemmas.indices)).map { graph.not(before.violation($0, store)) }
        var lost: [Term] = []
        for number in store.lemmas.indices where store.isAsked(number, ofInstance: instance) {
            let violation = behind.violation(number, store)
            // What the step does not change it keeps.
            if violation != graph.no, violation != before.violation(number, store) { lost.append(violation) }
        }
        let isBroken = graph.or(question.wrong, graph.and(question.exists, graph.or(lost)))
        return Query(graph, [question.relation] + held + [isBroken])
    }

    private var brokenStart: Term {
        let (graph, initial) = (formula.graph, formula.initial)
        var substitution = Substitution(graph, formula.replacements(initial.cells))
        let violated = initial.violations.sorted { $0.key < $1.key }.map(\.value)
        let lemmas = LemmaTerms(parts, initial.cells, graph)
        let lost = store.lemmas.indices.map { lemmas.violation($0, store) }
        let wrong = graph.or([formula.isInvalid(initial.cells), substitution(claims.wrongState)] + lost)
        return graph.or(violated + [graph.and(initial.completes, wrong)])
    }
}
