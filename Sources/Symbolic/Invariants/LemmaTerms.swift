import SMT

/// What the lemmas of a store say of some cells, as terms. Each literal is made a term once: thousands of lemmas share a few
/// hundred of them.
final class LemmaTerms {
    private let parts: StateParts
    private let cells: [Term]
    private let graph: TermGraph
    /// Of cells most of which are the same.
    private let base: LemmaTerms?
    /// By number of the literal in the store.
    private var literals: [Term?] = []

    init(_ parts: StateParts, _ cells: [Term], _ graph: TermGraph, base: LemmaTerms? = nil) {
        (self.parts, self.cells, self.graph, self.base) = (parts, cells, graph, base)
    }

    /// That a lemma does not hold.
    ///
    /// - Parameter store: always the same one, or that with more lemmas.
    func violation(_ lemma: Int, _ store: LemmaStore) -> Term {
        var terms: [Term] = []
        for number in store.conditions[lemma] {
            let term = literal(number, store)
            if term == graph.no { return graph.no }
            terms.append(term)
        }
        return graph.and(terms)
    }

    private func literal(_ number: Int, _ store: LemmaStore) -> Term {
        while literals.count < store.literals.count { literals.append(nil) }
        if let known = literals[number] { return known }
        let literal = store.literals[number]
        let term: Term
        if let base, literal.parts.allSatisfy({ base.cells[parts.all[$0].cell] == cells[parts.all[$0].cell] }) {
            term = base.literal(number, store)
        } else {
            term = parts.term(literal, cells, graph)
        }
        literals[number] = term
        return term
    }
}
