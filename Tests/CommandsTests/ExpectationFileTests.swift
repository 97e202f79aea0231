import Foundation
import Testing

@Suite("Known failures and baselines")
struct ExpectationFileTests {
    private static let known = "# list\nspecs/violated.fl | s | violated small | alice | 2026-12-31 | soon\n"

    private func suite(_ known: String = Self.known) throws -> SuiteFolder {
        let specs = try SuiteFolder()
        try specs.folder.write("known.txt", known)
        return specs
    }

    private func run(_ specs: SuiteFolder, _ day: String = "2026-06-01") throws -> Faultline.Run {
        try specs.test("--known-failures", "known.txt", "--today", day)
    }

    @Test("a known failure is excused until its day")
    func days() throws {
        let excused = try run(suite(), "2026-12-31")
        #expect(excused.status == 0)
        #expect(excused.out.contains("known, and excused until 2026-12-31: alice: soon (known.txt:2)"))
        #expect(!excused.out.contains("does not hold"))
        let expired = try run(suite(), "2027-01-01")
        #expect(expired.status == 1)
        #expect(expired.out.contains("known, but excused only until 2026-12-31: alice: soon (known.txt:2)"))
    }

    @Test("one that passes is said, and is no failure")
    func repaired() throws {
        let specs = try suite()
        try specs.folder.write("specs/violated.fl", Samples.good)
        let run = try run(specs)
        #expect(run.status == 0)
        #expect(run.out.contains("known as a failure, and passes: remove the entry of alice: soon (known.txt:2)"))
    }

    @Test("a list that is not understood, and one that is not there, end the command at once")
    func wrong() throws {
        let run = try run(suite("specs/good.fl | s\n"))
        #expect(run.status == 2)
        #expect(run.codes == ["FL0714"])
        #expect(run.err.contains("known.txt:1"))
        #expect(run.out == "")
        let missing = try SuiteFolder().test("--known-failures", "nowhere.txt")
        #expect(missing.status == 2)
        #expect(missing.codes == ["FL0714"])
    }

    @Test("reports are written where nothing could be checked: an old one would count for this run")
    func reports() throws {
        let specs = try suite("specs/good.fl | s\n")
        try specs.folder.write("junit.xml", "old")
        let options: [[String]] = [
            ["--known-failures", "known.txt"], ["--baseline", "none.json"], ["--changed-since", "nothing"],
        ]
        for (option, code) in zip(options, ["FL0714", "FL0715", "FL0713"]) {
            let run = try specs.test(option[0], option[1], "--report", "junit=junit.xml", "--report", "github=-")
            #expect(run.status == 2 && run.codes == [code], "\(run.err)")
            #expect(try specs.folder.read("junit.xml").contains("errors=\"1\""))
            #expect(try specs.folder.read("junit.xml").contains("type=\"\(code)\""))
            #expect(run.out.hasPrefix("::error ") && run.out.contains("title=\(code)"))
        }
    }

    @Test("an entry about a spec that is not there is a warning, and so is one about another failure")
    func stale() throws {
        let list = """
            gone.fl | s | holds | bob | 2026-12-31 | x
            specs/violated.fl | s | violated two | bob | 2026-12-31 | x

            """
        let run = try run(suite(list))
        #expect(run.status == 1)
        #expect(run.codes == ["FL0714", "FL0714"])
        #expect(run.err.contains("there is no spec `gone.fl`\n"))
        #expect(run.err.contains("not excused: the run comes to `violated small`, and not to `violated two`\n"))
    }

    @Test("an expected violation that is not there, and is excused, is no error")
    func excusedPass() throws {
        let specs = try SuiteFolder(["specs/a.fl": Samples.notFound])
        try specs.folder.write("known.txt", "specs/a.fl | s/wrong | holds | alice | 2026-12-31 | soon\n")
        let run = try run(specs)
        #expect(run.status == 0 && run.err == "", "\(run.err)")
        #expect(run.out.hasSuffix("2 runs: 1 as expected, 1 known failure\n"))
    }

    @Test("an entry about a configuration that is not there is a warning")
    func unmatched() throws {
        let run = try run(suite(Self.known + "specs/good.fl | t | holds | bob | 2026-12-31 | x\n"))
        #expect(run.status == 0)
        #expect(run.codes == ["FL0714"])
        #expect(run.err.contains("has no configuration `t`"))
    }

    // MARK: Baselines

