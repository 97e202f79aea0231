import Model
import SMT

/// Reachable states of a model, packed, one after the other.
public struct SampledStates: Sendable {
    public var words: [UInt64]
    public let width: Int
    /// Whether each stands for all that renaming elements of symmetric sorts makes of it.
    public let areRepresentatives: Bool

    public init(words: [UInt64], width: Int, areRepresentatives: Bool = false) {
        self.areRepresentatives = areRepresentatives
        self.words = words
        self.width = width
    }

    public var count: Int { width == 0 ? 0 : words.count / width }
}

public struct InvariantOptions: Sendable {
    public var limits = SolverLimits()
    /// Told of the number of lemmas now and then.
    public var progress: (@Sendable (Int) -> Void)?

    public init() {}
}

/// What came of a search for an invariant.
public struct InvariantResult: Sendable {
    public enum Outcome: Sendable {
        /// Together with the claims of the model they hold at first, and every step keeps them.
        case proved([StateLemma])
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
    private let question: StepQuestion
    private let parts: StateParts
    private var renamings: [ElementRenaming]
    private let areRepresentatives: Bool
    private var index: ReachableSample
    private var lemmas: [StateLemma] = []
    private var held: Set<StateLemma> = []
    private var queries = 0
    private var known: Set<[UInt64]> = []

    /// - Parameter model: one that is valid.
    public init(_ model: Model, _ solver: any Solver, _ sample: SampledStates, _ options: InvariantOptions) {
        self.solver = solver
        self.options = options
        formula = ModelFormula(model)
        question = StepQuestion(formula)
        parts = StateParts(formula.layout, sorts: model.sorts)
        renamings = ElementRenaming.all(model, formula.layout)
        areRepresentatives = sample.areRepresentatives
        index = ReachableSample(
            sample, CellReader(model, formula.layout), parts,
            sample.areRepresentatives ? renamings : Array(renamings.prefix(1)))
    }

    /// Whether a sample may have one state for all that renaming makes of it: whether there are few enough renamings.
    public static func canRename(_ model: Model) -> Bool {
        ElementRenaming.all(model, CellLayout(model)).count > 1
    }

    /// Costs a query to the solver for each lemma that is found, and one for each that is shown to be kept.
    public mutating func run() -> InvariantResult {
        while true {
            guard let steps = LemmaSolver(question, parts, solver, lemmas) else { return result(.unknown(.memory)) }
            queries += 1
            switch steps.wrongStart(options.limits) {
            case .satisfiable: return result(.wrong)
            case .unknown(let reason): return result(.unknown(reason))
            case .unsatisfiable: break
            }
            if let outcome = extend(steps) { return result(outcome) }
        }
    }

    private func result(_ outcome: InvariantResult.Outcome) -> InvariantResult {
        InvariantResult(outcome: outcome, queries: queries, lemmas: lemmas.count)
    }

    /// Adds lemmas until every step keeps them; nil where some had to be taken back.
    ///
    /// What is kept where some lemmas hold is kept where more hold: each needs to be shown once. Of lemmas that renaming makes
    /// of one another one is enough, since all of them are there.
    private mutating func extend(_ steps: LemmaSolver) -> InvariantResult.Outcome? {
        var next = 0
        let known = lemmas
        var orbits = known
        var answer = steps.wrongStep(options.limits)
        while true {
            queries += 1
            switch answer {
            case .unknown(let reason): return .unknown(reason)
            case .satisfiable(let assignment):
                let (before, behind) = question.cells(assignment)
                let found = exclusions(of: before)
                guard !found.isEmpty else { return learn(before, behind) }
                for orbit in found {
                    for lemma in orbit where held.insert(lemma).inserted {
                        lemmas.append(lemma)
                        steps.add(lemma)
                    }
                    orbits += orbit.prefix(1)
                }
                options.progress?(lemmas.count)
                answer = next == 0 ? steps.wrongStep(options.limits) : steps.again(options.limits)
            case .unsatisfiable:
                guard next < orbits.count else {
                    // A sample may lack initial states, and a model need not be as symmetric as its sorts.
                    if let initial = steps.excludedStart(options.limits) { return add(initial) }
                    return .proved(lemmas)
                }
                answer = steps.step(breaking: orbits[next], options.limits)
                next += 1
            }
        }
    }

    /// A few lemmas that exclude a state, and what becomes of them when elements are renamed.
    private mutating func exclusions(of cells: [UInt64]) -> [[StateLemma]] {
        index.exclusions(of: cells, most: Self.exclusionsOfOne).map {
            ElementRenaming.images(of: StateLemma($0), parts, renamings)
        }
    }

    private static let exclusionsOfOne = 3

    /// The state can't be told from reachable ones: then what it leads to is reachable, too.
    private mutating func learn(_ before: [UInt64], _ behind: [UInt64]) -> InvariantResult.Outcome? {
        guard lemmas.contains(where: { parts.isExcluded(behind, by: $0) }) else { return .wrong }
        return add(behind)
    }

    /// Takes a state into the sample, and takes back the lemmas that it contradicts.
    private mutating func add(_ state: [UInt64]) -> InvariantResult.Outcome? {
        guard known.insert(state).inserted else { return .wrong }
        index.add(state)
        // Where `init` singles out an element, what is true of one is not true of all.
        if !areRepresentatives { renamings = Array(renamings.prefix(1)) }
        lemmas = lemmas.filter { !parts.isExcluded(state, by: $0) }
        held = Set(lemmas)
        return nil
    }
}
