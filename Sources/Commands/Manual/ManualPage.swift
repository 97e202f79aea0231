/// A manual page in the `man` macros, of one command.
struct ManualPage {
    let command: CommandDescription
    /// `faultline check`
    let title: String

    /// `faultline-check.1`
    var fileName: String { "\(pageName).1" }

    private var pageName: String { title.split(separator: " ").joined(separator: "-") }

    var text: String {
        var lines = [
            ".TH \(Self.quoted(pageName.uppercased())) 1 \"\" \(Self.quoted("faultline \(Version.current)")) \"Faultline\"",
            ".SH NAME", "\(Self.escaped(pageName)) \\- \(Self.escaped(abstract))", ".SH SYNOPSIS",
        ]
        lines += synopsis
        if let discussion = command.discussion, !discussion.isEmpty {
            lines += [".SH DESCRIPTION"] + paragraphs(discussion)
        }
        let positional = displayed.filter { $0.kind == "positional" }
        if !positional.isEmpty { lines += [".SH ARGUMENTS"] + positional.flatMap(item) }
        let options = displayed.filter { $0.kind != "positional" }
        if !options.isEmpty { lines += [".SH OPTIONS"] + options.flatMap(item) }
        let commands = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
        if !commands.isEmpty {
            lines += [".SH COMMANDS"]
            for inner in commands {
                lines += [
                    ".TP", "\\fB\(Self.escaped("\(pageName)-\(inner.commandName)"))\\fR(1)",
                    Self.escaped(inner.abstract ?? ""),
                ]
            }
        }
        lines += exitStatuses
        if title != "faultline" { lines += [".SH SEE ALSO", "\\fBfaultline\\fR(1)"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private var displayed: [CommandDescription.Argument] { (command.arguments ?? []).filter(\.shouldDisplay) }

    /// Without the full stop.
    private var abstract: String {
        let text = command.abstract ?? ""
        let cut = text.hasSuffix(".") ? String(text.dropLast()) : text
        return cut.prefix(1).lowercased() + cut.dropFirst()
    }

    private var synopsis: [String] {
        var line = "\\fB\(Self.escaped(title))\\fR"
        if displayed.contains(where: { $0.kind != "positional" }) { line += " [\\fIoptions\\fR]" }
        for argument in displayed where argument.kind == "positional" {
            let name = "\\fI\(Self.escaped(argument.valueName ?? "value"))\\fR" + (argument.isRepeating ? " ..." : "")
            line += argument.isOptional ? " [\(name)]" : " \(name)"
        }
        if !(command.subcommands ?? []).isEmpty { line += " \\fIcommand\\fR" }
        return [line]
    }

    private func item(_ argument: CommandDescription.Argument) -> [String] {
        var head: String
        if argument.kind == "positional" {
            head = "\\fI\(Self.escaped(argument.valueName ?? "value"))\\fR"
        } else {
            head = (argument.names ?? []).map { "\\fB\(Self.escaped($0.spelling))\\fR" }.joined(separator: ", ")
            if argument.kind == "option" { head += " \\fI\(Self.escaped(argument.valueName ?? "value"))\\fR" }
        }
        if argument.isRepeating { head += " ..." }
        var text = Self.escaped(argument.abstract ?? "")
        if let values = argument.allValues, !values.isEmpty {
            text += " One of: \(Self.escaped(values.joined(separator: ", ")))."
        }
        if let value = argument.defaultValue, !value.isEmpty { text += " Default: \(Self.escaped(value))." }
        return [".TP", head, text.isEmpty ? "\\&" : text]
    }

    private func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n").enumerated().flatMap { index, line in
            (index == 0 ? [] : [".PP"]) + [Self.escaped(String(line))]
        }
    }

    private var exitStatuses: [String] {
        [".SH EXIT STATUS"]
            + ExitStatus.allCases.flatMap { [".TP", "\\fB\($0.rawValue)\\fR", Self.escaped($0.meaning)] }
    }

    private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

    /// Hyphens as they are typed; nothing that begins a request.
    private static func escaped(_ text: String) -> String {
        let safe = text.reduce(into: "") { result, character in
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
