import Foundation
import Testing

@Suite("faultline test")
struct SuiteTests {
    private static let all = ["specs", "Benchmarks/models"].map { Repository.root.appendingPathComponent($0).path }

    @Test("each run is shown with its standing, failures with their counterexamples, and the worst status counts")
    func runs() throws {
        let run = try SuiteFolder().test()
        #expect(run.status == 1)
        #expect(run.err == "")
        let lines = run.out.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("ok  ") }.count == 3)
        #expect(lines.filter { $0.hasPrefix("FAIL  ") }.count == 1)
        #expect(run.out.contains("invariant small violated: invariant `small` does not hold"))
        #expect(lines.last == "4 runs: 3 as expected, 1 not as expected")
    }

    @Test("the same is printed for any number of threads, in the order of the specs, and as `check` prints it")
    func threads() throws {
        let specs = try SuiteFolder([:])
        let checked = try Faultline.run(["check"] + Self.all)
        for threads in ["1", "2", "5"] {
            let run = try specs.test("--no-cache", "--threads", threads, paths: Self.all)
            #expect(run.out == checked.out, "\(threads) threads")
            #expect(run.err == checked.err)
            #expect(run.status == checked.status)
        }
    }

    @Test("what comes from the cache is what was searched")
    func cached() throws {
        let specs = try SuiteFolder([:])
        let first = try specs.test("--threads", "2", "--show-expected", paths: Self.all)
        let second = try specs.test("--threads", "1", "--show-expected", paths: Self.all)
        #expect(!first.out.contains("from the cache"))
        let words = #/; (\d+) from the cache\n/#
        let cached = try #require(second.out.firstMatch(of: words))
        // Theorems are proved anew.
        let solved = second.out.components(separatedBy: " to Z3 ").count - 1
        let whole = try #require(second.out.firstMatch(of: #/\n(\d+) runs, all as expected/#))
        #expect(Int(whole.1) == Int(cached.1).map { $0 + solved })
        let others = second.out.replacing("      from the cache\n", with: "").replacing(words, with: "\n")
        #expect(others == first.out)
        #expect(second.err == first.err)
    }

    @Test("after the first failure nothing is begun, and the rest is listed; the same for any number of threads")
    func failFast() throws {
        let specs = try SuiteFolder([
            "specs/a.fl": Samples.good, "specs/b.fl": Samples.violated, "specs/c.fl": Samples.notFound,
            "specs/d.fl": Samples.good,
        ])
        let alone = try specs.test("--no-cache", "--fail-fast", "--threads", "1")
        #expect(alone.status == 1)
        #expect(alone.out.split(separator: "\n").filter { $0.hasPrefix("FAIL") }.count == 1)
        #expect(alone.out.contains("skip  specs/d.fl s: skipped: another run has failed"))
        #expect(alone.out.hasSuffix("; 5 skipped\n"))
        for threads in ["2", "4", "9"] {
            let run = try specs.test("--no-cache", "--fail-fast", "--threads", threads)
            #expect(run.out == alone.out, "\(threads) threads")
            #expect(run.status == 1)
        }
        // What is known to fail is known at once.
        _ = try specs.test(paths: ["specs/c.fl"])
        let known = try specs.test("--fail-fast")
        #expect(known.out.contains("skip  specs/b.fl s"))
        #expect(known.out.contains("FAIL  specs/c.fl s/wrong: holds, expected violated small"))
    }

    @Test("a failure that is excused does not end the suite")
    func failFastExcused() throws {
        let specs = try SuiteFolder()
        try specs.folder.write("known.txt", "specs/violated.fl | s | violated small | a | 2026-12-31 | r\n")
        let run = try specs.test("--fail-fast", "--known-failures", "known.txt", "--today", "2026-01-01")
        #expect(run.status == 0)
        #expect(run.out.hasSuffix("4 runs: 3 as expected, 1 known failure\n"))
    }

    @Test("libraries, specs with errors and paths that are not there are said as with `check`")
    func others() throws {
        let specs = try SuiteFolder([
            "specs/good.fl": Samples.good, "specs/typo.fl": Samples.typo, "specs/shelf.fl": Samples.library,
        ])
        let run = try specs.test(paths: ["specs", "nowhere"])
        #expect(run.status == 2)
        #expect(run.codes == ["FL0701", "FL0203"])
        #expect(run.out.contains("2 runs, all as expected\n2 errors beside the runs\n1 module without scenarios"))
        #expect(try specs.test(paths: ["specs/good.fl", "./specs/good.fl"]).out.contains("2 runs, all as expected"))
        #expect(try specs.test("--scenario", "nope", paths: ["specs/good.fl"]).codes == ["FL0703"])
    }

    @Test("budgets make runs inconclusive, and nothing is kept of those")
    func budgets() throws {
        let specs = try SuiteFolder(["specs/good.fl": Samples.good])
        let run = try specs.test("--max-states", "2", "--cache", "kept")
        #expect(run.status == 3)
        #expect(run.out.hasSuffix("2 runs: 0 as expected, 2 inconclusive\n"))
        #expect(specs.entries("kept").isEmpty)
        #expect(try specs.test("--cache", "kept").status == 0)
    }

    @Test("counterexamples are written for failures, also for those from the cache")
    func counterexamples() throws {
        let specs = try SuiteFolder(["specs/violated.fl": Samples.violated])
        for folder in ["first", "second"] { #expect(try specs.test("--write-counterexamples", folder).status == 1) }
        let name = "/specs/violated/s.json"
        let first = try? specs.folder.read("first" + name)
        #expect(first == (try? specs.folder.read("second" + name)))
    }

    @Test(
        "options that contradict each other are refused",
        arguments: [
            ["--no-cache", "--cache", "x"], ["--cache", ""], ["--write-baseline"], ["--today", "soon"],
            ["--threads", "0"],
        ])
    func options(arguments: [String]) throws {
        let run = try Faultline.run(["test", "specs"] + arguments)
        #expect(run.status == 2)
        #expect(run.codes == ["FL0704"])
    }
}
