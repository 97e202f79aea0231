import ArgumentParser

/// The command line: one subcommand a file.
public struct FaultlineCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "faultline",
        abstract: "A model checker for page-fault handling.",
        version: "faultline \(Version.current)",
        subcommands: [
            CheckCommand.self, SimulateCommand.self, ReplayCommand.self, FmtCommand.self, LowerCommand.self,
            MutateCommand.self, AuditCommand.self,
        ])

    public init() {}
}

enum Version {
    static let current = "0.1.0"
}
