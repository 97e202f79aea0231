import Foundation
import SchemaTestSupport
import Testing

/// `check --max-switches`.
struct SwitchTests {
    /// Two runners take turns: 3 switches to the end, and 2 to a violation where `most` is 2.
    private static let relay = """
        module relay

        const most: 2..4 = 4
        atomic var leg: 0..4 = 0

        process left {
            await leg == 0
            leg = 1
            await leg == 2
            leg = 3
        }

        process right {
            await leg == 1
            leg = 2
            await leg == 3
            leg = 4
        }

        invariant short { leg <= most }
        reachable finish { leg == 4 }

        scenario s {}
        variant early on s { most = 2, expect violated short }

        """

    private func run(_ arguments: String...) throws -> Faultline.Run {
        let folder = try TemporaryFolder()
        try folder.write("relay.fl", Self.relay)
        return try Faultline.run(["check", "relay.fl"] + arguments, in: folder)
    }

    @Test("a bound that leaves runs out is never a pass, nor a missing witness a failure", arguments: 0...2)
    func inconclusive(most: Int) throws {
        let run = try run("--scenario", "s", "--max-switches", "\(most)")
        #expect(run.status == 3, "\(run.out)\(run.err)")
        #expect(run.out.contains("relay.fl s: inconclusive, expected holds"))
        #expect(run.out.contains("the limit on context switches was reached"))
        #expect(!run.out.contains("never witnessed"))
    }

    @Test("a bound that leaves nothing out gives the verdict of a search of all runs", arguments: [3, 4, 1000])
    func exact(most: Int) throws {
        let run = try run("--max-switches", "\(most)")
        #expect(run.status == 0, "\(run.out)\(run.err)")
        #expect(run.out.contains("relay.fl s: holds, as expected; 9 states, 8 transitions"))
        #expect(run.out.contains("exact: runs with more than 3 context switches add no state and no step"))
        #expect(run.err.isEmpty)
    }

    @Test("a violation is found with as many switches as it needs, and not with fewer")
    func violation() throws {
        let fewer = try run("--variant", "early", "--max-switches", "1")
        #expect(fewer.status == 3)
        #expect(fewer.out.contains("every run with at most 1 context switch was looked at"))
        let enough = try run("--variant", "early", "--max-switches", "2", "--show-expected")
        #expect(enough.status == 0)
        #expect(
            enough.out.contains(
                "(2 context switches, 6 steps; no violation has fewer switches, and none with as few is shorter)"))
    }

    @Test("other budgets end such a search as well, with the switches that were covered")
    func budgets() throws {
        let run = try run("--scenario", "s", "--max-switches", "9", "--max-states", "6")
        #expect(run.status == 3)
        #expect(run.out.contains("the limit on states was reached: every run with at most 1 context switch was"))
    }

    @Test("the JSON has the bound and what was covered, and is valid")
    func json() throws {
        for (most, complete, verdict) in [(1, 1, "inconclusive"), (9, 3, "holds")] {
            let report = try JSON(run("--max-switches", "\(most)", "--scenario", "s", "--format", "json").out)
            #expect(try SchemaValidator("report.schema.json").problems(report) == [])
            let runs = try #require(report["runs"]?.elements)
            let first = try #require(runs.first)
            #expect(first["verdict"] == .string(verdict))
            #expect(first["reason"] == (most == 1 ? .string("switches") : .null))
            #expect(first["switches"]?["limit"] == .number(Double(most)))
            #expect(first["switches"]?["complete"] == .number(Double(complete)))
            guard most > 1 else { continue }
            #expect(runs.last?["switches"]?["complete"] == .number(1))
            #expect(runs.last?["trace"]?["hasFewestSwitches"] == .bool(true))
        }
        let plain = try JSON(run("--format", "json").out)
        #expect(plain["runs"]?.elements.map { $0["switches"] } == [.null, .null])
    }

    @Test("a written counterexample is replayed like any other")
    func replay() throws {
        let folder = try TemporaryFolder()
        try folder.write("relay.fl", Self.relay)
        #expect(try folder.run("check", "relay.fl", "--max-switches", "3", "--write-counterexamples", "c").status == 0)
        let run = try folder.run("replay", "c")
        #expect(run.status == 0 && run.out.contains("reproduced: short after 6 steps"), "\(run.out)\(run.err)")
    }

    @Test("the bytes are the same for any number of threads, with and without compiled code")
    func sameBytes() throws {
        let common = [
            "check", "--max-switches", "3", "--show-expected", "specs/teaching/3_fork_and_cow.fl",
            "specs/teaching/1_swapping.fl",
        ]
        let texts = try [["--threads", "1"], ["--threads", "4"], ["--bytecode"]].map {
            try Faultline.run(common + $0).out
        }
        #expect(texts[0].contains("violated"))
        #expect(texts[0] == texts[1] && texts[0] == texts[2])
    }

    @Test("a bad number gives one diagnostic, which names the option", arguments: ["=-1", " -1", " few", "", "=1.5"])
    func badNumber(_ value: String) throws {
        let words = ("--max-switches" + value).split(separator: " ").map(String.init)
        let run = try Faultline.run(["check", "specs"] + words)
        #expect(run.status == 2 && run.out.isEmpty)
        #expect(run.codes == ["FL0704"])
        #expect(run.err.contains("--max-switches"))
    }
}
