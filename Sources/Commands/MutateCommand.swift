import Analysis
import ArgumentParser
import Foundation
import Reports

/// `faultline mutate`: plants small mistakes in a spec, and counts those that its claims notice.
struct MutateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutate",
        abstract: "Plants small mistakes in specs, one at a time, and says which of them no claim notices.",
        discussion: """
            Exit status: 0 the score is what --minimum-score wants; 1 it is lower, or a scenario is violated without any \
            mistake; 2 bad input; 3 a mutant was inconclusive or not tried; 70 internal error.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var mutation: MutationSelectionOptions
    @OptionGroup var budget: MutationBudgetOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @Option(help: "How to show the results.")
    var format: Format = .text

    @Flag(help: "Show what became of every mutant, not only of those that survive.")
    var showAll = false

    @Option(help: ArgumentHelp("Try this mutant alone, and show it.", valueName: "n"))
    var show: Int?

    @Option(help: ArgumentHelp("Write each mutant that is tried into a file in this folder.", valueName: "folder"))
    var write: String?

    @Option(help: ArgumentHelp("The least score that is good enough, in percent.", valueName: "percent"))
    var minimumScore: Double?

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        if selection.variant != nil { throw ValidationError("variants are not run: --variant has no use here") }
        if !selection.reductionsOff.isEmpty { throw ValidationError("--without has no use here") }
        if let minimumScore, !(0...100).contains(minimumScore) {
            throw ValidationError("--minimum-score needs a number from 0 to 100")
        }
        if let show, show < 1 { throw ValidationError("--show needs the number of a mutant, from 1 on") }
    }

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = budget.options { [flag = interruption.flag] in flag.isSet }
        mutation.apply(to: &options)
        options.numbers = show.map { [$0] }
        if console.showsProgress {
            options.progress = { console.progress($0 < $1 ? "\($0) of \($1) mutants" : "") }
        }
        var session = MutationSession(
            console: console, selection: selection, options: options, folder: write, streamsText: streamedText)
        session.mutate(paths)
        switch format {
        case .text: break
        case .json: console.out(MutationJSON().render(session.results, diagnostics: session.reported))
        case .markdown: console.out(MutationMarkdown().render(session.results))
        }
        try console.end(with: session.status(minimumScore: minimumScore))
    }

    private var streamedText: MutationText? {
        format == .text ? MutationText(showsAll: showAll || show != nil) : nil
    }
}
