import ArgumentParser
import Diagnostics
import Foundation

/// `faultline diagnose`: everything that a bug report needs, in one folder.
struct DiagnoseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose", abstract: "Runs a command once more, and collects what a bug report needs.",
        discussion: """
            The folder has the version, the machine, the command line, its output and status, and the specs that it \
            names with all that they import. Nothing is sent anywhere.
            Example: faultline diagnose -- check --threads 4 handler.fl
            """)

    @Option(help: ArgumentHelp("The folder to write; it must not be there yet.", valueName: "folder"))
    var output = "faultline-diagnose"

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("After `--`: the command as it was given, without `faultline`.", valueName: "command"))
    var command: [String] = []

    func run() throws {
        let console = Console()
        do throws(Diagnostic) {
            let bundle = try DiagnosticBundle(folder: output)
            try bundle.add("report.txt", SystemDescription(command: command).text)
            for source in SpecSources(named: command).all { try bundle.add("sources/\(source.name)", source.utf8) }
            if !command.isEmpty { try bundle.run(command) }
            console.out(
                "\(output) is there; look through it, and attach it: tar czf \(output).tar.gz \(output)\n")
        } catch {
            report([error], SourceMap(), console)
            try ExitStatus.badInput.exit()
        }
    }
}
