import ArgumentParser

/// The command line: one subcommand a file.
public struct FaultlineCommand: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "faultline",
        abstract: "A model checker for page-fault handling.",
        version: "faultline \(Version.current)",
        subcommands: [
            CheckCommand.self, TestCommand.self, DiffCommand.self, MutateCommand.self, AuditCommand.self,
            SimulateCommand.self, SweepCommand.self, ReplayCommand.self, AnchorsCommand.self, NewCommand.self,
            FmtCommand.self, LowerCommand.self, ExportCommand.self, DiagnoseCommand.self, ManualCommand.self,
            SolveCommand.self,
        ])

    public init() {}
}

enum Version {
    static let current = "0.1.0"
}
