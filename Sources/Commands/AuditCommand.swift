import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import Reports

/// `faultline audit`: what a verdict rests on, and what it leaves out.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Lists what a verdict rests on: atomic claims, racy reads, accesses without a common lock, scopes.",
        discussion: """
            Each `atomic` is split in turn, to see whether the verdict needs it. Exit status: 0; with --strict 1 where \
            accesses without a common lock are not allowed; 2 bad input; 3 a split was inconclusive; 70 internal error.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: MutationBudgetOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Option(help: "How to show the results.")
    var format: Format = .text

    @Flag(help: "Accesses that no common lock orders are errors, unless the spec allows them.")
    var strict = false

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        if selection.variant != nil { throw ValidationError("variants are not run: --variant has no use here") }
        if !selection.reductionsOff.isEmpty { throw ValidationError("--without has no use here") }
    }

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = budget.options { [flag = interruption.flag] in flag.isSet }
        options.operators = ["split-atomic"]
        if console.showsProgress {
            options.progress = { console.progress($0 < $1 ? "\($0) of \($1) splits" : "") }
        }
        var session = AuditSession(console: console, selection: selection, options: options, isStrict: strict)
        session.audit(paths)
        switch format {
        case .text: for result in session.results { console.out(AuditText().render(result)) }
        case .json: console.out(AuditJSON().render(session.results, diagnostics: session.reported))
        }
        try console.end(with: session.status)
    }
}
