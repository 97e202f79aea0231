import ArgumentParser
import Diagnostics
import Foundation

/// `faultline manual`: writes the manual pages; `make install` calls it.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Writes the manual pages of all commands.", shouldDisplay: false)

    @Argument(help: ArgumentHelp("The folder to write them to.", valueName: "folder"))
    var folder: String

    func run() throws {
        let root = try CommandDescription.ofFaultline()
        var pages = [ManualPage(command: root, title: root.commandName)]
        for command in root.subcommands ?? [] where command.shouldDisplay && command.commandName != "help" {
            pages.append(ManualPage(command: command, title: "\(root.commandName) \(command.commandName)"))
        }
        do {
            let url = URL(fileURLWithPath: folder)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            for page in pages { try Data(page.text.utf8).write(to: url.appendingPathComponent(page.fileName)) }
        } catch {
            let message = "`\(folder)` can't be written: \(error.reason)"
            report([Diagnostic(.cannotWrite, message, at: nil)], SourceMap(), Console())
            try ExitStatus.badInput.exit()
        }
    }
}
