import ArgumentParser
import Diagnostics
import Foundation
import Reports

/// What is written and shown of the lines and branches that the configurations come by.
struct CoverageOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Write which lines and branches are executed, over all configurations, into this file: for lcov, or as JSON \
            where its name ends in .json.
            """,
            valueName: "file"))
    var coverage: String?

    @Flag(help: "Show each spec with, beside each line, in how many configurations it is executed.")
    var showCoverage = false

    var isAsked: Bool { showCoverage || coverage != nil }

    /// A file that can't be written is bad input; everything else is still shown.
    func write(_ outcome: inout CheckOutcome, _ console: Console) {
        var result = outcome.coverage.result
        for index in result.files.indices {
            let name = result.files[index].path
            result.files[index].location = outcome.moduleFiles[name] ?? name
        }
        if showCoverage { console.error(CoverageListing().render(result)) }
        guard let path = coverage else { return }
        let text = path.hasSuffix(".json") ? CoverageJSON().render(result) : LCOVReport().render(result)
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            let reason = error.reason
            outcome.add(
                [Diagnostic(.cannotWrite, "`\(path)` can't be written: \(reason)", at: nil)], SourceMap(), console)
        }
    }
}
