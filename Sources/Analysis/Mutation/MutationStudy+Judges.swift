import Diagnostics
import Reports
import Semantics

extension MutationStudy {
    /// The configurations that expect `holds` and do hold, the smallest first; and why others do not judge. Those that met
    /// a budget come last, and are not heard.
    func judges() throws(InternalError) -> (judges: [MutationJudge], diagnostics: [Diagnostic]) {
        var judges: [MutationJudge] = []
        var diagnostics: [Diagnostic] = []
        let workspace = self.workspace(of: root)
        let all = Configurations(of: workspace.root, overrides: workspace.overrides).requests
        for (number, request) in all.enumerated() where isJudge(request) {
            let preparation = prepare(workspace, request)
            let errors = preparation.diagnostics.filter { $0.severity == .error }
            guard let run = preparation.run, let whole = prepareWhole(workspace, request).run else {
                return ([], diagnostics + errors)
            }
            let finding = try ModelCheck(run, checkOptions).finding()
            guard finding.hasResult else { return ([], diagnostics + finding.diagnostics) }
            let result = finding.result
            switch result.verdict {
            case .holds, .proved: break
            case .violated: return ([], diagnostics + [run.doesNotHold(result.property ?? "")])
            case .inconclusive: diagnostics.append(run.cannotJudge(result.reason?.rawValue ?? ""))
            }
            judges.append(
                MutationJudge(
                    name: run.judgeName, request: number, states: result.states,
                    isHeard: result.verdict != .inconclusive, reduced: run, whole: whole, behaviourOptions))
        }
        if judges.isEmpty, diagnostics.isEmpty { diagnostics.append(nothingJudges) }
        let sorted = judges.sorted {
            ($0.isHeard ? 0 : 1, $0.states, $0.request) < ($1.isHeard ? 0 : 1, $1.states, $1.request)
        }
        return (sorted, diagnostics)
    }

    /// Variants are not run: what they say must go wrong is no measure of what must not.
    private func isJudge(_ request: ConfigurationRequest) -> Bool {
        request.scenario != nil && request.variant == nil && request.expectation == .holds
            && requests.contains { $0.isSame(request) }
    }

    private var nothingJudges: Diagnostic {
        Diagnostic(
            .noMutationJudge, "no scenario of `\(path)` expects `holds`, so none can notice a mutant", at: nil)
    }
}

extension ConfigurationRequest {
    fileprivate func isSame(_ other: ConfigurationRequest) -> Bool {
        scenario == other.scenario && variant == other.variant
            && sweep.map(\.name) == other.sweep.map(\.name) && sweep.map(\.value) == other.sweep.map(\.value)
    }
}

extension PreparedRun {
    /// `tight Frame=2`
    var judgeName: String {
        ([program.configuration.scenario ?? ""] + sweep.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
    }

    fileprivate func doesNotHold(_ property: String) -> Diagnostic {
        Diagnostic(
            .unfitMutationJudge, "`\(property)` is violated in \(configurationName) already, without any mutant",
            at: program.configuration.span, notes: [Note("run `faultline check` first")])
    }

    fileprivate func cannotJudge(_ reason: String) -> Diagnostic {
        Diagnostic(
            .slowMutationJudge,
            "\(configurationName) judges no mutant: its search met a budget (\(reason)) without any",
            at: program.configuration.span, severity: .warning,
            notes: [Note("`--max-states` makes it larger; `--set` makes the scenario smaller")])
    }
}
