import Analysis
import Diagnostics
import Reports
import Suites

/// Tests a list of specs, and shows what comes of it in their order, whatever ends first.
struct SuiteSession {
    let console: Console
    let selection: SelectionOptions
    let text: SuiteText
    /// Of each search; the threads are those of all together.
    let options: CheckOptions
    let expectations: KnownExpectations
    let failsFast: Bool
    /// Nil where everything counts as changed.
    let changes: ChangedSince?
    private let library = InstalledLibrary()

    init(
        console: Console, selection: SelectionOptions, text: SuiteText, options: CheckOptions,
        expectations: KnownExpectations, failsFast: Bool, changes: ChangedSince?
    ) {
        self.console = console
        self.selection = selection
        self.text = text
        self.options = options
        self.expectations = expectations
        self.failsFast = failsFast
        self.changes = changes
    }

    /// - Parameter named: those of the files that the command line names itself.
    func test(_ files: [String], named: Set<String>, _ outcome: inout SuiteOutcome) {
        let specs = WorkerPool(threads: options.threads).map(files) { [reader] in reader.read($0) }
        var printing = SuitePrinting(self, files, specs, named: named)
        printing.start(&outcome)
        let runs = printing.unsearched
        let jobs = runs.map { run in
            let known = expectations.baseline?.figures(spec: run.path, configuration: run.configuration)
            return SuiteSearch.Job(run: run, knownStates: known?.states)
        }
        if failsFast, printing.keptFailure {
            for number in jobs.indices { printing.add(.skipped(.failFast), of: number, &outcome) }
        } else {
            let judge = expectations.judge
            SuiteSearch(options, endsAtFailure: failsFast) {
                judge.run($0, isCached: false, line: nil).standing.isFailure
            }
            .search(jobs) { printing.add($1, of: $0, &outcome) }
        }
    }

    private var reader: SuiteReader {
        SuiteReader(selection: selection, library: library, changes: changes, options: options)
    }
}

/// Reads and prepares specs, each in any thread.
struct SuiteReader: Sendable {
    let selection: SelectionOptions
    let library: InstalledLibrary
    let changes: ChangedSince?
    let options: CheckOptions

    func read(_ path: String) -> SuiteSpec {
        switch LoadedSpec.load(path, selection, library) {
        case .failure(let diagnostic): return .unreadable(diagnostic)
        case .success(let spec):
            if let changes, !changes.isChanged(path, spec) { return .unchanged }
            guard !spec.diagnostics.hasErrors else { return .read(spec, []) }
            return .read(spec, spec.requests.map { configuration(spec.prepare($0, path, selection)) })
        }
    }

    /// Everything is looked up before anything is searched and kept: what comes from the cache does not depend on what
    /// ends first.
    private func configuration(_ preparation: Preparation) -> SuiteConfiguration {
        guard let run = preparation.run else { return SuiteConfiguration(preparation: preparation, kept: nil) }
        var kept: SuiteSearch.Outcome?
        do throws(InternalError) {
            kept = try ModelCheck(run, options).keptFinding().map { .finding($0) }
        } catch { kept = .defect(error) }
        return SuiteConfiguration(preparation: preparation, kept: kept)
    }
}
