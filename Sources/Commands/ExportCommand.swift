import Analysis
import ArgumentParser
import Diagnostics
import Foundation

/// `faultline export`: a configuration as a question for another tool.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes a question about a configuration for a solver.",
        discussion: """
            smt2: whether some run of exactly so many steps violates what is asked for. It is what --engine bmc asks at \
            that depth. For theorems, with 0 steps, it is whether some values refute them. horn: whether any run does, for \
            solvers that look for an invariant.
            """)

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case smt2, horn
    }

    @Option(
        help: ArgumentHelp(
            "smt2: SMT-LIB 2.6, logic QF_BV; horn: constrained Horn clauses over bit vectors.", valueName: "format"))
    var to: Format

    @Option(help: ArgumentHelp("With smt2: steps of the run.", valueName: "n"))
    var depth: Int?

    enum Start: String, CaseIterable, ExpressibleByArgument {
        case `init`, anywhere
    }

    @Option(
        help: ArgumentHelp(
            "With smt2: where runs begin. anywhere: in any state in which nothing is wrong, as for a proof by induction.",
            valueName: "start"))
    var from: Start = .`init`

    @Option(
        help: ArgumentHelp(
            "What may be violated; by default what the configuration expects, or anything.", valueName: "name"))
    var property: String?

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Where to write it, instead of on the terminal.", valueName: "file"))
    var output: String?

    @OptionGroup var selection: SelectionOptions

    @Argument(help: ArgumentHelp("A spec (.fl).", valueName: "path"))
    var path: String

    func validate() throws {
        if to == .smt2, depth == nil { throw ValidationError("--to smt2 needs --depth") }
        if to == .horn, depth != nil { throw ValidationError("--depth needs --to smt2") }
        if to == .horn, from != .`init` { throw ValidationError("--from needs --to smt2") }
        if let depth, depth < 0 { throw ValidationError("--depth needs a number from 0 on") }
    }

    func run() throws {
        let console = Console()
        guard let run = try SingleRun(path: path, selection: selection, console: console).prepare(to: "export")
        else { return }
        let export = SolverExport(run.asked(about: property), property: property, depth: depth ?? 0)
        if let problem = problem(export, run) {
            report([problem], run.sources, console)
            return try ExitStatus.badInput.exit()
        }
        let leftOut = export.theoremsLeftOut
        if !leftOut.isEmpty {
            console.error(
                "theorems are not asked about here; --property NAME asks about one: \(leftOut.joined(separator: ", "))\n"
            )
        }
        switch to {
        case .smt2: try write(export.smtLib(isFree: from == .anywhere), console)
        case .horn: try write(export.horn, console)
        }
    }

    private func write(_ text: String, _ console: Console) throws {
        guard let output else {
            console.out(text)
            return try console.end()
        }
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: output)) } catch {
            let message = "`\(output)` can't be written: \(error.reason)"
            report([Diagnostic(.cannotWrite, message, at: nil)], SourceMap(), console)
            try ExitStatus.badInput.exit()
        }
    }

    /// Why the question would make no sense.
    private func problem(_ export: SolverExport, _ run: PreparedRun) -> Diagnostic? {
        guard export.isKnown else { return unknownProperty(export, run) }
        if export.isOfTheorems, let depth, depth > 0 {
            return Diagnostic(
                .badOption, "--depth \(depth): a theorem is about values, and takes no step", at: nil,
                notes: [Note("--depth 0 asks about it")])
        }
        return from == .`init` ? export.neverEvaluated : nil
    }

    private func unknownProperty(_ export: SolverExport, _ run: PreparedRun) -> Diagnostic {
        let ofTheorems = run.theorems.map { SolverExport($0, property: nil, depth: 0).names } ?? []
        let names = Set(export.names + ofTheorems).sorted()
        return Diagnostic(
            .badOption, "--property \(property ?? ""): nothing of that name can be violated here", at: nil,
            notes: [Note("there are: \(names.joined(separator: ", "))")])
    }
}
