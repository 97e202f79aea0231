import Analysis
import ArgumentParser
import Reports

/// `faultline simulate`: random walks through every configuration of the given specs.
struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Walks through specs at random, where a search would be too large.",
        discussion: """
            Each walk starts in a random initial state and takes random steps; all that `check` checks is checked. A \
            violation is shortened before it is shown. Walks never show that a spec holds: without a violation they are \
            inconclusive. The same seed gives the same result, unless a time limit or Ctrl-C ends the walks.
            Exit status: 0 each expected violation was found, and nothing else was expected; 1 a violation that was not \
            expected; 2 bad input; 3 inconclusive; 70 internal error.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var walking: WalkingOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = walking.options
        options.without = selection.reductionsOff
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        let session = CheckSession(
            console: console, selection: selection, streamsText: output.streamedText(console)
        ) { [options] run throws(InternalError) in
            try Simulate(run, options).finding()
        }
        try output.show(session.check(paths), console)
    }
}
