import Model
import SMT

/// Of elements that are twins before a step, the step takes the one with the least number.
///
/// Renaming elements makes a run of a run, as long as the first and with the same violations. Where two elements are twins,
/// renaming what comes behind leaves what came before as it is. Take, of all runs that a renaming of their ends and an
/// exchange of steps that commute make of one run, the first one in the order of initial states, then of actors, then of
/// elements that are chosen: no step of it takes an element that has a twin with a lower number. So it is enough to look at
/// such runs. Initial states need no order among them: of those that are renamings of each other any one will do.
struct LeastElements {
    /// That a step takes the least of what is alike, over the cells before it and its inputs.
    let isLeast: Term
    /// The codes of the cells of initial states of which each other one is a renaming; nil where that leaves none out, or
    /// they are too many to look at.
    let starts: [[UInt64]]?

    /// Bits of the inputs of `init` up to which all initial states are looked at.
    private static let mostBits = 12

    /// Costs a look at all cells for each two elements of a sort; and all initial states, where those are few.
    init(_ formula: ModelFormula) {
        isLeast = Self.leastStep(formula)
        starts = Self.differentStarts(formula)
    }

    /// Whether runs are left out.
    func isUsed(_ graph: TermGraph) -> Bool { isLeast != graph.yes || starts != nil }

    // MARK: Steps

    private static func leastStep(_ formula: ModelFormula) -> Term {
        let (graph, model) = (formula.graph, formula.model)
        let twins = ElementTwins(model, formula.layout, graph)
        var wrong: [Term] = []
        for sort in model.sorts.indices where model.sorts[sort].exchangeable > 1 {
            // Where elements name actors, their order is that of the actors.
            let hasActors = model.processes.contains { $0.dimensions.contains { $0.type.names(sort) } }
            for b in 1..<model.sorts[sort].size {
                for a in 0..<b {
                    let isTaken =
                        hasActors
                        ? isActor(formula, with: b, not: a, of: sort)
                        : formula.step.taken[TakenElement(sort: sort, element: b)] ?? graph.no
                    guard isTaken != graph.no else { continue }
                    wrong.append(graph.and(isTaken, twins.areTwins(a, b, of: sort, formula.state)))
                }
            }
        }
        return graph.not(graph.or(wrong))
    }

    /// That the step is one of an actor who has a lower number when two elements are exchanged.
    private static func isActor(_ formula: ModelFormula, with b: Int, not a: Int, of sort: Int) -> Term {
        let graph = formula.graph
        guard let actor = formula.actor else { return graph.no }
        let those = formula.actors.indices.filter { number in
            let place = formula.actors[number]
            let dimensions = formula.model.processes[place.process].dimensions
            guard !dimensions.contains(where: { $0.hides(sort) }) else { return false }
            return dimensions.element(place.instance, exchanging: a, b, of: sort) < place.instance
        }
        return graph.or(those.map { graph.isNumber(actor, UInt64($0)) })
    }

    // MARK: Initial states

    private static func differentStarts(_ formula: ModelFormula) -> [[UInt64]]? {
        let renamings = ElementRenaming.all(formula.model, formula.layout)
        guard renamings.count > 1, let states = initialStates(formula) else { return nil }
        let parts = StateParts(formula.layout, sorts: formula.model.sorts)
        var seen: Set<[UInt64]> = []
        var first: [[UInt64]] = []
        for state in states where !seen.contains(state) {
            first.append(state)
            for renaming in renamings { seen.insert(renaming.image(of: state, parts)) }
        }
        return first.isEmpty || first.count == Set(states).count ? nil : first
    }

    /// The codes of the cells of all initial states, some perhaps more than once; nil where they are too many to look at.
    private static func initialStates(_ formula: ModelFormula) -> [[UInt64]]? {
        let (graph, inputs) = (formula.graph, formula.initialInputs)
        let bits = inputs.reduce(0) { $0 + $1.width }
        guard bits <= mostBits else { return nil }
        return (0..<UInt64(1) << UInt64(bits)).compactMap { number in
            var (rest, assignment) = (number, Assignment())
            for input in inputs {
                assignment.values[graph.name(of: input) ?? ""] = rest.bits(0, input.width)
                rest >>= UInt64(input.width)
            }
            let found = graph.values(of: [formula.initial.completes] + formula.initial.cells, assignment)
            return found[0] == 1 ? Array(found.dropFirst()) : nil
        }
    }
}

extension TermGraph {
    /// One of some states, given by a variable: its cells, and that the variable stands for a state.
    func choice(of states: [[UInt64]], _ widths: [Int], _ name: String) -> (cells: [Term], exists: Term) {
        let width = max(1, 64 - UInt64(max(0, states.count - 1)).leadingZeroBitCount)
        let number = states.count > 1 ? variable(name, width: width) : bits(0, width: width)
        let cells = widths.indices.map { cell in
            let values = states.map { bits($0[cell], width: max(1, widths[cell])) }
            return values.indices.dropLast().reversed().reduce(values[values.count - 1]) { rest, place in
                conditional(isNumber(number, UInt64(place)), values[place], rest)
            }
        }
        return (cells, compare(.belowOrEqual, number, bits(UInt64(states.count - 1), width: width)))
    }
}
