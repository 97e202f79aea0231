import Model
import SMT

/// Which of two steps comes first where it does not matter: that of the actor with the lower number.
///
/// Two steps in a row of different actors commute where neither writes what the other one reads or writes: each of them goes
/// the same way if the other one comes first. Of the runs that commuting makes of each other, all as long as each other and
/// with the same last state, the first one in the order of actors has no such pair the wrong way round; so it is enough to
/// look at runs without (Wang, Yang, Kahlon, Gupta, *Peephole Partial Order Reduction*, TACAS 2008). What a step touches is
/// told for its choices in the state before it, not for all that its code could do.
struct StepOrder {
    /// A step of a run: who takes it, and by cell, where it is read or written.
    struct Step {
        let actor: Term
        let reads: [(cell: Int, term: Term)]
        let writes: [(cell: Int, term: Term)]
    }

    private let formula: ModelFormula
    /// By cell, ascending: where the step of the formula touches it. Only cells that one actor may write and another one
    /// touch.
    private let reads: [(cell: Int, term: Term)]
    private let writes: [(cell: Int, term: Term)]

    init(_ formula: ModelFormula) {
        self.formula = formula
        let shared = Self.shared(formula)
        func kept(_ touched: [Int: Term]) -> [(Int, Term)] {
            touched.filter { shared.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        (reads, writes) = (kept(formula.step.reads), kept(formula.step.writes))
    }

    /// Cells that one actor may write and another one touch.
    private static func shared(_ formula: ModelFormula) -> Set<Int> {
        let model = formula.model
        var (readers, writers): ([Int: Set<Int>], [Int: Set<Int>]) = ([:], [:])
        for (actor, place) in formula.actors.enumerated() {
            for action in model.actions.indices where model.actions[action].process == place.process {
                let touched = model.staticFootprint(action: action, instance: place.instance)
                func number(_ cell: Cell) -> Int { formula.layout.cell(cell.variable, element: cell.element) }
                for cell in touched.reads { readers[number(cell), default: []].insert(actor) }
                for cell in touched.writes { writers[number(cell), default: []].insert(actor) }
            }
        }
        return Set(writers.keys.filter { writers[$0, default: []].union(readers[$0, default: []]).count > 1 })
    }

    /// The step that a substitution makes of the one of the formula. Costs a look at the terms of all that it may touch.
    func step(_ substitution: inout Substitution) -> Step? {
        guard let actor = formula.actor else { return nil }
        func terms(_ touched: [(cell: Int, term: Term)]) -> [(Int, Term)] {
            touched.map { ($0.cell, substitution($0.term)) }
        }
        return Step(actor: substitution(actor), reads: terms(reads), writes: terms(writes))
    }

    /// That two steps in a row are not the wrong way round.
    func isKept(_ first: Step, _ second: Step) -> Term {
        let graph = formula.graph
        let isTurned = graph.compare(.below, second.actor, first.actor)
        return graph.implies(isTurned, graph.or([conflict(first, second), conflict(second, first)]))
    }

    /// That one step writes what the other one touches.
    private func conflict(_ one: Step, _ other: Step) -> Term {
        let graph = formula.graph
        var touched: [Int: [Term]] = [:]
        for (cell, term) in other.reads + other.writes { touched[cell, default: []].append(term) }
        return graph.or(one.writes.map { cell, term in graph.and(term, graph.or(touched[cell] ?? [])) })
    }
}
