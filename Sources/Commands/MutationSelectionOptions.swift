import Analysis
import ArgumentParser

/// Which mutants are tried.
struct MutationSelectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only these operators: \(MutationOperator.all.map(\.name).joined(separator: ", ")).",
            valueName: "operators"))
    var operators: OperatorList?

    @Option(help: ArgumentHelp("Only mutants that change one of these lines, such as 40-60.", valueName: "a-b"))
    var lines: LineRange?

    @Option(help: ArgumentHelp("Draw so many mutants at random.", valueName: "n"))
    var sample: Int?

    @Option(help: ArgumentHelp("Where the drawing begins; the same seed draws the same mutants.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        if let sample, sample < 1 { throw ValidationError("--sample needs a number above 0") }
    }

    func apply(to options: inout MutationOptions) {
        options.operators = operators?.names
        options.lines = lines?.range
        options.sample = sample
        options.seed = seed
    }
}

/// How much it may take.
struct MutationBudgetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Time for all mutants, such as 10m, 30s or 2h.", valueName: "time"))
    var maxTime: TimeSpan?

    @Option(help: ArgumentHelp("States of each search.", valueName: "n"))
    var maxStates = 2_000_000

    @Option(
        help: ArgumentHelp(
            "States, without reductions, up to which a survivor is compared with the spec.", valueName: "n"))
    var equivalenceStates = 1_000_000

    @Option(
        help: ArgumentHelp(
            "Mutants tried at the same time; by default one for each core. The results are the same for any number.",
            valueName: "n"))
    var threads: Int?

    @Flag(help: "Neither read nor keep verdicts of earlier runs.")
    var noCache = false

    func validate() throws {
        try Threads.validate(threads)
        if maxStates < 1 { throw ValidationError("--max-states needs a number above 0") }
        if equivalenceStates < 1 { throw ValidationError("--equivalence-states needs a number above 0") }
    }

    func options(isCancelled: @escaping @Sendable () -> Bool) -> MutationOptions {
        var options = MutationOptions()
        options.threads = Threads.number(threads)
        options.check.maximumStates = maxStates
        options.check.maximumMemory = MemoryLimit.standard.map { $0 / options.threads }
        options.check.isCancelled = isCancelled
        options.check.solver = { [limit = options.check.maximumMemory] _ in SolverSupply.z3(memoryLimit: limit) }
        options.equivalenceStates = equivalenceStates
        options.deadline = maxTime.map { ContinuousClock.now + $0.duration }
        options.version = Version.current
        if !noCache { options.store = VerdictFiles() }
        return options
    }
}

/// Names of operators, separated by commas.
struct OperatorList: ExpressibleByArgument {
    let names: Set<String>

    init?(argument: String) {
        let parts = argument.split(separator: ",").map(String.init)
        let known = Set(MutationOperator.all.map(\.name))
        guard !parts.isEmpty, parts.allSatisfy(known.contains) else { return nil }
        names = Set(parts)
    }
}

/// `40-60`, or `40` alone.
struct LineRange: ExpressibleByArgument {
    let range: ClosedRange<Int>

    init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1], first >= 1,
            first <= last
        else { return nil }
        range = first...last
    }
}
