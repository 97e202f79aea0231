import Diagnostics
import Digests
import Exploration
import Model
import Reports
import Semantics

/// All mutants of one spec, each put to the configurations that expect `holds`.
public struct MutationStudy: Sendable {
    let path: String
    let root: SourceText
    let requests: [ConfigurationRequest]
    let overrides: [String]
    let options: MutationOptions
    private let library: any ModuleSource & Sendable
    private let original: Workspace

    /// - Parameter requests: which configurations may judge.
    public init(
        path: String, root: SourceText, workspace: Workspace, requests: [ConfigurationRequest], overrides: [String],
        library: any ModuleSource & Sendable, options: MutationOptions
    ) {
        self.path = path
        self.root = root
        original = workspace
        self.requests = requests
        self.overrides = overrides
        self.library = library
        self.options = options
    }

    /// What the study found, and what it has to say about the spec itself.
    public struct Finding: Sendable {
        /// Nil where no configuration can judge.
        public let result: MutationResult?
        public let diagnostics: [Diagnostic]
        /// The selected mutants, as specs.
        public let mutants: [Mutant]
    }

    /// Tries them all; the same for any number of threads. Throws where the search of the spec itself contradicts the
    /// interpreter. A mutant of which that is so is not tried, and the diagnostics say it.
    public func finding() throws(InternalError) -> Finding {
        let start = ContinuousClock.now
        let (judges, diagnostics) = try self.judges()
        guard judges.contains(where: \.isHeard) else {
            return Finding(result: nil, diagnostics: diagnostics, mutants: [])
        }
        let all = Mutant.all(of: original.root, in: root)
        let selected = MutantSelection(options: options).selected(all)
        let (outcomes, defects) = tried(selected, judges)
        let allowances = SurvivorAllowances(original.annotations.first, in: root)
        var results: [MutantResult] = []
        for (mutant, outcome) in zip(selected, outcomes) {
            guard let outcome else { continue }
            results.append(
                MutantResult(
                    number: mutant.number, operatorName: mutant.operatorName, container: mutant.container,
                    change: mutant.change, line: mutant.line, diff: mutant.diff, outcome: outcome,
                    allowed: outcome.kind == .survived ? allowances.reason(for: mutant) : nil))
        }
        let elapsed = (ContinuousClock.now - start).components
        let result = MutationResult(
            spec: path, judges: judges.filter(\.isHeard).map { MutationResult.Judge(name: $0.name, states: $0.states) },
            settings: overrides, mutants: results, invalid: selected.count - results.count,
            unselected: all.count - selected.count, equivalenceStates: options.equivalenceStates,
            seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18)
        let survivors = zip(selected, outcomes).filter { $1?.kind == .survived }.map(\.0)
        let stale = options.selectsAll && !result.isInconclusive ? allowances.stale(survivors) : []
        return Finding(result: result, diagnostics: diagnostics + defects + stale, mutants: selected)
    }

    /// The outcomes in the order of the mutants, whoever was faster.
    private func tried(_ mutants: [Mutant], _ judges: [MutationJudge]) -> (
        outcomes: [MutantOutcome?], defects: [Diagnostic]
    ) {
        let outcomes = Guarded<[Int: Result<MutantOutcome?, InternalError>]>([:])
        Workers.run(mutants.count, threads: options.threads) { index in
            let outcome = isOver ? .success(.notTried) : trial(mutants[index], judges)
            let done = outcomes.with { known in
                known[index] = outcome
                return known.count
            }
            options.progress?(done, mutants.count)
        }
        var result: [MutantOutcome?] = []
        var defects: [Diagnostic] = []
        for index in mutants.indices {
            switch outcomes.with({ $0[index] }) {
            case .success(let outcome): result.append(outcome)
            case .failure(let error):
                result.append(.notTried)
                defects.append(Diagnostic(.internalError, "internal error: \(error.message)", at: mutants[index].span))
            case nil: result.append(.notTried)
            }
        }
        return (result, defects)
    }

    private func trial(_ mutant: Mutant, _ judges: [MutationJudge]) -> Result<MutantOutcome?, InternalError> {
        do throws(InternalError) {
            return .success(try MutantTrial(mutant: mutant, judges: judges, study: self).outcome())
        } catch {
            return .failure(InternalError("mutant #\(mutant.number): \(error.message)"))
        }
    }
}

// MARK: What trials need

extension MutationStudy {
    /// Whether the user or the time has ended it.
    var isOver: Bool {
        options.check.isCancelled() || options.deadline.map { ContinuousClock.now >= $0 } ?? false
    }

    func workspace(of source: SourceText) -> Workspace {
        Workspace(root: source, library: library, overrides: overrides)
    }

    func prepare(_ workspace: Workspace, _ request: ConfigurationRequest) -> Preparation {
        Preparation.prepare(workspace, request, path: path, overrides: overrides)
    }

    /// As claims see it that could be written: nothing removed, nothing joined.
    func prepareWhole(_ workspace: Workspace, _ request: ConfigurationRequest) -> Preparation {
        Preparation.prepare(
            workspace, request, path: path, overrides: overrides, without: Set(Reduction.allCases))
    }

    var checkOptions: CheckOptions {
        var check = options.check
        check.threads = 1
        check.survey = .nothing
        let isCancelled = check.isCancelled
        let deadline = options.deadline
        check.isCancelled = { isCancelled() || deadline.map { ContinuousClock.now >= $0 } ?? false }
        return check
    }

    var behaviourOptions: BehaviourOptions {
        BehaviourOptions(maximumStates: options.equivalenceStates, isCancelled: checkOptions.isCancelled)
    }

    /// What a verdict depends on. Budgets are no part of it: only verdicts that they did not end are kept.
    func key(_ model: Model) -> String { SHA256.digest("\(options.version)\n\(model.digestWithoutPlaces)") }
}
