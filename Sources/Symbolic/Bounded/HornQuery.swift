import Model
import SMT

/// A model as constrained Horn clauses, for solvers that look for an invariant by themselves: Spacer in Z3, Eldarica, Golem.
///
/// *sat*: there is an invariant, and nothing is ever violated. *unsat*: some run violates something. The format is that of
/// CHC-COMP, with bit vectors (Bjørner, Gurfinkel, McMillan, Rybalchenko, *Horn Clause Solvers for Program Verification*).
public struct HornQuery {
    public let text: String

    /// Stand for what no term can say. No cell and no choice is called like that.
    private static let premise = "the premise"
    private static let head = "the head"

    /// - Parameters:
    ///   - model: one that is valid.
    ///   - property: the name of what may be violated; nil for all that can be.
    ///   - comments: said on top, a line each.
    public init(_ model: Model, property: String?, comments: [String]) {
        let formula = ModelFormula(model)
        let graph = formula.graph
        let next = formula.layout.widths.indices.map { cell in
            formula.layout.widths[cell] == 0
                ? formula.state[cell]
                : graph.variable("next \(formula.layout.symbols[cell])", width: formula.layout.widths[cell])
        }
        let judgements = formula.judgements(named: property)
        let inSteps = Set(judgements.compactMap { if case .inStep(let number) = $0 { number } else { nil } })
        func violations(_ outcome: StepOutcome) -> [Term] {
            outcome.violations.sorted { $0.key < $1.key }.filter { inSteps.contains($0.key) }.map(\.value)
        }
        let links = next.indices.map { graph.equal(next[$0], formula.step.cells[$0]) }
        let starts = next.indices.map { graph.equal(next[$0], formula.initial.cells[$0]) }
        let wrongState = judgements.compactMap { formula.violates($0) }
        let wrongStep = graph.and(
            [formula.step.completes, graph.or(judgements.compactMap { formula.violates($0, next: next) })] + links)
        let sorts = formula.state.filter { graph.name(of: $0) != nil }.map { "(_ BitVec \($0.width))" }
        let invariant = "(declare-fun |is reachable| (\(sorts.joined(separator: " "))) Bool)\n"
        func states(_ cells: [Term]) -> String {
            let names = cells.compactMap { graph.name(of: $0) }
            return names.isEmpty
                ? "|is reachable|" : "(|is reachable| \(names.map { "|\($0)|" }.joined(separator: " ")))"
        }
        let clauses = [
            (nil, graph.and([formula.initial.completes] + starts), states(next)),
            (states(formula.state), graph.and([formula.isValid, formula.step.completes] + links), states(next)),
            (nil, graph.or(violations(formula.initial)), "false"),
            (
                states(formula.state),
                graph.and(formula.isValid, graph.or(violations(formula.step) + wrongState + [wrongStep])), "false"
            ),
        ]
        text =
            Query.heading(comments + formula.remarks(on: property)) + "(set-logic HORN)\n" + invariant
            + clauses.map { Self.clause(graph, head: $2, state: $0, $1, formula.state + next) }.joined()
            + "(check-sat)\n"
    }

    /// `forall` all variables: where a state is reachable and a condition holds, so does the head.
    private static func clause(
        _ graph: TermGraph, head: String, state: String?, _ condition: Term, _ cells: [Term]
    ) -> String {
        let (isReachable, isImplied) = (graph.variable(Self.premise, width: 0), graph.variable(Self.head, width: 0))
        let body = graph.implies(graph.and(state == nil ? graph.yes : isReachable, condition), isImplied)
        guard body != graph.yes else { return "" }
        let query = Query(graph, [body])
        let names = Set(query.variables + cells.compactMap { graph.name(of: $0) }).subtracting([
            Self.premise, Self.head,
        ])
        let binders = names.sorted().map { name in "(|\(name)| \(graph.sort(ofVariable: name)))" }
        let text = query.text(isScript: false, declared: names.union([Self.premise, Self.head]))
            .replacing("|\(Self.premise)|", with: state ?? "true").replacing("|\(Self.head)|", with: head)
        let inner = text.dropFirst("(assert\n".count).dropLast(")\n".count)
        return binders.isEmpty ? text : "(assert (forall (\(binders.joined(separator: " ")))\n\(inner)))\n"
    }
}
