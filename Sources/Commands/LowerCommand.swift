import ArgumentParser

/// `faultline lower`: the action model of one configuration, as text.
struct LowerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lower", abstract: "Prints the action model that engines read.",
        discussion: "The text can be read back; it is the interface for other back ends.")

    @OptionGroup var selection: SelectionOptions

    @Argument(help: ArgumentHelp("A spec (.fl).", valueName: "path"))
    var path: String

    func run() throws {
        let console = Console()
        guard let run = try SingleRun(path: path, selection: selection, console: console).prepare(to: "lower")
        else { return }
        console.out(run.model.text)
        try console.end()
    }
}
