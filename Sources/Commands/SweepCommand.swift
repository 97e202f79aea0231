import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import Reports

/// `faultline sweep`: states, depth, time and verdict against the sizes of a scenario.
struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Tabulates and plots verdict, states, depth and time against bounds.",
        discussion: """
            Bounds vary by `--set NAME=1..4`, or where a scenario says so.
            Exit status: 0 each run has a verdict, whatever it is; 2 bad input; 3 one was inconclusive.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, csv, json
    }

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: BudgetOptions

    @Option(help: "How to show the results.")
    var format: Format = .table

    @Option(help: ArgumentHelp("Write a picture of the results, in SVG.", valueName: "file"))
    var plot: String?

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = budget.options
        options.without = selection.reductionsOff
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        let session = CheckSession(
            console: console, selection: selection, streamsText: nil
        ) { [options] run throws(InternalError) in
            try ModelCheck(run, options).finding().withoutExpectation
        }
        var outcome = session.check(paths)
        let sweeps = Sweep.results(of: outcome.results)
        if sweeps.isEmpty, outcome.status == .asExpected || outcome.status == .violated {
            outcome.add([nothingVaries], SourceMap(), console)
        }
        switch format {
        case .table: console.out(SweepTable().render(sweeps))
        case .csv: console.out(SweepCSV().render(sweeps))
        case .json: console.out(SweepJSON().render(sweeps, diagnostics: outcome.reported))
        }
        if let plot { write(sweeps, to: plot, &outcome, console) }
        try console.end(with: status(outcome))
    }

    private var nothingVaries: Diagnostic {
        Diagnostic(
            .badOption, "nothing varies: no scenario has a range, and no `--set` gives one", at: nil,
            notes: [Note("`--set Frame=1..4` tries four sizes")])
    }

    private func write(_ sweeps: [SweepResult], to path: String, _ outcome: inout CheckOutcome, _ console: Console) {
        do {
            try Data(SweepPlot().render(sweeps).utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let message = "`\(path)` can't be written: \(error.reason)"
            outcome.add([Diagnostic(.cannotWrite, message, at: nil)], SourceMap(), console)
        }
    }

    /// A violation is a result here, and no failure.
    private func status(_ outcome: CheckOutcome) -> ExitStatus {
        switch outcome.status {
        case .internalError, .badInput: outcome.status
        case .asExpected, .violated, .inconclusive:
            outcome.results.contains { $0.verdict == .inconclusive } ? .inconclusive : .asExpected
        }
    }
}
