import Diagnostics
import Exploration
import Model
import Reports
import Semantics

/// Puts one mutant to all judges.
struct MutantTrial {
    let mutant: Mutant
    let judges: [MutationJudge]
    let study: MutationStudy

    /// A mutant in the configuration of a judge.
    private struct Case {
        let judge: MutationJudge
        /// As it is searched.
        let reduced: PreparedRun
        /// Without reductions.
        let whole: PreparedRun
        let isSearched: Bool
        let isCompared: Bool
    }

    private enum Prepared {
        case cases([Case])
        case outcome(MutantOutcome?)
    }

    /// What becomes of it; nil for a text that is no spec.
    func outcome() throws(InternalError) -> MutantOutcome? {
        let cases: [Case]
        switch prepare() {
        case .cases(let all): cases = all
        case .outcome(let outcome): return outcome
        }
        if !cases.contains(where: \.isCompared) { return .equivalent(.model) }
        var doubt: MutantOutcome?
        for one in cases where one.isSearched {
            if study.isOver { return .notTried }
            let found = try search(one)
            switch found {
            case .killed: return found
            case .inconclusive: doubt = doubt ?? found
            case .refused, .survived, .equivalent, .notTried, nil: break
            }
        }
        if study.isOver { return .notTried }
        return doubt ?? compare(cases.filter(\.isCompared))
    }

    // MARK: Preparing

    private func prepare() -> Prepared {
        let workspace = study.workspace(of: mutant.source)
        guard !workspace.diagnostics.hasErrors else { return .outcome(nil) }
        let requests = Configurations(of: workspace.root, overrides: workspace.overrides).requests
        var cases: [Case] = []
        for judge in judges {
            guard requests.indices.contains(judge.request) else { return .outcome(nil) }
            let request = requests[judge.request]
            let preparation = study.prepare(workspace, request)
            guard let reduced = preparation.run else { return .outcome(refusal(preparation)) }
            guard let whole = study.prepareWhole(workspace, request).run else { return .outcome(nil) }
            cases.append(
                Case(
                    judge: judge, reduced: reduced, whole: whole,
                    isSearched: judge.isHeard && reduced.model.withoutPlaces != judge.reduced,
                    isCompared: whole.model.withoutPlaces != judge.whole))
        }
        return .cases(cases)
    }

    /// Nil where not a rule of the language refuses it, but names or types.
    private func refusal(_ preparation: Preparation) -> MutantOutcome? {
        let errors = preparation.diagnostics.filter { $0.severity == .error }
        guard errors.allSatisfy({ $0.code.isRule }), let first = errors.first else { return nil }
        return .refused(code: first.code.rawValue, message: first.message)
    }

    // MARK: Searching

    /// Killed or inconclusive; nil where the configuration holds.
    private func search(_ one: Case) throws(InternalError) -> MutantOutcome? {
        let key = study.key(one.reduced.model)
        if let known = study.options.store?.text(for: key).flatMap({ KeptVerdict($0) }) {
            return outcome(known, one.judge)
        }
        let result = try ModelCheck(one.reduced.withoutTheorems, study.checkOptions).result()
        switch result.verdict {
        case .holds, .proved:
            study.options.store?.keep(KeptVerdict.holds.text, for: key)
            return nil
        case .violated:
            let verdict = KeptVerdict.violated(property: result.property ?? "", steps: result.steps)
            study.options.store?.keep(verdict.text, for: key)
            return outcome(verdict, one.judge)
        case .inconclusive:
            return .inconclusive(scenario: one.judge.name, reason: result.reason?.rawValue ?? "unknown")
        }
    }

    private func outcome(_ verdict: KeptVerdict, _ judge: MutationJudge) -> MutantOutcome? {
        switch verdict {
        case .holds: nil
        case .violated(let property, let steps): .killed(property: property, scenario: judge.name, steps: steps)
        }
    }

    // MARK: Comparing

    /// Nothing was violated: either nothing could have been, or a claim is missing.
    private func compare(_ cases: [Case]) -> MutantOutcome {
        var less: MutantOutcome?
        var unknown: MutantOutcome?
        for one in cases {
            let comparison = one.judge.compared(with: one.whole, study.behaviourOptions)
            if study.isOver { return .notTried }
            switch comparison {
            case .same: break
            case .more(let depth, let isState):
                return .survived(.more(scenario: one.judge.name, steps: depth, isState: isState))
            case .less: less = less ?? .survived(.less(scenario: one.judge.name))
            case .unknown, .incomparable: unknown = unknown ?? .survived(.unknown(scenario: one.judge.name))
            }
        }
        return unknown ?? less ?? .equivalent(.behaviour)
    }
}

extension DiagnosticCode {
    /// Whether it is a rule about locks, steps and ghost state: the mutant is a spec, and a bad one.
    var isRule: Bool { rawValue.hasPrefix("FL03") || rawValue.hasPrefix("FL04") }
}
