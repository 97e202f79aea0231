import ArgumentParser
import Foundation

/// What the argument parser knows of a command: the part of its help dump that a manual needs.
struct CommandDescription: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            /// `--max-time`, `-h`
            var spelling: String { (kind == "long" ? "--" : "-") + name }
        }

        let abstract: String?
        let kind: String
        let names: [Name]?
        let valueName: String?
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool
        let defaultValue: String?
        let allValues: [String]?
    }

    let commandName: String
    let abstract: String?
    let discussion: String?
    let arguments: [Argument]?
    let subcommands: [CommandDescription]?
    let shouldDisplay: Bool

    private struct Dump: Decodable {
        let command: CommandDescription
    }

    /// The whole command line of this program.
    static func ofFaultline() throws -> CommandDescription {
        try JSONDecoder().decode(Dump.self, from: Data(FaultlineCommand._dumpHelp().utf8)).command
    }
}
