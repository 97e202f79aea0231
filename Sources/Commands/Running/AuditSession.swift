import Analysis
import Diagnostics
import Foundation
import Reports
import Semantics

/// Audits a list of specs, one after the other.
struct AuditSession {
    let console: Console
    let selection: SelectionOptions
    let options: MutationOptions
    let isStrict: Bool
    private(set) var results: [AuditResult] = []
    private(set) var reported: [ReportDiagnostic] = []
    private var statuses: [ExitStatus] = []
    /// Whether some spec has what was selected.
    private var hasMatched = false
    private let library = InstalledLibrary()

    init(console: Console, selection: SelectionOptions, options: MutationOptions, isStrict: Bool) {
        self.console = console
        self.selection = selection
        self.options = options
        self.isStrict = isStrict
    }

    var status: ExitStatus { .worst(of: statuses) }

    mutating func audit(_ paths: [String]) {
        let discovery = SpecDiscovery(paths)
        add(discovery.diagnostics, SourceMap())
        for file in discovery.files { audit(file, isNamed: paths.contains(file)) }
        if !hasMatched, statuses.isEmpty, let missing = selection.matchesNothing { add([missing], SourceMap()) }
    }

    private mutating func audit(_ path: String, isNamed: Bool) {
        let loaded: LoadedSpec
        switch LoadedSpec.load(path, selection, library) {
        case .success(let spec): loaded = spec
        case .failure(let diagnostic): return add([diagnostic], SourceMap())
        }
        add(loaded.diagnostics, loaded.workspace.sources)
        guard !loaded.diagnostics.hasErrors, let root = loaded.workspace.sources.sources.first else { return }
        let requests = loaded.requests.filter { !$0.isLibrary }
        if requests.isEmpty, !isNamed || selection.matchesNothing != nil { return }
        hasMatched = true
        let study = MutationStudy(
            path: path, root: root, workspace: loaded.workspace, requests: requests, overrides: selection.set,
            library: ModuleLibrary(
                start: URL(fileURLWithPath: path).deletingLastPathComponent(), environment: library),
            options: options)
        do throws(InternalError) {
            let finding = try SpecAudit(
                path: path, workspace: loaded.workspace, requests: requests, study: study
            ).finding()
            if console.showsProgress { console.progress("") }
            add(finding.diagnostics, loaded.workspace.sources)
            guard let result = finding.result else { return }
            results.append(result)
            if result.isCut { statuses.append(.inconclusive) }
            if isStrict { add(result.strictDiagnostics(), SourceMap()) }
        } catch {
            add([Diagnostic(.internalError, "internal error: \(error.message)", at: nil)], SourceMap())
            statuses.append(.internalError)
        }
    }

    private mutating func add(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        report(diagnostics, sources, console)
        reported += diagnostics.map { ReportDiagnostic($0, in: sources) }
        statuses += diagnostics.compactMap { $0.mutationStatus }
    }
}
