import SMT

/// A solver that knows the steps of one instance from one location, and lemmas: whether such a step from a state where all of
/// them hold breaks one of them, or a claim.
final class StepSolver {
    let question: StepQuestion
    private let parts: StateParts
    private let solver: any IncrementalSolver
    /// Questions are named: each asks for what the last one asked for, and for some lemmas more.
    private var asked = 0
    /// How many lemmas it has been told of, and which of them it holds: few do for most places.
    private(set) var count = 0
    private var held: Set<Int> = []
    /// Whether everything that it was told of is kept.
    private(set) var isKept = false

    private var graph: TermGraph { question.formula.graph }

    /// Nil where there is no memory for a solver.
    init?(_ question: StepQuestion, _ parts: StateParts, _ solver: any Solver) {
        guard let steps = solver.incremental() else { return nil }
        (self.question, self.parts, self.solver) = (question, parts, steps)
        let isBroken = graph.implies(broken(0), question.wrong)
        steps.add(Query(graph, [question.relation, isBroken]))
    }

    private func broken(_ number: Int) -> Term { graph.variable("broken \(number)", width: 0) }

    /// The lemmas that it holds, by number.
    var grounds: [Int] { held.sorted() }

    /// From now on a step that breaks one of the new lemmas is looked for.
    func learn(_ lemmas: [StateLemma], isAsked: (Int) -> Bool) {
        var targets: [Term] = []
        for number in count..<lemmas.count where isAsked(number) {
            let before = parts.violation(lemmas[number], question.before, graph)
            let behind = parts.violation(lemmas[number], question.behind, graph)
            if behind != before, behind != graph.no {
                targets.append(behind)
                hold([number], lemmas)
            }
        }
        count = lemmas.count
        guard !targets.isEmpty else { return }
        asked += 1
        let earlier = isKept ? graph.no : broken(asked - 1)
        let isBroken = graph.or(earlier, graph.and(question.exists, graph.or(targets)))
        solver.add(Query(graph, [graph.implies(broken(asked), isBroken)]))
        isKept = false
    }

    /// From now on some lemmas hold before the steps. Whether there was one among them that did not so far.
    @discardableResult func hold(_ numbers: [Int], _ lemmas: [StateLemma]) -> Bool {
        let new = numbers.filter { held.insert($0).inserted }
        let terms = new.map { graph.not(parts.violation(lemmas[$0], question.before, graph)) }.filter {
            $0 != graph.yes
        }
        if !terms.isEmpty { solver.add(Query(graph, terms)) }
        return !terms.isEmpty
    }

    /// A step that breaks something.
    func brokenStep(_ limits: SolverLimits) -> Answer {
        let answer = solver.check(assuming: ["broken \(asked)"], limits)
        isKept = answer == .unsatisfiable
        return answer
    }
}
