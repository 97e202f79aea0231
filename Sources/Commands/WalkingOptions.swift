import Analysis
import ArgumentParser

/// How many random walks, how long, and from which seed.
struct WalkingOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where the random numbers start: from 0 to 2^64 - 1.", valueName: "n"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Walks through each configuration.", valueName: "n"))
    var walks = 10_000

    @Option(help: ArgumentHelp("The most steps of a walk.", valueName: "n"))
    var depth = 1_000

    @Option(
        help: ArgumentHelp(
            "Time for the walks through each configuration, such as 10m, 30s or 2h.", valueName: "time"))
    var maxTime: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Threads that walk; by default one for each core. The results are the same for any number.",
            valueName: "n"))
    var threads: Int?

    @Flag(help: "Compile nothing: walk with the bytecode machine only. The results are the same, later.")
    var bytecode = false

    private static let mostWalks = 1_000_000_000_000
    private static let mostSteps = 1_000_000

    func validate() throws {
        try Threads.validate(threads)
        guard (1...Self.mostWalks).contains(walks) else {
            throw ValidationError("--walks needs a number from 1 to \(Self.mostWalks)")
        }
        guard (1...Self.mostSteps).contains(depth) else {
            throw ValidationError("--depth needs a number from 1 to \(Self.mostSteps)")
        }
    }

    /// What an engine needs to know of it.
    var options: SimulateOptions {
        var options = SimulateOptions()
        options.seed = seed
        options.walks = walks
        options.depth = depth
        options.maximumTime = maxTime?.duration
        options.compiles = !bytecode
        options.threads = Threads.number(threads)
        return options
    }
}
