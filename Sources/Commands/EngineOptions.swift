import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import SMT
import Z3

/// What searches, and what it needs.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What searches: explicit, state by state; bmc, all runs of 0, 1, 2, … steps at once, by Z3.",
            valueName: "engine"))
    var engine: Engine = .explicit

    @Option(help: ArgumentHelp("With --engine bmc: steps of a run, at most.", valueName: "n"))
    var depth: Int?

    func validate() throws {
        if let depth, depth < 0 { throw ValidationError("--depth needs a number from 0 on") }
        if depth != nil, engine == .explicit { throw ValidationError("--depth needs --engine bmc") }
    }

    /// Puts the engine among the options, with its solver where it needs one.
    func apply(to options: inout CheckOptions, _ console: Console) -> Result<Void, Diagnostic> {
        options.engine = engine
        options.maximumDepth = depth
        guard engine != .explicit else { return .success(()) }
        let path = ProcessInfo.processInfo.environment["FAULTLINE_LIBZ3"].flatMap { $0.isEmpty ? nil : $0 }
        do throws(Z3Library.Missing) {
            options.solver = Z3Solver(try Z3Library(path: path), memoryLimit: options.maximumMemory)
            return .success(())
        } catch { return .failure(missing(error, path)) }
    }

    private func missing(_ problem: Z3Library.Missing, _ path: String?) -> Diagnostic {
        let way =
            path == nil
            ? "install it (Debian: apt-get install libz3-dev), or name its file in FAULTLINE_LIBZ3"
            : "FAULTLINE_LIBZ3 names it"
        return Diagnostic(
            .noSolver, "--engine \(engine.rawValue) needs Z3, and its library can't be used: \(problem.reason)",
            at: nil,
            notes: [Note(way)])
    }
}

extension Engine: ExpressibleByArgument {}
