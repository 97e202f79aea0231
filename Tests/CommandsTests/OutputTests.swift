import Foundation
import SchemaTestSupport
import Testing

struct OutputTests {
    private func report(_ arguments: [String]) throws -> JSON {
        try JSON(Faultline.run(["check", "--format", "json"] + arguments).out)
    }

    @Test("the JSON of violations, passes and bad input is valid, and has what is promised")
    func json() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("good.fl", Samples.good).path
        let typo = try folder.write("typo.fl", Samples.typo).path
        let report = try report([good, typo])
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        let runs = try #require(report["runs"]?.elements)
        #expect(runs.count == 2)
        for key in [
            "spec", "scenario", "variant", "verdict", "expected", "states", "transitions", "depth", "property",
            "steps", "trace",
        ] {
            for run in runs { #expect(run[key] != nil, "\(key)") }
        }
        let violated = try #require(runs.last)
        #expect(violated["verdict"] == .string("violated"))
        #expect(violated["variant"] == .string("wrong"))
        #expect(violated["property"] == .string("small"))
        #expect(violated["steps"] == .number(6))
        #expect(violated["trace"]?["steps"]?.elements.count == 6)
        #expect(report["diagnostics"]?.elements.first?["code"] == .string("FL0203"))
    }

    @Test("an inconclusive run says why in the JSON")
    func inconclusive() throws {
        let report = try report(["--max-states", "9", "--scenario", "s", "Benchmarks/models/page_fault.fl"])
        let run = try #require(report["runs"]?.elements.first)
        #expect(run["verdict"] == .string("inconclusive") && run["reason"] == .string("states"))
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
    }

    @Test("a search with fingerprints says how likely a missed state is, an exact one does not")
    func missedStates() throws {
        for (store, bound) in [("exact", JSON.null), ("tree", .null), ("hash", .number(11_503 * 11_502 / 2 * 0x1p-64))]
        {
            let options = ["--scenario", "s", "--without", "symmetry,partial-order,fusion.unlock,fusion.guarded-read"]
            let report = try report(options + ["--store", store, "Benchmarks/models/page_fault.fl"])
            let assumptions = try #require(report["runs"]?.elements.first?["assumptions"])
            #expect(assumptions["store"] == .string(store))
            #expect(assumptions["missedStateProbability"] == bound)
            #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        }
    }

    @Test("two runs print the same bytes, but for timing")
    func sameBytes() throws {
        let arguments = [
            "check", "--format", "json", "specs/teaching/3_fork_and_cow.fl", "specs/teaching/1_swapping.fl",
        ]
        let texts = try (0..<2).map { _ in
            try Faultline.run(arguments).out
                .replacing(/"timing": \{[^}]*\}/, with: "\"timing\": {}")
        }
        #expect(texts[0].contains("\"timing\": {}"))
        #expect(texts[0] == texts[1])
        let text = try (0..<2).map { _ in
            try Faultline.run(["check", "--full", "specs/teaching/3_fork_and_cow.fl"]).out
        }
        #expect(text[0] == text[1])
    }

    @Test("nothing is coloured where the output is no terminal", arguments: ["text", "json", "table"])
    func uncoloured(_ format: String) throws {
        for environment in [[:], ["NO_COLOR": "1"], ["CLICOLOR_FORCE": "1"]] {
            let arguments = ["check", "--show-expected", "--format", format, "specs/teaching/3_fork_and_cow.fl"]
            let run = try Faultline.run(arguments, environment: environment)
            #expect(!run.out.contains("\u{1B}") && !run.err.contains("\u{1B}"))
            #expect(!run.out.isEmpty)
        }
    }

    @Test(
        "results that can't be written are an error",
        arguments: [
            "export --to horn good.fl --scenario s", "lower good.fl --scenario s", "audit good.fl",
            "diff good.fl good.fl",
            "fmt --check untidy.fl", "mutate good.fl --sample 1", "sweep good.fl --set most=1..2",
            "solve symbolic.fl",
        ])
    func fullDisk(arguments: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("untidy.fl", Samples.good.replacing("module", with: "module  "))
        try folder.write(
            "symbolic.fl", "module symbolic\nsymbolic const k: 0..3\nprocess p { assert a: k < 3 }\nscenario s {}\n")
        let run = try Faultline.shell("faultline \(arguments) > /dev/full", in: folder)
        #expect(run.status == 2 && run.err.contains("FL0702"), "\(run.err)")
    }

