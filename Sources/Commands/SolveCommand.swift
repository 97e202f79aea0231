import Analysis
import ArgumentParser
import Diagnostics
import Reports

/// `faultline solve`: for which values of its symbolic constants a spec holds.
struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve", abstract: "Finds the values of symbolic constants for which a spec holds.",
        discussion: """
            All values are searched at once, as --engine explicit+z3 does, and those for which something is violated are cut \
            off. What is expected does not matter.
            Exit status: 0 holds for all values; 1 for not all; 2 bad input; 3 inconclusive; 70 internal error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("Steps of a run, at most.", valueName: "n"))
    var depth: Int?

    @Option(help: ArgumentHelp("Memory for states, such as 8G or 500M.", valueName: "size"))
    var maxMemory: ByteCount?

    @Option(help: ArgumentHelp("Time for each configuration, such as 10m, 30s or 2h.", valueName: "time"))
    var maxTime: TimeSpan?

    @Option(help: ArgumentHelp("Symbolic states of each configuration.", valueName: "n"))
    var maxStates: Int?

    @Option(help: "How to show the answer.")
    var format: Format = .text

    @Argument(help: ArgumentHelp("A spec (.fl).", valueName: "path"))
    var path: String

    func validate() throws {
        if let depth, depth < 0 { throw ValidationError("--depth needs a number from 0 on") }
        if let maxStates, maxStates < 1 { throw ValidationError("--max-states needs a number above 0") }
    }

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        guard
            let run = try SingleRun(path: path, selection: selection, console: console)
                .prepare(to: "solve", freesConstants: true)
        else { return }
        let solving = ConstantSolving(run, options(console, interruption))
        let status = solving.hasConstants ? solve(solving, run, console) : refuse(solving.nothingToSolve, run, console)
        try console.end(with: status)
    }

    private func solve(_ solving: ConstantSolving, _ run: PreparedRun, _ console: Console) -> ExitStatus {
        do throws(InternalError) {
            let result = try solving.result()
            if console.showsProgress { console.progress("") }
            switch result {
            case .success(let solved): return show(solved, console)
            case .failure(let problem): return refuse(problem, run, console)
            }
        } catch {
            report([.internalError(error.message, run)], run.sources, console)
            return .internalError
        }
    }

    private func refuse(_ problem: Diagnostic, _ run: PreparedRun, _ console: Console) -> ExitStatus {
        report([problem], run.sources, console)
        return problem.code.allowance == nil ? .badInput : .violated
    }

    private func options(_ console: Console, _ interruption: Interruption) -> CheckOptions {
        var options = CheckOptions()
        options.without = selection.reductionsOff
        options.maximumDepth = depth
        options.maximumStates = maxStates
        options.maximumMemory = maxMemory?.bytes ?? MemoryLimit.standard
        options.maximumTime = maxTime?.duration
        options.solver = { [limit = options.maximumMemory] _ in SolverSupply.z3(memoryLimit: limit) }
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        return options
    }

    private func show(_ solved: SolvedConstants, _ console: Console) -> ExitStatus {
        let report = SolvedConstantsReport()
        switch format {
        case .text: console.out(report.text([solved]))
        case .json: console.out(report.json([solved]))
        }
        switch solved.answer {
        case .all: return .asExpected
        case .some, .none: return .violated
        case .unknown: return solved.violations.isEmpty ? .inconclusive : .violated
        }
    }
}
