import ArgumentParser
import Reports

/// How counterexamples are shown, and where they go.
struct CounterexampleOptions: ParsableArguments {
    @Flag(help: "Show whole states in counterexamples, not only what changed.")
    var full = false

    @Flag(help: "Show the counterexamples of expected violations too.")
    var showExpected = false

    @Option(help: ArgumentHelp("Write each counterexample into a file below this folder.", valueName: "folder"))
    var writeCounterexamples: String?

    func reporter(_ console: Console) -> TextReport {
        TextReport(
            diagram: RaceDiagram(width: console.width, coloured: console.isColoured, full: full),
            showExpected: showExpected || full)
    }
}
