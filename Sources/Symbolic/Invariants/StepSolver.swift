import SMT

/// A solver that knows the steps of one instance from one location, and lemmas: whether such a step from a state where all of
/// them hold breaks one of them, or a claim.
final class StepSolver {
    let question: StepQuestion
    private let before: LemmaTerms
    private let behind: LemmaTerms
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
    ///
    /// - Parameter lemmas: what lemmas say of any state.
    init?(_ question: StepQuestion, _ parts: StateParts, _ lemmas: LemmaTerms, _ solver: any Solver) {
        guard let steps = solver.incremental() else { return nil }
        (self.question, self.solver) = (question, steps)
        before = LemmaTerms(parts, question.before, question.formula.graph, base: lemmas)
        behind = LemmaTerms(parts, question.behind, question.formula.graph, base: before)
        let isBroken = graph.implies(broken(0), question.wrong)
        steps.add(Query(graph, [question.relation, isBroken]))
    }

    private func broken(_ number: Int) -> Term { graph.variable("broken \(number)", width: 0) }

    /// The lemmas that it holds, by number.
    var grounds: [Int] { held.sorted() }

    /// From now on a step that breaks one of the new lemmas is looked for.
    ///
    /// - Parameter instance: whose steps they are, of ``LemmaStore/actors``.
    func learn(_ store: LemmaStore, ofInstance instance: Int) {
        var targets: [Term] = []
        for number in count..<store.lemmas.count where store.isAsked(number, ofInstance: instance) {
            let lost = behind.violation(number, store)
            if lost != graph.no, lost != before.violation(number, store) {
                targets.append(lost)
                hold([number], store)
            }
        }
        count = store.lemmas.count
        guard !targets.isEmpty else { return }
        asked += 1
        let earlier = isKept ? graph.no : broken(asked - 1)
        let isBroken = graph.or(earlier, graph.and(question.exists, graph.or(targets)))
        solver.add(Query(graph, [graph.implies(broken(asked), isBroken)]))
        isKept = false
    }

    /// From now on some lemmas hold before the steps. Whether there was one among them that did not so far.
    @discardableResult func hold(_ numbers: [Int], _ store: LemmaStore) -> Bool {
        let new = numbers.filter { held.insert($0).inserted }
        let terms = new.map { graph.not(before.violation($0, store)) }.filter { $0 != graph.yes }
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
