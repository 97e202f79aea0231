import Analysis
import ArgumentParser
import Diagnostics

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
        let loaded: LoadedSpec
        switch LoadedSpec.load(path, selection, InstalledLibrary()) {
        case .success(let spec): loaded = spec
        case .failure(let diagnostic):
            report([diagnostic], SourceMap(), console)
            return try ExitStatus.badInput.exit()
        }
        report(loaded.diagnostics, loaded.workspace.sources, console)
        guard !loaded.diagnostics.hasErrors else { return try ExitStatus.badInput.exit() }
        guard let request = loaded.requests.first(where: { !$0.isLibrary }) else {
            let isNamed = selection.scenario != nil || selection.variant != nil
            let what = "`\(path)` has no \(isNamed ? "such scenario" : "scenarios"), so there is nothing to lower"
            report([Diagnostic(.noScenario, what, at: nil)], SourceMap(), console)
            return try ExitStatus.badInput.exit()
        }
        let preparation = Preparation.prepare(
            loaded.workspace, request, path: path, overrides: selection.set, without: selection.reductionsOff)
        report(preparation.diagnostics, loaded.workspace.sources, console)
        guard let run = preparation.run else { return try ExitStatus.badInput.exit() }
        console.out(run.model.text)
    }
}
