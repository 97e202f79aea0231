import Model
import SMT

/// Runs of a model as formulas: the cells after each number of steps, over the choices of `init` and of the steps.
///
/// From `init` nothing is left free but choices: what is known of early states makes the formulas of later ones smaller.
struct Unrolling {
    enum Start {
        /// What `init` makes.
        case initial
        /// Any codes that are those of values.
        case anywhere
    }

    let formula: ModelFormula
    /// Which of runs that are like each other are left out.
    let reductions: RunReductions
    /// The cells after so many steps.
    private(set) var states: [[Term]]
    /// That runs come so far that only the last step is missing.
    private(set) var reaches: Term
    /// That the last step exists, and is not like another one; where there is none, that `init` has such an outcome.
    private(set) var exists: Term
    /// What is wrong with the last step and the state behind it.
    private(set) var wrong: [(judgement: SymbolicJudgement, term: Term)] = []
    /// By `reachable` property: where some run so far comes by a state that has it.
    private(set) var witnesses: [String: Term]
    /// By state: that it is none of those before it, a term for each.
    private var differences: [[Term]] = [[]]

    /// By step, from the second one on: that it is not the wrong way round with the one before.
    private var order: [Term] = []
    private var lastStep: StepOrder.Step?

    /// That no two steps of the first so many are the wrong way round. Runs that are left out are like others that are not.
    func isOrdered(upTo last: Int) -> Term { graph.and(Array(order.prefix(max(0, last - 1)))) }

    /// That no state is equal to another one.
    var distinctness: [Term] { distinctness(upTo: depth) }

    /// The same of states up to a number.
    func distinctness(upTo last: Int) -> [Term] { differences.prefix(last + 1).flatMap(\.self) }

    private var graph: TermGraph { formula.graph }
    /// What is wrong with a state, over the variables of the formula.
    private let ofStates: [(judgement: SymbolicJudgement, term: Term)]
    private let ofSteps: [(judgement: SymbolicJudgement, term: Term)]
    private let reachables: [(name: String, term: Term)]
    private let ranks: [SymbolicJudgement: Int]
    private let stepOrder: StepOrder
    private let least: LeastElements
    /// Initial states of which all others are renamings. Steps begin there; what is wrong with `init` itself is asked of all.
    private let starts: [[UInt64]]?

    /// - Parameter judgements: those that are looked for.
    init(
        _ formula: ModelFormula, _ judgements: [SymbolicJudgement], from start: Start = .initial,
        _ reductions: RunReductions = RunReductions()
    ) {
        self.formula = formula
        self.reductions = reductions
        let isInitial = if case .initial = start { true } else { false }
        least = LeastElements(formula)
        reaches = formula.graph.yes
        (states, exists) = ([formula.state], formula.isValid)
        if isInitial { (states, exists) = ([formula.initial.cells], formula.initial.completes) }
        starts = isInitial && reductions.usesSymmetry ? least.starts : nil
        ofStates = judgements.compactMap { one in formula.violates(one).map { (one, $0) } }
        ofSteps = judgements.compactMap { one in
            if case .inStep(let number) = one { return formula.step.violations[number].map { (one, $0) } }
            return formula.violates(one, next: formula.step.cells).map {
                (one, formula.graph.and(formula.step.completes, $0))
            }
        }
        reachables = formula.model.properties.filter { $0.kind == .reachable }.map {
            ($0.name, formula.holds($0, formula.state, old: formula.state))
        }
        witnesses = Dictionary(uniqueKeysWithValues: reachables.map { ($0.name, formula.graph.no) })
        stepOrder = StepOrder(formula)
        ranks = Dictionary(uniqueKeysWithValues: judgements.enumerated().map { ($1, $0) })
        let inInit = judgements.compactMap { one -> (judgement: SymbolicJudgement, term: Term)? in
            guard isInitial, case .inStep(let number) = one else { return nil }
            return formula.initial.violations[number].map { (one, $0) }
        }
        wrong = inInit + wrongStates()
        addWitnesses()
    }

    /// The reductions by which runs are left out.
    var used: RunReductions {
        var used = reductions
        if !least.isUsed(graph) { used.usesSymmetry = false }
        if formula.actors.count < 2 { used.usesPartialOrder = false }
        return used
    }

    /// How many steps there are.
    var depth: Int { states.count - 1 }

    /// `1 step`, `8 steps`
    var depthWords: String { depth == 1 ? "1 step" : "\(depth) steps" }

    mutating func addStep() {
        let number = depth + 1
        if number == 1, let starts {
            let one = graph.choice(of: starts, formula.layout.widths, "init.start")
            (states, exists) = ([one.cells], one.exists)
        }
        var replacements = formula.replacements(states[depth])
        for input in formula.inputs {
            replacements[input] = graph.variable(Self.name(input, of: formula, step: number), width: input.width)
        }
        var substitution = Substitution(graph, replacements)
        if reductions.usesPartialOrder, let next = stepOrder.step(&substitution) {
            if let lastStep { order.append(stepOrder.isKept(lastStep, next)) }
            lastStep = next
        }
        reaches = graph.and(reaches, exists)
        let isLeast = reductions.usesSymmetry ? substitution(least.isLeast) : graph.yes
        exists = graph.and(substitution(formula.step.completes), isLeast)
        let cells = formula.step.cells.map { substitution($0) }
        differences.append(states.map { differ($0, cells) })
        states.append(cells)
        wrong = ofSteps.map { ($0.judgement, graph.and(substitution($0.term), isLeast)) }
        addWitnesses()
        wrong = (wrong + wrongStates()).sorted { ranks[$0.judgement, default: 0] < ranks[$1.judgement, default: 0] }
    }

    private func wrongStates() -> [(judgement: SymbolicJudgement, term: Term)] {
        var substitution = Substitution(graph, formula.replacements(states[depth]))
        return ofStates.map { ($0.judgement, graph.and(exists, substitution($0.term))) }
    }

    private mutating func addWitnesses() {
        var substitution = Substitution(graph, formula.replacements(states[depth]))
        for one in reachables {
            let isMet = graph.and([reaches, exists, substitution(one.term)])
            witnesses[one.name] = graph.or(witnesses[one.name] ?? graph.no, isMet)
        }
    }

    private func differ(_ a: [Term], _ b: [Term]) -> Term {
        graph.or(zip(a, b).map { graph.not(graph.equal($0, $1)) })
    }

    /// `step 3.actor`
    private static func name(_ input: Term, of formula: ModelFormula, step: Int) -> String {
        "step \(step)." + (formula.graph.name(of: input)?.dropFirst("step: ".count) ?? "")
    }
}
