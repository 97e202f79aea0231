import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Suites

/// `faultline test`: all configurations of many specs, as a pipeline wants them.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Checks many specs: in parallel, the cheapest first, with what is known from before.",
        discussion: """
            Results are kept by what a model means: comments, formatting and the path of a spec change nothing. What is \
            kept is replayed before it is shown. --threads is the number for all searches together.
            Exit status: 0 everything as expected, or excused; 1 a failure that nobody excuses; 2 bad input; \
            3 inconclusive; 70 internal error.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: BudgetOptions
    @OptionGroup var caching: CacheOptions
    @OptionGroup var expectations: ExpectationFiles
    @OptionGroup var counterexamples: CounterexampleOptions
    @OptionGroup var reports: ReportOptions

    @Option(
        help: ArgumentHelp(
            "Only specs that differ, by themselves or by their modules, between this git revision and the files as they are.",
            valueName: "revision"))
    var changedSince: String?

    @Flag(help: "Begin nothing more after the first failure that nobody excuses.")
    var failFast = false

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        let files = [expectations.knownFailures, expectations.baseline].compactMap { $0 }
        try reports.validate(sparing: paths + files)
    }

    func run() throws {
        let console = Console()
        var outcome = SuiteOutcome()
        guard let known = expectations.read(&outcome.checked, console),
            let changes = changes(&outcome.checked, console)
        else { return try end(&outcome, console) { _ in "" } }
        let interruption = Interruption()
        let cache = caching.store
        let text = SuiteText(counterexamples.reporter(console))
        let session = SuiteSession(
            console: console, selection: selection, text: text, options: options(cache, interruption, console),
            expectations: known, failsFast: failFast, changes: changes.since)
        let discovery = SpecDiscovery(paths.filter { changes.since?.gone.contains($0) != true })
        outcome.checked.add(discovery.diagnostics, SourceMap(), console)
        session.test(discovery.files, named: Set(paths), &outcome)
        outcome.checked.judgeSelection(selection, console)
        finish(&outcome, known, cache, console)
        try end(&outcome, console) { text.renderSummary($0.suite) + $0.checked.closingLines }
    }

    /// Reports are written whatever went wrong before: a pipeline takes an old one for that of this run.
    private func end(_ outcome: inout SuiteOutcome, _ console: Console, _ summary: (SuiteOutcome) -> String) throws {
        outcome.checked.add(reports.writeFiles(outcome.suite), SourceMap(), console)
        console.out(summary(outcome))
        reports.print(outcome.suite, console)
        outcome.checked.add(console.problems, SourceMap(), console)
        try outcome.status.exit()
    }

    private func options(_ cache: SearchCache?, _ interruption: Interruption, _ console: Console) -> CheckOptions {
        var options = budget.options
        options.without = selection.reductionsOff
        options.survey = selection.survey
        options.cache = cache
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        return options
    }

    /// What goes into files, and what there is to say of all runs together.
    private func finish(
        _ outcome: inout SuiteOutcome, _ known: KnownExpectations, _ cache: SearchCache?, _ console: Console
    ) {
        cache?.evict()
        outcome.checked.add(cache?.diagnostics ?? [], SourceMap(), console)
        let list = known.failures
        let stale =
            list.missing(FileManager.default.fileExists(atPath:)) + list.unmatched(outcome.whole)
            + list.otherwise(outcome.runs)
        outcome.checked.add(stale, known.sources, console)
        BaselineUpkeep(file: expectations.baseline ?? "", known: known).finish(&outcome, console)
        if let folder = counterexamples.writeCounterexamples { outcome.checked.write(below: folder, console) }
    }

    // MARK: Changes

    /// What has changed, where that matters.
    private struct Changes {
        let since: ChangedSince?
    }

    private func changes(_ outcome: inout CheckOutcome, _ console: Console) -> Changes? {
        guard let revision = changedSince else { return Changes(since: nil) }
        do throws(Diagnostic) {
            let changes = try ChangedSince(revision, paths: paths, InstalledLibrary())
            outcome.add(changes.warnings, SourceMap(), console)
            return Changes(since: changes)
        } catch {
            outcome.add([error], SourceMap(), console)
            return nil
        }
    }
}
