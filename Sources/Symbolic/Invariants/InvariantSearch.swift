import Model
import SMT

public struct InvariantOptions: Sendable {
    public var limits = SolverLimits()
    /// Told of the number of lemmas now and then.
    public var progress: (@Sendable (Int) -> Void)?

    public init() {}
}

/// What came of a search for an invariant.
public struct InvariantResult: Sendable {
    public enum Outcome: Sendable {
        case proved(InvariantProof)
        /// `init` is wrong, or a step from a state that can't be told from reachable ones.
        case wrong
        case unknown(UnknownReason)
    }

    public let outcome: Outcome
    public let queries: Int
    public let lemmas: Int
}

/// Looks for an inductive invariant: lemmas that exclude states from which one step breaks a claim or a lemma.
///
/// As IC3 does (Bradley, *SAT-Based Model Checking without Unrolling*, VMCAI 2011), each such state is generalised to a
/// clause. What decides how far is not the solver but a sample of reachable states, in most cases all of them: the clause
/// is a shortest one found that no sampled state contradicts. A lemma that is wrong since the sample lacks a state is found
/// out when a step leads from a sampled state out of it: then the state joins the sample.
public struct InvariantSearch {
    private let solver: any Solver
    private let options: InvariantOptions
    private let formula: ModelFormula
    private let parts: StateParts
    private var renamings: [ElementRenaming]
    private let areRepresentatives: Bool
    private var index: ReachableSample
    private var store: LemmaStore
    private var queries = 0
    private var known: Set<[UInt64]> = []

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ solver: any Solver, _ sample: SampledStates, _ options: InvariantOptions) {
        self.solver = solver
        self.options = options
        formula = ModelFormula(model)
        parts = StateParts(formula.layout, sorts: model.sorts)
        renamings = ElementRenaming.all(model, formula.layout)
        areRepresentatives = sample.areRepresentatives
        index = ReachableSample(
            sample, CellReader(model, formula.layout), parts,
            sample.areRepresentatives ? renamings : Array(renamings.prefix(1)), isStopped: options.limits.isOver)
        store = LemmaStore(formula, parts, renamings)
    }

    /// Whether a sample may have one state for all that renaming makes of it: whether there are few enough renamings.
    public static func canRename(_ model: Model) -> Bool {
        ElementRenaming.all(model, CellLayout(model)).count > 1
    }

    /// Costs a query to the solver for each state that is excluded, and a few for each place from which a step is taken.
    public mutating func run() -> InvariantResult {
        if options.limits.isCancelled() { return result(.unknown(.interrupted)) }
        if options.limits.isOver() { return result(.unknown(.time)) }
        guard let start = StartSolver(formula, parts, solver) else { return result(.unknown(.memory)) }
        queries += 1
        switch start.wrongStart(options.limits) {
        case .satisfiable: return result(.wrong)
        case .unknown(let reason): return result(.unknown(reason))
        case .unsatisfiable: break
        }
        while true {
            if let outcome = extend() { return result(outcome) }
        }
    }

    private func result(_ outcome: InvariantResult.Outcome) -> InvariantResult {
        InvariantResult(outcome: outcome, queries: queries, lemmas: store.lemmas.count)
    }

    /// Adds lemmas until every step keeps them; nil where some had to be taken back.
    ///
    /// What is kept where some lemmas hold is kept where more hold: each needs to be shown once for each place.
    private mutating func extend() -> InvariantResult.Outcome? {
        let claims = Claims(formula)
        let lemmas = LemmaTerms(parts, formula.state, formula.graph)
        var solvers: [(instance: Int, place: ProofPlace, steps: StepSolver)] = []
        for (instance, actor) in store.actors.enumerated() {
            for location in formula.locations(of: actor) {
                if options.limits.isCancelled() { return .unknown(.interrupted) }
                if options.limits.isOver() { return .unknown(.time) }
                let question = StepQuestion(formula, claims, actor: actor, location: location)
                guard let steps = StepSolver(question, parts, lemmas, solver) else { return .unknown(.memory) }
                solvers.append((instance, ProofPlace(actor: actor, location: location), steps))
            }
        }
        while solvers.contains(where: { !$0.steps.isKept || $0.steps.count < store.lemmas.count }) {
            for (instance, _, steps) in solvers {
                switch settle(steps, instance) {
                case .kept: break
                case .ended(let outcome): return outcome
                }
            }
        }
        let grounds = Dictionary(uniqueKeysWithValues: solvers.map { ($0.place, $0.steps.grounds) })
        return checkStart(InvariantProof(lemmas: store.lemmas, grounds: grounds))
    }

    /// A sample may lack initial states, and a model need not be as symmetric as its sorts.
    private mutating func checkStart(_ proof: InvariantProof) -> InvariantResult.Outcome? {
        guard let start = StartSolver(formula, parts, solver) else { return .unknown(.memory) }
        start.add(store)
        queries += 1
        switch start.excludedStart(options.limits) {
        case .unsatisfiable: return .proved(proof)
        case .unknown(let reason): return .unknown(reason)
        case .satisfiable(let assignment): return add(start.cells(assignment))
        }
    }

    private enum Settled {
        case kept
        /// The search is over, or begins anew.
        case ended(InvariantResult.Outcome?)
    }

    /// Adds lemmas until the steps from one place keep them.
    private mutating func settle(_ steps: StepSolver, _ instance: Int) -> Settled {
        while true {
            steps.learn(store, ofInstance: instance)
            if steps.isKept { return .kept }
            queries += 1
            switch steps.brokenStep(options.limits) {
            case .unknown(let reason): return .ended(.unknown(reason))
            case .unsatisfiable: return .kept
            case .satisfiable(let assignment):
                let (before, behind) = steps.question.cells(assignment)
                if steps.hold(store.excluding(before), store) { continue }
                let found = index.exclusions(of: before, most: Self.exclusionsOfOne)
                guard !found.isEmpty else { return .ended(learn(before, behind)) }
                for literals in found { store.add(StateLemma(literals)) }
                steps.hold(store.excluding(before), store)
                options.progress?(store.lemmas.count)
            }
        }
    }

    private static let exclusionsOfOne = 3

    /// The state can't be told from reachable ones: then what it leads to is reachable, too.
    private mutating func learn(_ before: [UInt64], _ behind: [UInt64]) -> InvariantResult.Outcome? {
        store.excluding(behind).isEmpty ? .wrong : add(behind)
    }

    /// Takes a state into the sample, and takes back the lemmas that it contradicts.
    private mutating func add(_ state: [UInt64]) -> InvariantResult.Outcome? {
        guard known.insert(state).inserted else { return .wrong }
        index.add(state)
        // Where `init` singles out an element, what is true of one is not true of all.
        if !areRepresentatives { renamings = Array(renamings.prefix(1)) }
        let kept =
            areRepresentatives ? store.surviving(state) : store.lemmas.filter { !parts.isExcluded(state, by: $0) }
        store = LemmaStore(formula, parts, renamings, kept)
        return nil
    }
}
