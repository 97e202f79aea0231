import ArgumentParser
import Diagnostics

extension FaultlineCommand {
    /// Runs the command line and returns its exit status.
    ///
    /// What the argument parser refuses becomes a diagnostic like any other, and bad input like any other.
    public static func status(of arguments: [String]) -> Int32 {
        let console = Console()
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return ExitStatus.asExpected.rawValue
        } catch let status as ExitCode {
            return status.rawValue
        } catch {
            let text = fullMessage(for: error)
            switch exitCode(for: error) {
            case .success:
                console.out(text.hasSuffix("\n") ? text : text + "\n")
                return ExitStatus.asExpected.rawValue
            case .validationFailure:
                report([usageError(text, arguments)], SourceMap(), console)
                return ExitStatus.badInput.rawValue
            default:
                report([Diagnostic(.internalError, "internal error: \(error)", at: nil)], SourceMap(), console)
                return ExitStatus.internalError.rawValue
            }
        }
    }

    /// The parser's text has the message, sometimes with a line of help on the option, and then the usage, which the
    /// help of the command says better.
    private static func usageError(_ text: String, _ arguments: [String]) -> Diagnostic {
        var message: [Substring] = []
        var notes: [Note] = []
        if text.contains("Missing value for '"), let (option, value) = negative(arguments) {
            notes.append(Note("a value that begins with `-` is written as `\(option)=\(value)`"))
        }
        var isMessage = true
        for line in text.split(separator: "\n") {
            if line.hasPrefix("Help:") {
                isMessage = false
                notes.append(Note(trimmed(line.dropFirst("Help:".count))))
            } else if line.hasPrefix("Usage:") {
                isMessage = false
            } else if line.hasPrefix("  See '") {
                notes.append(Note("see `\(line.dropFirst("  See '".count).prefix { $0 != "'" })`"))
            } else if isMessage {
                message.append(line.hasPrefix("Error: ") ? line.dropFirst("Error: ".count) : line)
            }
        }
        let sentence = message.map(trimmed).joined(separator: " ").split(separator: " ").joined(separator: " ")
        let lowered = sentence.prefix(1).lowercased() + sentence.dropFirst()
        return Diagnostic(.badOption, lowered, at: nil, notes: notes)
    }

    /// The first option that a number below 0 follows: the parser takes that for an option.
    private static func negative(_ arguments: [String]) -> (option: String, value: String)? {
        zip(arguments, arguments.dropFirst()).first { option, value in
            option.hasPrefix("--") && value.hasPrefix("-") && value.dropFirst().first?.isNumber == true
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        String(text.drop { $0 == " " })
    }
}
