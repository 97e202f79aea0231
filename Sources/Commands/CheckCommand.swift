import Analysis
import ArgumentParser
import Diagnostics
import Reports

/// `faultline check`: the verdict on every configuration of the given specs.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks specs: every scenario and variant, each against what it expects.",
        discussion: """
            Exit status: 0 everything as expected; 1 a violation, or an expected one that was not found; 2 bad input; \
            3 inconclusive; 70 internal error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, table
    }

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: BudgetOptions

    @Option(help: "How to show the results.")
    var format: Format = .text

    @Flag(help: "Show whole states in counterexamples, not only what changed.")
    var full = false

    @Flag(help: "Show the counterexamples of expected violations too.")
    var showExpected = false

    @Option(help: ArgumentHelp("Write each counterexample into a file below this folder.", valueName: "folder"))
    var writeCounterexamples: String?

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        let session = CheckSession(
            console: console, selection: selection, budget: budget, interruption: interruption.flag,
            streamsText: format == .text ? reporter(console) : nil)
        var outcome = session.check(paths)
        if let folder = writeCounterexamples { outcome.write(below: folder, console) }
        switch format {
        case .text: console.out(summary(outcome) { reporter(console).renderSummary($0) })
        case .json: console.out(JSONReport().render(outcome.results, diagnostics: outcome.reported))
        case .table:
            console.out(summary(outcome) { TableReport(coloured: console.isColoured).render($0) })
        }
        try outcome.status.exit()
    }

    /// Where there were libraries only, there is nothing to be said about runs.
    private func summary(_ outcome: CheckOutcome, _ render: ([RunResult]) -> String) -> String {
        let isAboutRuns = !outcome.results.isEmpty || outcome.libraries.isEmpty
        return (isAboutRuns ? render(outcome.results) : "") + outcome.libraryLine
    }

    private func reporter(_ console: Console) -> TextReport {
        TextReport(
            diagram: RaceDiagram(width: console.width, coloured: console.isColoured, full: full),
            showExpected: showExpected || full)
    }
}