    @Test("a baseline is the same whenever it is written, and drift is shown without changing the status")
    func drift() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        #expect(try specs.test("--baseline", "ci/base.json", "--write-baseline").status == 0)
        let written = try specs.folder.read("ci/base.json")
        #expect(written.contains(#""../specs/good.fl""#))
        #expect(try specs.test("--baseline", "ci/base.json", "--write-baseline", "--no-cache").status == 0)
        #expect(try specs.folder.read("ci/base.json") == written)
        #expect(try specs.test("--baseline", "ci/base.json").codes == [])
        try specs.change("specs/good.fl", "count <= 2", to: "count <= 3")
        try specs.change("specs/good.fl", "most = 4", to: "most = 5")
        let run = try specs.test("--baseline", "ci/base.json")
        #expect(run.status == 0)
        #expect(
            run.out.contains("since the baseline: states 7 → 9, transitions 6 → 8, depth 6 → 8, steps 6 → 8"))
        #expect(run.out.contains("; 1 not as in the baseline"))
    }

    @Test("runs that the baseline does not know, and those that are no more, are named")
    func others() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        _ = try specs.test("--baseline", "base.json", "--write-baseline")
        try specs.change("specs/good.fl", "variant wrong", to: "variant bad")
        let run = try specs.test("--baseline", "base.json")
        #expect(run.status == 0)
        #expect(run.codes == ["FL0715", "FL0715"])
        #expect(run.err.contains("1 run is not in the baseline"))
        #expect(run.err.contains("specs/good.fl s/bad"))
        #expect(run.err.contains("specs/good.fl s/wrong"))
        _ = try specs.test("--baseline", "base.json", "--write-baseline")
        #expect(try specs.test("--baseline", "base.json").codes == [])
    }

    @Test("a spec whose file is gone is named, and leaves the baseline when it is written")
    func deleted() throws {
        let specs = try SuiteFolder()
        _ = try specs.test("--baseline", "base.json", "--write-baseline")
        try FileManager.default.removeItem(at: specs.url.appendingPathComponent("specs/violated.fl"))
        let run = try specs.test("--baseline", "base.json")
        #expect(run.status == 0 && run.codes == ["FL0715"])
        #expect(run.err.contains("specs/violated.fl s\n"))
        _ = try specs.test("--baseline", "base.json", "--write-baseline")
        #expect(try specs.test("--baseline", "base.json").codes == [])
        #expect(try !specs.folder.read("base.json").contains("violated.fl"))
    }

    @Test("writing the baseline of some specs leaves that of others")
    func merging() throws {
        let specs = try SuiteFolder()
        _ = try specs.test("--baseline", "base.json", "--write-baseline")
        let all = try specs.folder.read("base.json")
        _ = try specs.test("--baseline", "base.json", "--write-baseline", "--scenario", "s", paths: ["specs/good.fl"])
        #expect(try specs.folder.read("base.json") == all)
    }

    @Test(
        "a baseline that is damaged, of another version, or not there ends the command at once",
        arguments: ["{", #"{"format": "faultline-baseline", "version": 99}"#, nil])
    func wrong(text: String?) throws {
        let specs = try SuiteFolder()
        if let text { try specs.folder.write("base.json", text) }
        let run = try specs.test("--baseline", "base.json")
        #expect(run.status == 2)
        #expect(run.codes == ["FL0715"])
        #expect(run.out == "")
    }

    @Test("a baseline of another version is written anew, and a damaged one is not overwritten")
    func rewriting() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        try specs.folder.write("base.json", #"{"format": "faultline-baseline", "version": 99}"#)
        #expect(try specs.test("--baseline", "base.json", "--write-baseline").status == 0)
        #expect(try specs.test("--baseline", "base.json").codes == [])
        try specs.folder.write("base.json", "precious")
        #expect(try specs.test("--baseline", "base.json", "--write-baseline").codes == ["FL0715"])
        #expect(try specs.folder.read("base.json") == "precious")
    }

    @Test("a baseline that is a symbolic link stays one")
    func link() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        try specs.folder.write("base.json", #"{"format": "faultline-baseline", "version": 99}"#)
        let link = specs.url.appendingPathComponent("link.json").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "base.json")
        #expect(try specs.test("--baseline", "link.json", "--write-baseline").status == 0)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "base.json")
        #expect(try specs.test("--baseline", "base.json").codes == [])
    }

    @Test("a baseline that can't be written is bad input, after all is shown")
    func unwritable() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        try specs.folder.write("file", "")
        let run = try specs.test("--baseline", "file/base.json", "--write-baseline")
        #expect(run.status == 2)
        #expect(run.codes == ["FL0702"])
        #expect(run.out.contains("2 runs, all as expected"))
    }
}
