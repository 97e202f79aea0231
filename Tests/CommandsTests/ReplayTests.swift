import Foundation
import Testing

struct ReplayTests {
    /// A folder with the spec and its counterexample.
    private func written() throws -> (TemporaryFolder, file: String) {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let run = try folder.run("check", "good.fl", "--write-counterexamples", "counterexamples")
        #expect(run.status == 0, "\(run.err)")
        return (folder, "counterexamples/good/s.wrong.small.json")
    }

    /// Replays against a spec in which a text is another.
    private func replay(_ old: String, _ new: String) throws -> Faultline.Run {
        let (folder, file) = try written()
        #expect(Samples.good.contains(old))
        try folder.write("good.fl", Samples.good.replacing(old, with: new))
        return try folder.run("replay", file)
    }

    /// Replays a counterexample that was tampered with.
    private func replay(tampered: (String) -> String) throws -> Faultline.Run {
        let (folder, file) = try written()
        let text = try folder.read(file)
        #expect(tampered(text) != text)
        try folder.write(file, tampered(text))
        return try folder.run("replay", file)
    }

    @Test("what fails in init is reproduced, until it does not fail any more")
    func inInit() throws {
        let folder = try TemporaryFolder()
        func write(_ claim: String) throws {
            try folder.write(
                "start.fl",
                "module start\nvar x: 0..3\ninit { choose v in V; x = v; assert late: \(claim) }\ntype V = 0..3\n"
                    + "process p { x = 0 }\nscenario s {}\n")
        }
        try write("v != 2")
        #expect(try folder.run("check", "start.fl", "--write-counterexamples", "traces").status == 1)
        #expect(try folder.run("replay", "traces").out.contains("reproduced: late"))
        try write("v != 2 or x == 2")
        #expect(try folder.run("replay", "traces").out.contains("fixed"))
    }

    @Test("an unchanged spec reproduces its counterexample, also from elsewhere with a root")
    func reproduced() throws {
        let (folder, file) = try written()
        let run = try folder.run("replay", file)
        #expect(run.status == 0 && run.out == "\(file): reproduced: small after 6 steps\n", "\(run.out)\(run.err)")
        #expect(try folder.run("replay", "counterexamples").status == 0)
        let elsewhere = try Faultline.run(["replay", "--root", folder.url.path, "\(folder.url.path)/\(file)"])
        #expect(elsewhere.status == 0, "\(elsewhere.out)\(elsewhere.err)")
        #expect(try folder.run("replay", "--show", file).out.contains("count: 2 → 3"))
        #expect(try folder.run("replay", "--full", file).status == 0)
    }

