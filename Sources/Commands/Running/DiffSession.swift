import Analysis
import Diagnostics
import Reports
import Semantics

/// Loads two versions of a spec and compares each configuration that both have.
struct DiffSession {
    let console: Console
    let selection: SelectionOptions
    let options: DiffOptions
    private let library = InstalledLibrary()
    /// Nil where there was nothing to compare.
    private(set) var result: DiffResult?
    private(set) var reported: [ReportDiagnostic] = []
    private var hasBadInput = false
    private var hasInternalError = false

    init(console: Console, selection: SelectionOptions, options: DiffOptions) {
        self.console = console
        self.selection = selection
        self.options = options
    }

    mutating func compare(_ old: SpecVersion, _ new: SpecVersion) {
        guard let oldSpec = load(old), let newSpec = load(new) else { return }
        var compared = DiffResult(old: old.name, new: new.name, configurations: [], onlyOld: [], onlyNew: [])
        let names = (oldSpec.requests.compactMap(\.key), newSpec.requests.compactMap(\.key))
        compared.onlyOld = names.0.filter { !names.1.contains($0) }
        compared.onlyNew = names.1.filter { !names.0.contains($0) }
        guard names.0.contains(where: { names.1.contains($0) }) else { return reportNothing(compared) }
        var runs: [(ComparedRun, ComparedRun)] = []
        for request in newSpec.requests {
            guard let key = request.key, let other = oldSpec.requests.first(where: { $0.key == key }) else { continue }
            let pair = (prepare(other, oldSpec, old), prepare(request, newSpec, new))
            guard let first = pair.0, let second = pair.1 else { return }
            runs.append((first, second))
        }
        guard areEventsKnown(runs) else { return }
        for (first, second) in runs {
            do throws(InternalError) {
                compared.configurations.append(try ConfigurationComparison(first, second, options).result())
            } catch {
                add([.internalError(error.message, second.plain)], second.plain.sources)
                hasInternalError = true
            }
        }
        if !hasInternalError { result = compared }
    }

    /// The worst of what was found.
    func status(_ failures: [DiffFailure]) -> ExitStatus {
        var all: [ExitStatus] = failures.isEmpty ? [] : [.violated]
        if hasInternalError { all.append(.internalError) }
        if hasBadInput { all.append(.badInput) }
        for configuration in result?.configurations ?? [] {
            let isOpen =
                configuration.verdict == .inconclusive || configuration.properties.contains { $0.new == .unknown }
            if isOpen { all.append(.inconclusive) }
        }
        return .worst(of: all)
    }

    // MARK: Parts

    private mutating func load(_ version: SpecVersion) -> LoadedSpec? {
        switch version.load(selection, library) {
        case .failure(let diagnostic):
            add([diagnostic], SourceMap())
            return nil
        case .success(let spec):
            add(spec.diagnostics.filter { $0.severity == .error }, spec.workspace.sources)
            return spec.diagnostics.hasErrors ? nil : spec
        }
    }

    private mutating func prepare(
        _ request: ConfigurationRequest, _ spec: LoadedSpec, _ version: SpecVersion
    ) -> ComparedRun? {
        let prepared = ComparedRun.prepare(
            spec.workspace, request, path: version.name, overrides: selection.set, without: selection.reductionsOff)
        // What is only odd in them is for `check` to say.
        add(prepared.diagnostics.filter { $0.severity == .error }, spec.workspace.sources)
        return prepared.run
    }

    private mutating func reportNothing(_ compared: DiffResult) {
        let lists = [("old", compared.onlyOld), ("new", compared.onlyNew)].map { which, names in
            Note("the \(which) one has \(names.isEmpty ? "none" : names.joined(separator: ", "))")
        }
        let isSelected = selection.scenario != nil || selection.variant != nil
        let what = isSelected ? "selected configuration" : "configuration"
        add(
            [Diagnostic(.nothingToCompare, "the two specs have no \(what) in common", at: nil, notes: lists)],
            SourceMap())
    }

    private mutating func areEventsKnown(_ runs: [(ComparedRun, ComparedRun)]) -> Bool {
        guard let (old, new) = runs.first else { return true }
        let unknown = options.events.unknown(in: old.plain, new.plain)
        guard let name = unknown.first else { return true }
        add(
            [
                Diagnostic(
                    .badOption, "`\(name)` is no ghost handler of either spec, and no module of one", at: nil,
                    notes: [Note("--events takes names that `commit` uses, such as `ideal.load`, and `returns`")])
            ], SourceMap())
        return false
    }

    private mutating func add(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        report(diagnostics, sources, console)
        reported += diagnostics.map { ReportDiagnostic($0, in: sources) }
        if diagnostics.contains(where: { $0.severity == .error && $0.code != .internalError }) { hasBadInput = true }
    }
}

extension ConfigurationRequest {
    /// `scenario small`, `variant stale (Frame = 2)`; nil for a library.
    fileprivate var key: String? {
        guard let scenario else { return nil }
        let name = variant.map { "variant \($0)" } ?? "scenario \(scenario)"
        return sweep.isEmpty ? name : "\(name) (\(sweep.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")))"
    }
}
