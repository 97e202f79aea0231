import Reports
import Testing

@Suite("The annotations of GitHub")
struct GitHubReportTests {
    private struct Command: Equatable {
        var kind: String
        var properties: [String: String]
        var message: String

        /// As the runner of GitHub Actions reads a line: properties end at `::`, are separated by commas, and both parts
        /// are unescaped.
        init?(_ line: Substring) {
            guard line.hasPrefix("::"), let end = line.dropFirst(2).firstRange(of: "::") else { return nil }
            let head = line[..<end.lowerBound].dropFirst(2)
            let parts = head.split(separator: " ", maxSplits: 1)
            kind = String(parts[0])
            properties = [:]
            for property in parts.dropFirst().first?.split(separator: ",") ?? [] {
                let pair = property.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                properties[String(pair[0])] = Self.plain(
                    String(pair[1]).replacing("%3A", with: ":").replacing("%2C", with: ","))
            }
            message = Self.plain(String(line[end.upperBound...]))
        }

        private static func plain(_ text: String) -> String {
            text.replacing("%0D", with: "\r").replacing("%0A", with: "\n").replacing("%25", with: "%")
        }
    }

    private func commands(_ suite: SuiteResult) throws -> [Command] {
        let text = GitHubReport(paths: SuiteSamples.paths).render(suite)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return try lines.map { try #require(Command($0)) }
    }

    @Test("failures are errors, doubts are warnings, and known failures are notices")
    func kinds() throws {
        let commands = try commands(SuiteSamples.everything)
        #expect(
            commands.map(\.kind) == Array(repeating: "error", count: 6) + Array(repeating: "warning", count: 4)
                + ["notice"])
        let first = commands[0]
        #expect(first.properties["file"] == "specs/cow.fl" && first.properties["line"] == "16")
        #expect(first.properties["endLine"] == "16")
        #expect(first.properties["title"] == "small/swap_aba: invariant content violated")
        #expect(first.message.contains("failed: frame[f].data == ideal.value(m) at specs/cow.fl:120\nwhere "))
        #expect(try self.commands(SuiteResult(runs: [SuiteSamples.everything.runs[0]])) == [])
    }

    @Test("a text comes back as it was, and no text can end a command or begin another")
    func escaping() throws {
        for nasty in SuiteSamples.nasties {
            let commands = try commands(SuiteSamples.nasty(nasty))
            #expect(commands.allSatisfy { ["error", "warning", "notice"].contains($0.kind) })
            #expect(
                commands.allSatisfy {
                    Set($0.properties.keys).isSubset(of: ["file", "line", "endLine", "col", "title"])
                })
            let diagnostic = try #require(commands.first { $0.properties["title"] == "FL0203" })
            let controls = nasty.replacing("\u{1B}", with: "\u{FFFD}").replacing("\u{0}", with: "\u{FFFD}")
                .replacing("\u{2028}", with: "\u{FFFD}").replacing("\u{85}", with: "\u{FFFD}")
            #expect(diagnostic.message.hasPrefix(controls), "\(nasty)")
        }
    }

    @Test("a file that is not below the root is not named")
    func outside() throws {
        var suite = SuiteResult(runs: [SuiteSamples.everything.runs[1]])
        suite.runs[0].drift = []
        suite.runs[0].result.spec = "../elsewhere/cow.fl"
        suite.runs[0].result.counterexample?.steps[5].labels[0].file = "../elsewhere/cow.fl"
        let command = try #require(try commands(suite).first)
        #expect(command.properties["file"] == nil && command.properties["line"] == nil)
        #expect(command.message.hasPrefix("../elsewhere/cow.fl small/swap_aba"))
    }

    @Test("of more than GitHub shows, the last says how many there are")
    func most() throws {
        let commands = try commands(SuiteSamples.large(250))
        #expect(commands.count == 10)
        #expect(commands.last?.message == "16 more; the other reports have all of them")
        #expect(try self.commands(SuiteSamples.large(100)).count == 10)
        #expect(try self.commands(SuiteSamples.large(100)).allSatisfy { $0.properties["file"] != nil })
    }
}
