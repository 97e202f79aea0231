import ArgumentParser
import Diagnostics
import Reports

/// How results are shown, and what is written of them.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, table
    }

    @Option(help: "How to show the results.")
    var format: Format = .text

    @OptionGroup var counterexamples: CounterexampleOptions

    /// Shows each result at once, where results are shown as text.
    func streamedText(_ console: Console) -> TextReport? { format == .text ? reporter(console) : nil }

    /// Shows what has not been shown yet, and ends the command with the status of all.
    func show(_ finished: CheckOutcome, _ console: Console, _ reports: ReportOptions? = nil) throws {
        var outcome = finished
        if let folder = counterexamples.writeCounterexamples { outcome.write(below: folder, console) }
        let suite = outcome.suite
        outcome.add(reports?.writeFiles(suite) ?? [], SourceMap(), console)
        switch format {
        case .text: console.out(summary(outcome) { reporter(console).renderSummary($0) })
        case .json: console.out(JSONReport().render(outcome.results, diagnostics: outcome.reported))
        case .table:
            console.out(summary(outcome) { TableReport(coloured: console.isColoured).render($0) })
        }
        reports?.print(suite, console)
        outcome.add(console.problems, SourceMap(), console)
        try outcome.status.exit()
    }

    /// Where there were libraries only, there is nothing to be said about runs.
    private func summary(_ outcome: CheckOutcome, _ render: ([RunResult]) -> String) -> String {
        let isAboutRuns = !outcome.results.isEmpty || outcome.libraries.isEmpty
        return (isAboutRuns ? render(outcome.results) : "") + outcome.closingLines
    }

    private func reporter(_ console: Console) -> TextReport { counterexamples.reporter(console) }
}
