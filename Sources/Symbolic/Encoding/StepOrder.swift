import Model
import SMT

/// Which of two steps comes first where it does not matter: that of the actor with the lower number.
///
/// Two steps in a row of different actors commute where neither writes what the other one reads or writes. Of the runs that
/// commuting makes of each other, all as long as each other and with the same last state, the first one in the order of
/// actors has no such pair the wrong way round; so it is enough to look at runs without (Wang, Yang, Kahlon, Gupta,
/// *Peephole Partial Order Reduction*, TACAS 2008).
struct StepOrder {
    private let formula: ModelFormula
    /// Stand for the actors of two steps in a row.
    private let first: Term
    private let second: Term
    /// That the steps are the wrong way round, over the cells before the first one.
    private let isWrong: Term

    /// Costs a look at each pair of places of each pair of actors.
    init(_ formula: ModelFormula) {
        let graph = formula.graph
        let width = max(1, 64 - UInt64(max(0, formula.actors.count - 1)).leadingZeroBitCount)
        self.formula = formula
        first = graph.variable("first actor", width: width)
        second = graph.variable("second actor", width: width)
        var wrong: [Term] = []
        let places = formula.actors.indices.map { Self.places(of: $0, formula) }
        for late in formula.actors.indices {
            for early in 0..<late {
                let commute = Self.commute(places[late], places[early], formula)
                let isMeant = [graph.isNumber(first, UInt64(late)), graph.isNumber(second, UInt64(early))]
                wrong.append(graph.and(isMeant + [commute]))
            }
        }
        isWrong = graph.or(wrong)
    }

    /// That two steps in a row are not the wrong way round.
    ///
    /// - Parameters:
    ///   - cells: those before the first one.
    ///   - actors: who takes them.
    func isKept(_ cells: [Term], _ actors: (first: Term, second: Term)) -> Term {
        var replacements = formula.replacements(cells)
        (replacements[first], replacements[second]) = (actors.first, actors.second)
        var substitution = Substitution(formula.graph, replacements)
        return formula.graph.not(substitution(isWrong))
    }

    // MARK: Places

    /// Where an actor may be, with what its steps from there may touch.
    private struct Place {
        let isThere: Term
        let reads: Set<Cell>
        let writes: Set<Cell>

        func commutes(with other: Place) -> Bool {
            writes.isDisjoint(with: other.writes) && writes.isDisjoint(with: other.reads)
                && reads.isDisjoint(with: other.writes)
        }
    }

    private static func places(of actor: Int, _ formula: ModelFormula) -> [Place] {
        let (model, place) = (formula.model, formula.actors[actor])
        return formula.locations(of: actor).map { location in
            let footprints = model.actions.indices.filter {
                model.actions[$0].process == place.process && model.actions[$0].location == location
            }.map { model.staticFootprint(action: $0, instance: place.instance) }
            return Place(
                isThere: formula.isAt(location, place), reads: Set(footprints.flatMap(\.reads)),
                writes: Set(footprints.flatMap(\.writes)))
        }
    }

    /// That two actors are at places whose steps commute.
    private static func commute(_ some: [Place], _ others: [Place], _ formula: ModelFormula) -> Term {
        let graph = formula.graph
        return graph.or(
            some.map { one in
                graph.and(one.isThere, graph.or(others.filter { one.commutes(with: $0) }.map(\.isThere)))
            })
    }
}
