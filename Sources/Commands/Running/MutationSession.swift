import Analysis
import Diagnostics
import Foundation
import Reports
import Semantics

/// Puts the mutants of a list of specs to their scenarios, one spec after the other.
struct MutationSession {
    let console: Console
    let selection: SelectionOptions
    let options: MutationOptions
    /// Where mutants are written to.
    let folder: String?
    /// Shows each result at once.
    let streamsText: MutationText?
    private(set) var results: [MutationResult] = []
    private(set) var reported: [ReportDiagnostic] = []
    private var statuses: [ExitStatus] = []
    /// Whether some spec has what was selected.
    private var hasMatched = false
    private let library = InstalledLibrary()

    init(
        console: Console, selection: SelectionOptions, options: MutationOptions, folder: String?,
        streamsText: MutationText?
    ) {
        self.console = console
        self.selection = selection
        self.options = options
        self.folder = folder
        self.streamsText = streamsText
    }

    mutating func mutate(_ paths: [String]) {
        let discovery = SpecDiscovery(paths)
        add(discovery.diagnostics, SourceMap())
        for file in discovery.files { mutate(file, isNamed: paths.contains(file)) }
        if !hasMatched, statuses.isEmpty, let missing = selection.matchesNothing { add([missing], SourceMap()) }
    }

    func status(minimumScore: Double?) -> ExitStatus {
        let scores = results.map { result -> ExitStatus in
            if let minimumScore, result.score < minimumScore { return .violated }
            return result.isInconclusive ? .inconclusive : .asExpected
        }
        return .worst(of: statuses + scores)
    }

    private mutating func mutate(_ path: String, isNamed: Bool) {
        let loaded: LoadedSpec
        switch LoadedSpec.load(path, selection, library) {
        case .success(let spec): loaded = spec
        case .failure(let diagnostic): return add([diagnostic], SourceMap())
        }
        add(loaded.diagnostics, loaded.workspace.sources)
        guard !loaded.diagnostics.hasErrors, let root = loaded.workspace.sources.sources.first else { return }
        // A library among the specs of a folder has no score.
        let requests = loaded.requests.filter { !$0.isLibrary }
        if requests.isEmpty, !isNamed || selection.matchesNothing != nil { return }
        hasMatched = true
        let study = MutationStudy(
            path: path, root: root, workspace: loaded.workspace, requests: requests, overrides: selection.set,
            library: ModuleLibrary(
                start: URL(fileURLWithPath: path).deletingLastPathComponent(), environment: library),
            options: options)
        do throws(InternalError) {
            show(try study.finding(), loaded)
        } catch {
            add([Diagnostic(.internalError, "internal error: \(error.message)", at: nil)], SourceMap())
            statuses.append(.internalError)
        }
    }

    private mutating func show(_ finding: MutationStudy.Finding, _ loaded: LoadedSpec) {
        if console.showsProgress { console.progress("") }
        add(finding.diagnostics, loaded.workspace.sources)
        guard let result = finding.result else {
            // No scenario is left that could judge.
            if !finding.diagnostics.hasErrors { statuses.append(.inconclusive) }
            return
        }
        if let number = options.numbers?.first, result.mutants.isEmpty {
            let message = "`\(result.spec)` has no mutant #\(number)"
            return add([Diagnostic(.badOption, message, at: nil)], SourceMap())
        }
        results.append(result)
        if let streamsText { console.out(streamsText.render(result)) }
        write(finding.mutants, result)
    }

    private mutating func write(_ mutants: [Mutant], _ result: MutationResult) {
        guard let folder else { return }
        let tried = Set(result.mutants.map(\.number))
        let base = URL(fileURLWithPath: result.spec).deletingPathExtension().lastPathComponent
        let place = URL(fileURLWithPath: folder).appendingPathComponent(base)
        for mutant in mutants where tried.contains(mutant.number) {
            let number = String(repeating: "0", count: max(0, 3 - String(mutant.number).count)) + "\(mutant.number)"
            let url = place.appendingPathComponent("\(number)-\(mutant.operatorName).fl")
            do {
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try Data(mutant.source.utf8).write(to: url, options: .atomic)
            } catch {
                let reason = error.reason
                return add(
                    [Diagnostic(.cannotWrite, "`\(url.path)` can't be written: \(reason)", at: nil)], SourceMap())
            }
        }
    }

    private mutating func add(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        report(diagnostics, sources, console)
        reported += diagnostics.map { ReportDiagnostic($0, in: sources) }
        statuses += diagnostics.compactMap { $0.mutationStatus }
    }
}

extension Diagnostic {
    /// What an error means for a command that tries mutants.
    var mutationStatus: ExitStatus? {
        guard severity == .error else { return nil }
        if code == .internalError { return .internalError }
        return [.unfitMutationJudge, .unorderedAccesses].contains(code) ? .violated : .badInput
    }
}