    @Test("escape sequences in a spec never reach the terminal")
    func escapes() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Samples.good.replacing("count += 1", with: "count += \u{1B}[31m 1"))
        let run = try folder.run("check", "a.fl")
        #expect(run.status == 2)
        #expect(!run.err.contains("\u{1B}"))
    }

    @Test("on a terminal there are colours, but not with NO_COLOR", .enabled(if: hasScript))
    func terminal() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let line = "script -qec \"'\(try Faultline.executable().path)' check good.fl\" /dev/null"
        #expect(try Faultline.shell(line, in: folder).out.contains("\u{1B}["))
        let plain = try Faultline.shell("export NO_COLOR=1; " + line, in: folder).out
        #expect(plain.contains("as expected"))
        #expect(!plain.contains("\u{1B}[3"), "\(plain)")
    }

    static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

    @Test("the table has a row for each run of a folder, and the summary")
    func table() throws {
        let folder = try TemporaryFolder()
        try folder.write("specs/b/good.fl", Samples.good)
        try folder.write("specs/a/violated.fl", Samples.violated)
        try folder.write("specs/.hidden/typo.fl", Samples.typo)
        try folder.write("specs/note.txt", "no spec")
        let run = try folder.run("check", "--format", "table", "specs")
        #expect(run.status == 1)
        let lines = run.out.split(separator: "\n")
        let rows = lines.prefix { !$0.hasPrefix("holds for ") }.filter { $0.contains(".fl") }
        #expect(rows.count == 4)
        #expect(lines.contains { $0.hasPrefix("holds for this scope: ") && $0.hasSuffix("specs/b/good.fl s") })
        #expect(rows[0].hasPrefix("FAIL  specs/a/violated.fl"))
        #expect(rows[2].hasPrefix("ok    specs/b/good.fl"))
        #expect(run.out.contains("4 runs: 3 as expected, 1 not as expected"))
    }

    @Test("a library is said to be one")
    func library() throws {
        for file in ["memory", "frames", "no_lost_writes"] {
            let run = try Faultline.run(["check", "specs/std/\(file).fl"])
            #expect(run.status == 0)
            #expect((run.out + run.err).contains("without scenarios"), "\(run.out)\(run.err)")
            #expect(!run.out.contains("nothing was checked"))
        }
    }

    @Test("the standard modules are correct and say so in one line")
    func standardModules() throws {
        let run = try Faultline.run(["check", "specs/std"])
        #expect(run.status == 0, "\(run.err)")
        #expect(run.out == "9 modules without scenarios: names, types and rules are right\n", "\(run.out)")
    }

    @Test("a reader that goes away changes neither the status nor the peace")
    func closedPipe() throws {
        let lines = [
            "{ faultline lower --scenario m Benchmarks/models/page_fault.fl; echo \"status $?\" >&2; } | head -1",
            "{ sleep 0.3; faultline check specs/teaching/3_fork_and_cow.fl; echo \"status $?\" >&2; } | true",
            "{ sleep 0.3; faultline --help; echo \"status $?\" >&2; } | true",
        ]
        for line in lines { #expect(try Faultline.shell(line).err.hasSuffix("status 0\n"), "\(line)") }
    }

    @Test("an installed tree finds its modules without the sources")
    func installed() throws {
        let folder = try TemporaryFolder()
        let program = folder.url.appendingPathComponent("prefix/bin/faultline")
        for path in ["prefix/bin", "prefix/share/faultline", "elsewhere"] {
            try FileManager.default.createDirectory(
                at: folder.url.appendingPathComponent(path), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(at: Faultline.executable(), to: program)
        try FileManager.default.copyItem(
            at: Repository.root.appendingPathComponent("specs"),
            to: folder.url.appendingPathComponent("prefix/share/faultline/specs"))
        try folder.write("elsewhere/mine.fl", try Repository.text("specs/teaching/3_fork_and_cow.fl"))
        let run = try Faultline.run(
            ["check", "mine.fl", "--variant", "parent_goes_on_writing"],
            in: folder, executable: program, below: "elsewhere")
        #expect(run.status == 0, "\(run.err)")
    }
}
