import ArgumentParser
import Diagnostics
import Foundation

/// `faultline new`: a handler with its scenario to begin with.
struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Writes a small handler with its scenario, to begin with.",
        discussion: "An existing file is left alone.")

    @Argument(help: ArgumentHelp("The name of the module, or a path that ends with it.", valueName: "name"))
    var name: String

    func run() throws {
        let console = Console()
        do throws(Diagnostic) {
            let path = try write()
            console.out("\(path) is there; `faultline check \(path)` checks it\n")
        } catch {
            report([error], SourceMap(), console)
            try ExitStatus.badInput.exit()
        }
    }

    private func write() throws(Diagnostic) -> String {
        let path = name.hasSuffix(".fl") ? name : name + ".fl"
        let url = URL(fileURLWithPath: path)
        let module = url.deletingPathExtension().lastPathComponent
        guard module.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]*/) != nil else {
            throw Diagnostic(
                .badOption, "`\(module)` is no name of a module: letters, digits and `_`, and no digit first", at: nil)
        }
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw Diagnostic(.cannotWrite, "there is a `\(path)` already", at: nil)
        }
        guard let folder = InstalledLibrary().folder,
            let text = try? String(contentsOf: folder.appendingPathComponent("templates/handler.fl"), encoding: .utf8)
        else {
            throw Diagnostic(.cannotRead, "the template is missing beside the modules of this installation", at: nil)
        }
        let renamed = text.replacing("\nmodule handler\n", with: "\nmodule \(module)\n")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(renamed.utf8).write(to: url, options: .withoutOverwriting)
        } catch {
            throw Diagnostic(.cannotWrite, "`\(path)` can't be written: \(error.reason)", at: nil)
        }
        return path
    }
}
