/// What a document asks to write and to run, in its order.
enum ConsoleScript {
    struct Command: Hashable {
        /// The line in the document, from 1.
        let number: Int
        let line: String
        var output: [String]
        var status: Int32
    }

    enum Part: Hashable {
        /// A block after `<!-- file: NAME -->`.
        case file(String, String)
        case command(Command)
    }

    static func parts(of document: String) -> [Part] {
        var parts: [Part] = []
        var name: String?
        var block: (language: Substring, first: Int, lines: [Substring])?
        let lines = document.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            if let open = block {
                guard line == "```" else {
                    block?.lines.append(line)
                    continue
                }
                if open.language == "console" {
                    parts += commands(open.lines, first: open.first)
                } else if let file = name {
                    parts.append(.file(file, open.lines.joined(separator: "\n") + "\n"))
                }
                name = nil
                block = nil
            } else if line.hasPrefix("```") {
                block = (line.dropFirst(3), index + 2, [])
            } else if let match = line.wholeMatch(of: /<!-- file: (\S+) -->/) {
                name = String(match.1)
            }
        }
        return parts
    }

    private static func commands(_ lines: [Substring], first: Int) -> [Part] {
        var commands: [Command] = []
        for (offset, line) in lines.enumerated() {
            if line.hasPrefix("$ ") {
                commands.append(
                    Command(number: first + offset, line: String(line.dropFirst(2)), output: [], status: 0))
            } else if let match = line.wholeMatch(of: /\[(\d+)\]/), let status = Int32(match.1), !commands.isEmpty {
                commands[commands.count - 1].status = status
            } else if !commands.isEmpty {
                commands[commands.count - 1].output.append(String(line))
            }
        }
        return commands.map { .command($0) }
    }

    /// Whether lines fit a pattern in which `...` stands for any number of lines.
    static func matches(_ lines: [String], _ pattern: [String]) -> Bool {
        // The ways to be in the pattern: after as many lines, which positions are possible.
        var positions = closure([0], pattern)
        for line in lines {
            var next: Set<Int> = []
            for position in positions where position < pattern.count {
                if pattern[position] == "..." { next.insert(position) }
                if pattern[position] == line { next.insert(position + 1) }
            }
            positions = closure(next, pattern)
        }
        return positions.contains(pattern.count)
    }

    private static func closure(_ positions: Set<Int>, _ pattern: [String]) -> Set<Int> {
        var result = positions
        for start in positions {
            var position = start
            while position < pattern.count, pattern[position] == "..." {
                position += 1
                result.insert(position)
            }
        }
        return result
    }
}
