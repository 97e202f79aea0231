import Diagnostics
import Model
import Program
import Reports
import Semantics

/// What a verdict on a spec rests on: its claims, its races, its scopes.
public struct SpecAudit: Sendable {
    private let study: MutationStudy
    private let workspace: Workspace
    private let requests: [ConfigurationRequest]
    private let path: String

    /// - Parameter study: of the same spec, with the operator `split-atomic` alone.
    public init(path: String, workspace: Workspace, requests: [ConfigurationRequest], study: MutationStudy) {
        self.path = path
        self.workspace = workspace
        self.requests = requests
        self.study = study
    }

    public struct Finding: Sendable {
        /// Nil where the spec has errors.
        public let result: AuditResult?
        public let diagnostics: [Diagnostic]
    }

    public func finding() throws(InternalError) -> Finding {
        var diagnostics: [Diagnostic] = []
        var survey = AuditSurvey(workspace)
        for request in requests where request.scenario != nil && request.variant == nil {
            let preparation = study.prepare(workspace, request)
            guard let run = preparation.run, let whole = study.prepareWhole(workspace, request).run else {
                return Finding(result: nil, diagnostics: preparation.diagnostics)
            }
            survey.add(run, whole)
        }
        let split = try study.finding()
        diagnostics += split.diagnostics
        var claims: [AuditResult.Claim] = []
        for claim in survey.claims {
            let splits = split.mutants.filter { $0.span == claim.span }.compactMap { mutant in
                split.result?.mutants.first { $0.number == mutant.number }.map {
                    AuditResult.Split(change: $0.change, outcome: $0.outcome)
                }
            }
            claims.append(
                AuditResult.Claim(
                    place: survey.place(claim.span), reason: claim.reason, reads: claim.reads.sorted(),
                    writes: claim.writes.sorted(), splits: splits))
        }
        let result = AuditResult(
            spec: path, memoryModel: "sequential consistency", claims: claims, racyReads: survey.racyReads,
            unguarded: survey.unguarded, conflicts: survey.conflicts, scopes: survey.scopes,
            isCut: split.result?.isInconclusive ?? true)
        return Finding(result: result, diagnostics: diagnostics + survey.staleAllowances)
    }
}

extension AuditResult {
    /// An error for each pair that nobody has accepted.
    public func strictDiagnostics() -> [Diagnostic] {
        openConflicts.map { conflict in
            Diagnostic(
                .unorderedAccesses,
                "\(conflict.first.words) and \(conflict.second.words) touch `\(conflict.cell)`, and no common lock "
                    + "orders them",
                at: nil, notes: [Note("`@allow(race, \"why\")` before one of the statements accepts it")])
        }
    }
}

extension AuditResult.Side {
    fileprivate var words: String { "\(process) at \(place.file):\(place.line)" }
}
