import Analysis
import ArgumentParser

/// How much each search of a comparison may take.
struct DiffBudgetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Memory of each search, such as 8G or 500M.", valueName: "size"))
    var maxMemory: ByteCount?

    @Option(help: ArgumentHelp("Time for each search, such as 10m, 30s or 2h.", valueName: "time"))
    var maxTime: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "States of each search, and pairs of states when behaviours are compared; by default 2000000.",
            valueName: "n"))
    var maxStates: Int?

    @Option(
        help: ArgumentHelp(
            "Threads of the searches that judge properties; by default one for each core. The results are the same for "
                + "any number.",
            valueName: "n"))
    var threads: Int?

    @Flag(help: "Compile nothing: search with the bytecode machine only. The results are the same, later.")
    var bytecode = false

    /// Behaviours are compared without symmetry, so a default keeps a large scope from taking all memory.
    private static let standardStates = 2_000_000

    func validate() throws {
        try Threads.validate(threads)
        if let maxStates, maxStates < 1 { throw ValidationError("--max-states needs a number above 0") }
    }

    var options: DiffOptions {
        var options = DiffOptions()
        options.maximumStates = maxStates ?? Self.standardStates
        options.maximumMemory = maxMemory?.bytes ?? MemoryLimit.standard
        options.maximumTime = maxTime?.duration
        options.threads = Threads.number(threads)
        options.compiles = !bytecode
        return options
    }
}
