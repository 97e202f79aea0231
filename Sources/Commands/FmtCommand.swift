import ArgumentParser
import Diagnostics
import Syntax

/// `faultline fmt`: one layout for all specs.
struct FmtCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Formats specs in place.",
        discussion: "Line breaks and comments stay; indentation, spaces and blank lines are made uniform.")

    @Flag(help: "Change nothing; list the files that are not formatted and exit with 1.")
    var check = false

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let console = Console()
        let discovery = SpecDiscovery(paths)
        report(discovery.diagnostics, SourceMap(), console)
        var status: ExitStatus = discovery.diagnostics.isEmpty ? .asExpected : .badInput
        for file in discovery.files { status = .worst(of: [status, formatted(file, console)]) }
        try console.end(with: status)
    }

    private func formatted(_ path: String, _ console: Console) -> ExitStatus {
        let text: SourceText
        switch readSource(path) {
        case .success(let source): text = source
        case .failure(let diagnostic):
            report([diagnostic], SourceMap(), console)
            return .badInput
        }
        switch format(text) {
        case .failure(let failure):
            var sources = SourceMap()
            _ = sources.add(text)
            report(failure.diagnostics, sources, console)
            return .badInput
        case .success(let result):
            guard Array(result.utf8) != text.utf8 else { return .asExpected }
            if check {
                console.out("\(path)\n")
                return .violated
            }
            return replace(path, with: result, console)
        }
    }

    private func replace(_ path: String, with text: String, _ console: Console) -> ExitStatus {
        do throws(Diagnostic) {
            try InPlaceFile(path: path).replace(with: Array(text.utf8))
            return .asExpected
        } catch {
            report([error], SourceMap(), console)
            return .badInput
        }
    }
}
