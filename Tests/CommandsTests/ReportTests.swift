import Foundation
import SchemaTestSupport
import Testing

/// `--report KIND=FILE`.
struct ReportTests {
    private static let kinds = ["junit", "sarif", "github", "markdown", "json"]
    private static let all = kinds.flatMap { ["--report", "\($0)=out/\($0)"] }

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("violated.fl", Samples.violated)
        try folder.write("notfound.fl", Samples.notFound)
        try folder.write("typo.fl", Samples.typo)
        try folder.write("library.fl", Samples.library)
        return folder
    }

    @Test("each report is written, is valid, and changes neither what is printed nor the status")
    func written() throws {
        let folder = try Self.folder()
        let files = ["good.fl", "violated.fl", "notfound.fl", "typo.fl", "library.fl"]
        let bare = try Faultline.run(["check"] + files, in: folder)
        let run = try Faultline.run(["check"] + files + Self.all, in: folder)
        #expect(run.status == bare.status && run.out == bare.out && run.err == bare.err)
        #expect(SARIFValidator.problems(try JSON(folder.read("out/sarif"))) == [])
        let suite = try JSON(folder.read("out/json"))
        #expect(try SchemaValidator("suite.schema.json").problems(suite) == [])
        #expect(suite["runs"]?.elements.map { $0["line"]?.number } == [15, 16, 15, 16, 15, 16])
        let standings = suite["runs"]?.elements.map { $0["standing"]?.text }
        #expect(standings == ["passed", "passed", "failed", "passed", "passed", "failed"])
        #expect(try folder.read("out/github").hasPrefix("::error file=violated.fl,line=8,endLine=8,title=s%3A "))
        #expect(try folder.read("out/github").contains("::error file=notfound.fl,line=16,endLine=16,"))
        #expect(try folder.read("out/github").contains("::error file=typo.fl,line=8,endLine=8,col=9,title=FL0203"))
        #expect(try folder.read("out/markdown").contains("6 runs: 4 passed, 2 failed; 1 error"))
        #expect(try folder.read("out/junit").contains(#"tests="8" failures="2" errors="1" skipped="0""#))
    }

    @Test("readers that others wrote read them", .enabled(if: Consumer.isInstalled, "\(Consumer.missing)"))
    func consumers() throws {
        let folder = try Self.folder()
        _ = try Faultline.run(["check", ".", "--show-expected"] + Self.all, in: folder)
        #expect(try Consumer.sarif.read(folder.read("out/sarif")) == .array([]))
        let junit = try Consumer.junit.read(folder.read("out/junit"))
        #expect(junit["stated"] == .array([8, 2, 1, 0].map { .number($0) }) && junit["stated"] == junit["counted"])
        let page = try Consumer.markdown.read(folder.read("out/markdown"))
        #expect(page["unbalanced"] == .array([]) && page["summaries"]?.elements.count == 2)
    }

    @Test("the same bytes come out for any number of threads, but for times")
    func threads() throws {
        var texts: [[String]] = []
        for threads in ["1", "2", "3"] {
            let folder = try TemporaryFolder()
            try folder.write("fork.fl", try Repository.text("specs/teaching/3_fork_and_cow.fl"))
            let run = try Faultline.run(
                ["check", "fork.fl", "--threads", threads, "--set", "protect_the_parent=false"] + Self.all, in: folder)
            #expect(run.status == 1, "\(run.err)")
            texts.append(
                try Self.kinds.map {
                    try folder.read("out/\($0)").replacing(/time="[0-9.]+"/, with: "")
                        .replacing(/"timing": \{[^}]*\}/, with: "")
                })
        }
        #expect(texts[0] == texts[1] && texts[0] == texts[2])
    }

    @Test("a file that can't be written is told once, and the others are still written", arguments: ["text", "json"])
    func notWritten(_ format: String) throws {
        let folder = try Self.folder()
        let run = try Faultline.run(
            [
                "check", "violated.fl", "--format", format, "--report", "junit=violated.fl/a.xml", "--report",
                "sarif=deep/down/a.sarif", "--report", "json=.", "--report", "markdown=a.md",
            ], in: folder)
        #expect(run.status == 2)
        #expect(run.codes == ["FL0716", "FL0716"])
        #expect(run.err.contains("the junit report can't be written to `violated.fl/a.xml`: "))
        #expect(run.err.contains("the json report can't be written to `.`: Is a directory"))
        #expect(try folder.read("violated.fl") == Samples.violated)
        #expect(try !folder.read("deep/down/a.sarif").isEmpty && !folder.read("a.md").isEmpty)
        if format == "json" {
            let codes = try JSON(run.out)["diagnostics"]?.elements.map { $0["code"]?.text }
            #expect(codes == ["FL0716", "FL0716"])
        }
    }

    @Test("a report goes to standard output after what the command prints, or to a device")
    func standardOutput() throws {
        let folder = try Self.folder()
        let bare = try folder.run("check", "violated.fl")
        let run = try folder.run(
            "check", "violated.fl", "--report", "github=-", "--report", "markdown=-", "--report", "json=/dev/null")
        #expect(run.status == 1)
        #expect(run.out.hasPrefix(bare.out + "::error file=violated.fl,"))
        #expect(run.out.contains("\n## Faultline: 2 runs: 1 passed, 1 failed\n"))
    }

    @Test("a kind that there is not, or a file that is missing, is a usage error that says what is meant")
    func usage() throws {
        let folder = try Self.folder()
        for (text, part) in [
            ("sarfi=a", "did you mean `sarif`?"), ("JUnit=a", "did you mean `junit`?"), ("xml=a", "There are junit, "),
            ("sarif", "write `sarif=FILE`"), ("sarif=", "write `sarif=FILE`"), ("", "no kind of report"),
        ] {
            let run = try folder.run("check", "good.fl", "--report", text)
            #expect(run.status == 2 && run.codes == ["FL0704"], "\(text)")
            #expect(run.err.contains(part), "\(run.err)")
        }
        let twice = try folder.run("check", "good.fl", "--report", "sarif=a", "--report", "json=a")
        #expect(twice.status == 2 && twice.err.contains("two reports can't be written into one file: `a`"))
        let spelled = try folder.run("check", "good.fl", "--report", "sarif=a", "--report", "json=x/.././a")
        #expect(spelled.status == 2 && spelled.err.contains("two reports can't be written into one file"))
    }

    @Test("a report replaces no spec, and nothing else that the command reads or writes")
    func spared() throws {
        let folder = try Self.folder()
        try folder.write("known.txt", "# nothing\n")
        for (command, file) in [("check", "good.fl"), ("test", "./good.fl"), ("check", "new.fl")] {
            let run = try folder.run(command, "good.fl", "--report", "junit=\(file)")
            #expect(run.status == 2 && run.codes == ["FL0704"], "\(file): \(run.err)")
        }
        let options = ["--known-failures", "known.txt", "--baseline", "base.json", "--write-baseline", "--no-cache"]
        for file in ["known.txt", "./base.json"] {
            let run = try Faultline.run(["test", "good.fl", "--report", "json=\(file)"] + options, in: folder)
            #expect(run.status == 2 && run.codes == ["FL0704"], "\(file): \(run.err)")
        }
        #expect(try folder.read("good.fl") == Samples.good)
        #expect(try folder.read("known.txt") == "# nothing\n")
    }

    @Test("results that standard output does not take are bad input, but for a reader that went away")
    func fullOutput() throws {
        let folder = try Self.folder()
        for command in ["check", "test --no-cache"] {
            func end(_ output: String) throws -> Faultline.Run {
                let script = "\"$0\" \(command) good.fl --report sarif=- \(output)"
                return try withExtendedLifetime(folder) {
                    try Faultline.run(
                        ["-c", script, Faultline.executable().path], in: folder.url,
                        executable: URL(fileURLWithPath: "/bin/sh"))
                }
            }
            let full = try end("> /dev/full")
            #expect(full.status == 2 && full.codes == ["FL0702"], "\(command): \(full.err)")
            #expect(try end("| head -n 1").err == "")
        }
    }

    @Test("a module of the tool is named from where it lies")
    func modules() throws {
        let arguments = ["--scenario", "small", "--set", "unmap_first=false", "--report", "sarif=-", "--format"]
        func base(_ run: Faultline.Run) throws -> [String?] {
            let start = try #require(run.out.firstRange(of: "{\n  \"$schema\""))
            let document = try JSON(String(run.out[start.lowerBound...]))
            #expect(SARIFValidator.problems(document) == [])
            let claim = document.at("runs", "0", "results", "0", "relatedLocations", "0", "physicalLocation")
            return [claim?.at("artifactLocation", "uriBaseId")?.text, claim?.at("artifactLocation", "uri")?.text]
        }
        let path = "specs/teaching/1_swapping.fl"
        #expect(
            try base(Faultline.run(["check", path] + arguments + ["table"]))
                == ["%SRCROOT%", "specs/std/no_lost_writes.fl"])
        let folder = try TemporaryFolder()
        try folder.write("swap.fl", try Repository.text(path))
        #expect(
            try base(Faultline.run(["check", "swap.fl"] + arguments + ["table"], in: folder))
                == ["FAULTLINE_MODULES", "std/no_lost_writes.fl"])
    }

    @Test("an option that is wrong is no place in a file")
    func commandLine() throws {
        let folder = try Self.folder()
        let run = try folder.run("check", "good.fl", "--set", "mots=1", "--report", "sarif=a", "--report", "github=b")
        #expect(run.status == 2)
        let document = try JSON(folder.read("a"))
        #expect(document.at("runs", "0", "results") == .array([]))
        let notification = document.at("runs", "0", "invocations", "0", "toolExecutionNotifications", "0")
        #expect(notification?.at("message", "text")?.text?.hasPrefix("FL0217: ") == true)
        #expect(try folder.read("b").hasPrefix("::error title=FL0217::"))
    }
}
