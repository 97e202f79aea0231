import Analysis
import Diagnostics
import Reports
import Semantics

/// Puts a list of specs to an engine one after the other, showing each result as it comes.
struct CheckSession {
    let console: Console
    let selection: SelectionOptions
    /// Shows each result at once, where results are shown as text.
    let streamsText: TextReport?
    /// Whether symbolic constants are left free also where their values could be tried in turn.
    let freesConstants: Bool
    /// A search, or random walks.
    let engine: (PreparedRun) throws(InternalError) -> Finding
    private let library = InstalledLibrary()

    init(
        console: Console, selection: SelectionOptions, streamsText: TextReport?, freesConstants: Bool = false,
        engine: @escaping (PreparedRun) throws(InternalError) -> Finding
    ) {
        self.console = console
        self.selection = selection
        self.streamsText = streamsText
        self.freesConstants = freesConstants
        self.engine = engine
    }

    func check(_ paths: [String]) -> CheckOutcome {
        var outcome = CheckOutcome()
        let discovery = SpecDiscovery(paths)
        outcome.add(discovery.diagnostics, SourceMap(), console)
        // After Ctrl-C what is left is inconclusive at once: nothing that was asked for is left out in silence.
        for file in discovery.files {
            check(file, isNamed: paths.contains(file), &outcome)
        }
        outcome.judgeSelection(selection, console)
        return outcome
    }

    private func check(_ path: String, isNamed: Bool, _ outcome: inout CheckOutcome) {
        let loaded: LoadedSpec
        switch LoadedSpec.load(path, selection, library) {
        case .success(let spec): loaded = spec
        case .failure(let diagnostic):
            outcome.add([diagnostic], SourceMap(), console)
            return
        }
        var record = SpecRecord(path, loaded, isNamed: isNamed, selection, console)
        guard record.begin(&outcome) else { return }
        for request in loaded.requests {
            let preparation = loaded.prepare(request, path, selection, freesConstants: freesConstants)
            guard let run = record.add(preparation, &outcome) else { continue }
            if let reached = search(run, &outcome) { record.coverage.merge(reached) } else { record.coverage.cut() }
        }
        record.end(&outcome)
    }

    private func search(_ run: PreparedRun, _ outcome: inout CheckOutcome) -> Coverage? {
        defer { if console.showsProgress { console.progress("") } }
        do throws(InternalError) {
            let finding = try engine(run)
            outcome.add(finding.diagnostics, run.sources, console)
            guard finding.hasResult else {
                outcome.addWithoutResult()
                return nil
            }
            outcome.add(finding.result, line: run.line)
            outcome.coverage.add(finding.coverage, run.sources)
            if let streamsText { console.out(streamsText.render(finding.result)) }
            return finding.coverage
        } catch {
            outcome.add([.internalError(error.message, run)], run.sources, console)
            outcome.addWithoutResult()
            return nil
        }
    }
}

extension PreparedRun {
    /// Of its scenario or variant, from 1.
    var line: Int? { program.configuration.span.map { sources.start($0).line } }
}

extension Diagnostic {
    static func internalError(_ message: String, _ run: PreparedRun) -> Diagnostic {
        .internalError(message, at: run.program.configuration.span)
    }
}

extension ConfigurationRequest {
    var isLibrary: Bool { scenario == nil }
}
