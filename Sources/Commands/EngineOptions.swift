import Analysis
import ArgumentParser
import Diagnostics

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
        if saveQueries == "" || saveProof == "" { throw ValidationError("a folder needs a name") }
        if depth != nil, ![.bmc, .explicitZ3, .induction].contains(engine) {
            throw ValidationError("--depth needs --engine bmc, explicit+z3 or induction")
        }
    }

    /// Puts the engine among the options. Fails where it needs a solver, and there is none.
    ///
    /// - Returns: the questions that will have been saved; nil where nobody wants them.
    func apply(to options: inout CheckOptions) -> Result<SavedQuestions?, Diagnostic> {
        options.engine = engine
        options.maximumDepth = depth
        if let saveProof {
            let folder = OutputFolder(saveProof)
            if let problem = folder.create() { return .failure(problem) }
            options.proofs = ProofFiles(
                clear: { title in
                    folder.folder(of: title).removeFiles {
                        $0 == "invariant.txt" || $0.isNumbered(from: "", to: ".smt2")
                    }
                },
                write: { title, file, text in
                    let own = folder.folder(of: title)
                    return own.create() ?? own.write(text, to: file)
                })
        }
        var saved: SavedQuestions?
        if let saveQueries {
            let folder = OutputFolder(saveQueries)
            if let problem = folder.create() { return .failure(problem) }
            let questions = SavedQuestions(in: folder)
            options.solver = { [solver = options.solver] title in
                solver(title).map { SavingSolver($0, title: title, questions) }
            }
            saved = questions
        }
        guard engine.needsSolver else { return .success(saved) }
        return options.solver("").map { _ in saved }
    }

    /// Says so where questions were to be saved, and there was none.
    func tell(of questions: SavedQuestions?, _ console: Console) {
        guard let saveQueries, let questions, questions.isEmpty else { return }
        let help = engine.needsSolver ? "" : "; --engine bmc asks in any case"
        console.error("no question was asked, so none is in `\(saveQueries)`\(help)\n")
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