    @Test("a choice among more values than can be tried is made as it is written")
    func wideChoice() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "wide.fl",
            """
            module wide
            type W = bits<64>
            type N = -100000..100000
            var a: W
            var n: N = 0
            process p { choose x in W, y in N where y > 7; atomic("both") { a = x; n = y } }
            invariant small { a < 9 and n < 8 }
            scenario s {}

            """)
        #expect(try folder.run("check", "wide.fl", "--write-counterexamples", "c").status == 1)
        let run = try folder.run("replay", "c")
        #expect(run.status == 0 && run.out.contains(": reproduced: "), "\(run.out)\(run.err)")
    }

    @Test("comments and moved code do no harm")
    func moved() throws {
        let run = try replay("process user {", "// a comment\n\nprocess user {\n    // another")
        #expect(run.status == 0, "\(run.out)")
    }

    @Test("a violation that is gone is fixed")
    func fixed() throws {
        let run = try replay("count <= 2", "count <= 4")
        #expect(run.status == 1)
        #expect(run.out.contains(": fixed: "), "\(run.out)")
    }

    @Test("a property that has another name now makes it stale, and it is named")
    func propertyRenamed() throws {
        let run = try replay("small", "tiny")
        #expect(run.status == 1)
        #expect(run.out.contains(": stale: ") && run.out.contains("`small`"), "\(run.out)\(run.err)")
    }

    @Test("a property that is gone makes it stale, and it is named")
    func propertyRemoved() throws {
        let (folder, _) = try written()
        let run = try folder.run(
            "check", "good.fl", "--scenario", "s", "--set", "most=3", "--write-counterexamples", "c")
        #expect(run.status == 1)
        let lines = Samples.good.split(separator: "\n").filter { !$0.contains("small") }
        try folder.write("good.fl", lines.joined(separator: "\n") + "\n")
        let replayed = try folder.run("replay", "c/good/s.most-3.small.json")
        #expect(replayed.status == 1)
        #expect(replayed.out.contains(": stale: ") && replayed.out.contains("`small`"), "\(replayed.out)")
    }

    @Test("an expectation of what is gone is an error of the spec")
    func propertyGone() throws {
        let run = try replay("expect violated small", "expect violated tiny")
        #expect(run.status != 0, "\(run.out)\(run.err)")
    }

    @Test("a step that is gone makes it stale, and the step is named")
    func staleStep() throws {
        let run = try replay("while count < most {", "while count < 2 {")
        #expect(run.status == 1)
        #expect(run.out.contains(": stale at step 5: ") || run.out.contains(": stale at step 6: "), "\(run.out)")
    }

    @Test("a process that is gone makes it stale, and it is named")
    func staleProcess() throws {
        let run = try replay("process user {", "process other {")
        #expect(run.status == 1)
        #expect(run.out.contains("stale") && run.out.contains("user"), "\(run.out)")
    }

    @Test("a variable that is gone makes it stale, and it is named")
    func staleVariable() throws {
        let run = try replay("count", "tally")
        #expect(run.status == 1)
        #expect(run.out.contains("stale") && run.out.contains("count"), "\(run.out)\(run.err)")
    }

    @Test("a variant that is gone makes it stale, and it is named")
    func staleVariant() throws {
        let run = try replay("variant wrong", "variant other")
        #expect(run.status == 1)
        #expect(run.out.contains("stale") && run.out.contains("`wrong`"), "\(run.out)")
    }

    @Test("a scenario that is gone makes it stale, and it is named")
    func staleScenario() throws {
        let (folder, _) = try written()
        let run = try folder.run(
            "check", "good.fl", "--scenario", "s", "--set", "most=3", "--write-counterexamples", "c")
        #expect(run.status == 1)
        let file = "c/good/s.most-3.small.json"
        #expect(try folder.run("replay", file).status == 0)
        try folder.write(
            "good.fl", Samples.good.replacing("scenario s", with: "scenario z").replacing("on s", with: "on z"))
        let replayed = try folder.run("replay", file)
        #expect(replayed.status == 1)
        #expect(replayed.out.contains("stale") && replayed.out.contains("`s`"), "\(replayed.out)")
    }

    @Test("a spec that is gone makes it stale")
    func staleSpec() throws {
        let (folder, file) = try written()
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("good.fl"))
        let run = try folder.run("replay", file)
        #expect(run.status == 1)
        #expect(run.out.contains("stale") && run.out.contains("good.fl"), "\(run.out)\(run.err)")
    }

    @Test("a spec with errors is bad input")
    func brokenSpec() throws {
        let run = try replay("count += 1", "coutn += 1")
        #expect(run.status == 2)
        #expect(run.codes.contains("FL0203"), "\(run.err)")
    }

    @Test("a truncated file is refused")
    func truncated() throws {
        let run = try replay { String($0.prefix($0.count / 2)) }
        #expect(run.status == 2 && run.codes == ["FL0802"], "\(run.err)")
    }

    @Test("foreign JSON, a newer version and a missing field are refused")
    func foreign() throws {
        let foreign = try replay { _ in "{\"a\": [1, 2]}" }
        #expect(foreign.status == 2 && foreign.codes == ["FL0802"], "\(foreign.err)")
        let newer = try replay { $0.replacing("\"version\": 1", with: "\"version\": 999") }
        #expect(newer.status == 2 && newer.codes == ["FL0802"] && newer.err.contains("newer"), "\(newer.err)")
        let missing = try replay { $0.replacing("\"processes\"", with: "\"processed\"") }
        #expect(missing.status == 2 && missing.codes == ["FL0802"] && missing.err.contains("processes"))
    }

    @Test("a missing file and a folder without files are bad input")
    func missing() throws {
        let folder = try TemporaryFolder()
        let file = try folder.run("replay", "gone.json")
        #expect(file.status == 2 && file.codes == ["FL0701"])
        let empty = try folder.run("replay", ".")
        #expect(empty.status == 2 && empty.codes == ["FL0701"])
    }

    @Test("a counterexample with a changed value is not reproduced")
    func changedValue() throws {
        let run = try replay { $0.replacing("\"new\": \"3\"", with: "\"new\": \"4\"") }
        #expect(run.status == 1, "\(run.out)\(run.err)")
    }

    @Test("every counterexample of the repository is reproduced")
    func repository() throws {
        let expecting = try Self.specsWithExpectedViolations()
        let files =
            (FileManager.default.enumerator(atPath: Repository.root.appendingPathComponent("counterexamples").path)?
            .compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }
        guard !files.isEmpty else {
            #expect(
                expecting.isEmpty, "counterexamples/ is empty; write it with `faultline check --write-counterexamples`")
            return
        }
        let run = try Faultline.run(["replay", "counterexamples"])
        #expect(run.status == 0, "\(run.out)\(run.err)")
        #expect(run.out.components(separatedBy: ": reproduced: ").count - 1 == files.count)
        for spec in expecting {
            let folder = "specs/\(spec.dropLast(3))/"
            #expect(files.contains { $0.hasPrefix(folder) }, "\(spec) has no counterexample")
        }
    }

    private static func specsWithExpectedViolations() throws -> [String] {
        let folder = Repository.root.appendingPathComponent("specs")
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try all.filter { $0.hasSuffix(".fl") }.sorted().filter {
            try Repository.text("specs/\($0)").contains("expect violated")
        }
    }
}
