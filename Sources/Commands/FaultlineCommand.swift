import ArgumentParser

/// The command line: one subcommand a file.
public struct FaultlineCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "faultline",
        abstract: "A model checker for page-fault handling.",
        version: "faultline 0.1.0",
        subcommands: [CheckCommand.self])

    public init() {}
}
