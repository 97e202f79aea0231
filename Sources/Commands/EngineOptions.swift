import Analysis
import ArgumentParser
import Diagnostics
import Foundation

/// What searches, and what it needs.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What searches: explicit, state by state; explicit+z3, the same for all values of symbolic constants at once; "
                + "bmc, all runs of 0, 1, 2, … steps at once, by Z3; induction, a proof by k steps; ic3, a proof by an "
                + "invariant that it finds; auto, explicit where that can be.",
            valueName: "engine"))
    var engine: Engine = .auto

    @Option(help: ArgumentHelp("With --engine bmc, explicit+z3 and induction: steps, at most.", valueName: "n"))
    var depth: Int?

    @Option(
        help: ArgumentHelp("Write every question that a solver is asked as a file in this folder.", valueName: "folder")
    )
    var saveQueries: String?

    @Option(
        help: ArgumentHelp(
            "With --engine ic3: write the invariant that proves a run, and the questions that show it, below this folder.",
            valueName: "folder"))
    var saveProof: String?

    func validate() throws {
        if saveProof != nil, engine != .ic3 { throw ValidationError("--save-proof needs --engine ic3") }
        if let depth, depth < 0 { throw ValidationError("--depth needs a number from 0 on") }
        if saveQueries != nil, engine == .explicit { throw ValidationError("--save-queries needs an engine that asks") }
        if depth != nil, ![.bmc, .explicitZ3, .induction].contains(engine) {
            throw ValidationError("--depth needs --engine bmc, explicit+z3 or induction")
        }
    }

    /// Puts the engine among the options. Fails where it needs a solver, and there is none.
    func apply(to options: inout CheckOptions) -> Result<Void, Diagnostic> {
        options.engine = engine
        options.maximumDepth = depth
        if let saveProof {
            let folder = URL(fileURLWithPath: saveProof, isDirectory: true)
            if let problem = Self.create(folder) { return .failure(problem) }
            options.proofs = ProofFiles { title, file, text in
                let own = folder.appendingPathComponent(title.asFileName, isDirectory: true)
                return Self.create(own) ?? Self.write(text, to: own.appendingPathComponent(file))
            }
        }
        if let saveQueries {
            let folder = URL(fileURLWithPath: saveQueries, isDirectory: true)
            if let problem = Self.create(folder) { return .failure(problem) }
            options.solver = { [solver = options.solver, numbers = QuestionNumbers()] title in
                solver(title).map { SavingSolver($0, folder: folder, title: title, numbers) }
            }
        }
        return engine.needsSolver ? options.solver("").map { _ in () } : .success(())
    }

    /// Says so where questions were to be saved, and there was none.
    func tellOfQuestions(_ console: Console) {
        guard let saveQueries, let files = try? FileManager.default.contentsOfDirectory(atPath: saveQueries),
            files.isEmpty
        else { return }
        let help = engine.needsSolver ? "" : "; --engine bmc asks in any case"
        console.error("no question was asked, so none is in `\(saveQueries)`\(help)\n")
    }

    private static func create(_ folder: URL) -> Diagnostic? {
        problem(with: folder) { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    }

    private static func write(_ text: String, to file: URL) -> Diagnostic? {
        problem(with: file) { try Data(text.utf8).write(to: file) }
    }

    private static func problem(with place: URL, _ action: () throws -> Void) -> Diagnostic? {
        do { try action() } catch {
            let message = "`\(place.relativePath)` can't be written: \(error.localizedDescription)"
            return Diagnostic(.cannotWrite, message, at: nil)
        }
        return nil
    }
}

extension Engine {
    var needsSolver: Bool {
        switch self {
        case .auto, .explicit: false
        case .bmc, .explicitZ3, .induction, .ic3: true
        }
    }
}

extension Engine: ExpressibleByArgument {}
