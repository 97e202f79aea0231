import Model
import SMT

/// The question whether some run of exactly so many steps ends in a violation, as text for any solver.
public struct BoundedQuery {
    /// SMT-LIB 2.6, logic QF_BV, with the commands for a solver. What the bounded search asks at this depth, but for those
    /// commands.
    public let text: String

    /// - Parameters:
    ///   - model: one that is valid.
    ///   - property: the name of what is looked for; nil for all that can be violated.
    ///   - isFree: whether runs begin in any state, and nothing is wrong in states but the last: the step of k-induction,
    ///     but for states that come twice.
    ///   - reductions: which runs are left out.
    ///   - comments: said on top, a line each.
    public init(
        _ model: Model, property: String?, depth: Int, isFree: Bool = false,
        reductions: RunReductions = RunReductions(), comments: [String]
    ) {
        let formula = ModelFormula(model)
        var unrolling = Unrolling(
            formula, formula.judgements(named: property), from: isFree ? .anywhere : .initial, reductions)
        let graph = unrolling.formula.graph
        var isRight = graph.yes
        for _ in 0..<max(0, depth) {
            if isFree { isRight = graph.and([isRight] + unrolling.wrong.map { graph.not($0.term) }) }
            unrolling.addStep()
        }
        let reaches = graph.and(unrolling.reaches, unrolling.isOrdered(upTo: unrolling.depth - 1))
        var query = Query(graph, [graph.and([isRight, reaches, graph.or(unrolling.wrong.map(\.term))])])
        query.comments = comments + formula.remarks(on: property)
        text = query.text()
    }
}
