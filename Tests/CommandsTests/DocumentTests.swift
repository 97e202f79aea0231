import Foundation
import Testing

/// Every `console` block of the documents says what really happens.
struct DocumentTests {
    static let documents: [String] = {
        let folder = Repository.root.appendingPathComponent("docs")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    }()

    /// What the lines of a document may run.
    private static let programs = ["faultline", "git", "sed"]
    /// Git without the settings of this machine, and results that are kept with the folder.
    private static let git = """
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 XDG_CACHE_HOME="$PWD/.cache"
        export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
        """

    @Test("the commands of a document print what it shows, and end as it says", arguments: documents)
    func commands(_ document: String) throws {
        let parts = ConsoleScript.parts(of: try Repository.text(document))
        guard parts.contains(where: { if case .command = $0 { true } else { false } }) else { return }
        let folder = try TemporaryFolder()
        for name in ["specs", "Benchmarks", "docs"] {
            try FileManager.default.createSymbolicLink(
                at: folder.url.appendingPathComponent(name),
                withDestinationURL: Repository.root.appendingPathComponent(name))
        }
        for part in parts {
            switch part {
            case .file(let name, let text): try folder.write(name, text)
            case .command(let command):
                guard Self.programs.contains(where: { command.line.hasPrefix($0 + " ") }) else { continue }
                let run = try Faultline.shell("\(Self.git)\n{ \(command.line); } 2>&1", in: folder)
                #expect(run.status == command.status, "\(document):\(command.number): $ \(command.line)")
                let lines = run.out.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                let printed = lines.last == "" ? Array(lines.dropLast()) : lines
                #expect(
                    ConsoleScript.matches(printed, command.output),
                    "\(document):\(command.number): $ \(command.line)\nprints\n\(run.out)")
            }
        }
    }

    @Test("`...` stands for any lines, and everything else for itself")
    func matching() {
        #expect(ConsoleScript.matches(["a", "b", "c"], ["a", "...", "c"]))
        #expect(ConsoleScript.matches(["a", "c"], ["a", "...", "c"]))
        #expect(ConsoleScript.matches(["a", "b", "c", "b", "c"], ["...", "b", "c"]))
        #expect(ConsoleScript.matches(["a", "b"], ["a", "..."]))
        #expect(!ConsoleScript.matches(["a", "b"], ["a"]))
        #expect(!ConsoleScript.matches(["a"], ["a", "b"]))
        #expect(!ConsoleScript.matches(["a", "b", "d"], ["a", "...", "c"]))
    }

    @Test("a block is read with its commands, their output and their status")
    func reading() {
        let text = """
            <!-- file: a.fl -->
            ```fl
            module a
            ```
            ```console
            $ faultline check a.fl
            one
            [3]
            $ make check
            ```
            """
        let parts = ConsoleScript.parts(of: text)
        #expect(
            parts == [
                .file("a.fl", "module a\n"),
                .command(.init(number: 6, line: "faultline check a.fl", output: ["one"], status: 3)),
                .command(.init(number: 9, line: "make check", output: [], status: 0)),
            ])
    }
}
