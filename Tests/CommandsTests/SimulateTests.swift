import Foundation
import SchemaTestSupport
import Testing

struct SimulateTests {
    private static let model = "Benchmarks/models/page_fault.fl"

    private func simulate(_ arguments: String...) throws -> Faultline.Run {
        try Faultline.run(["simulate"] + arguments)
    }

    @Test("any number of threads, with and without compiled code, prints the same bytes")
    func sameBytes() throws {
        let one = try simulate("--scenario", "m", "--walks", "300", "--full", Self.model, "--threads", "1")
        #expect(one.out.contains("violated content") && one.out.contains("violated accounted"))
        for arguments in [["--threads", "2"], ["--threads", "3"], ["--threads", "2", "--bytecode"]] {
            let run = try Faultline.run(
                ["simulate", "--scenario", "m", "--walks", "300", "--full", Self.model] + arguments)
            #expect(run.out == one.out && run.status == one.status, "\(arguments)")
        }
    }

    @Test("the seed is printed, and another one makes other walks")
    func seed() throws {
        let runs = try ["1", "2", "18446744073709551615"].map {
            try simulate("--seed", $0, "--variant", "lost_write", "--walks", "3000", Self.model).out
        }
        #expect(runs[0].contains("of seed 1 met it") && runs[2].contains("of seed 18446744073709551615 met it"))
        #expect(Set(runs).count == 3)
        let byDefault = try simulate("--variant", "lost_write", "--walks", "3000", Self.model).out
        #expect(byDefault == runs[0])
    }

    @Test("a spec that holds is inconclusive, and never said to hold")
    func holds() throws {
        let run = try simulate("--scenario", "s", "--walks", "50", "--depth", "200", Self.model)
        #expect(run.status == 3)
        #expect(run.out.contains("inconclusive, expected holds; 50 walks, 10,000 steps, the longest 200"))
        #expect(!run.out.contains(": holds"))
    }

    @Test("each planted mistake of the teaching specs is found, as the spec expects")
    func expected() throws {
        let run = try simulate("--format", "table", "specs/teaching/3_fork_and_cow.fl", "--walks", "2000")
        #expect(run.status == 3, "\(run.out)\(run.err)")
        let rows = run.out.split(separator: "\n").filter { $0.contains(".fl") }
        let planted = rows.filter { $0.contains("violated ") }
        #expect(planted.count > 1)
        #expect(planted.allSatisfy { $0.hasPrefix("ok") }, "\(run.out)")
    }

    @Test("what violates something else than expected is inconclusive, and says what it met")
    func otherViolation() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.fl",
            Samples.good.replacing("reachable two", with: "invariant never { count <= 5 }\nreachable two")
                .replacing("expect violated small", with: "expect violated never"))
        let run = try folder.run("simulate", "a.fl", "--variant", "wrong")
        #expect(run.status == 3, "\(run.out)")
        #expect(run.out.contains("also violated, but not looked for: small"))
    }

    @Test("the JSON is valid, and says what the walks covered")
    func json() throws {
        let run = try simulate(
            "--format", "json", "--scenario", "m", "--walks", "300", "--depth", "500", "--seed", "1", Self.model)
        let report = try JSON(run.out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        let runs = try #require(report["runs"]?.elements)
        #expect(runs[0]["verdict"] == .string("inconclusive") && runs[0]["reason"] == .string("walks"))
        #expect(runs[0]["walks"]?["walks"] == .number(300) && runs[0]["walks"]?["seed"] == .string("1"))
        #expect(runs[0]["walks"]?["violating"] == .null)
        #expect(runs[1]["verdict"] == .string("violated") && runs[1]["asExpected"] == .bool(true))
        let walk = try #require(runs[1]["walks"]?["violating"])
        #expect(walk["number"] == runs[1]["walks"]?["walks"])
    }

    @Test("a written counterexample is replayed, also one that a walk was shortened to")
    func written() throws {
        let folder = try TemporaryFolder()
        // So many states that no search comes to the violation first.
        try folder.write(
            "large.fl",
            """
            module large
            atomic var tick[Clock]: 0..99 = 0
            domain Clock
            process clock[c: Clock] { loop { if tick[c] < 99 { tick[c] += 1 } } }
            invariant early { some c in Clock: tick[c] < 40 }
            scenario s { Clock = 4 }

            """)
        let run = try folder.run("simulate", "large.fl", "--write-counterexamples", "out")
        #expect(run.status == 1, "\(run.out)\(run.err)")
        #expect(run.out.contains("which need not be the fewest"), "\(run.out)")
        #expect(run.out.contains("a shorter violation may exist"))
        let text = try folder.read("out/large/s.early.json")
        #expect(text.contains("\"mayBeShorter\": true"))
        let replayed = try folder.run("replay", "out")
        #expect(replayed.status == 0 && replayed.out.contains("reproduced: early"), "\(replayed.out)\(replayed.err)")
    }

    @Test("a stuck process is found as a deadlock")
    func deadlock() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "stuck.fl",
            """
            module stuck
            var turn: bool = false
            process waits {
                await turn
            }
            scenario s {}

            """)
        let run = try folder.run("simulate", "stuck.fl")
        #expect(run.status == 1 && run.out.contains("violated deadlock"), "\(run.out)\(run.err)")
    }

    @Test("Ctrl-C ends the walks with what they covered")
    func interrupted() throws {
        let run = try Faultline.run(
            ["simulate", "--scenario", "s", "--walks", "100000000", Self.model],
            whileRunning: { process in
                usleep(500_000)
                kill(process, SIGINT)
            })
        #expect(run.status == 3, "\(run.err)")
        #expect(run.out.contains("the search was interrupted: no violation on"), "\(run.out)")
    }

    @Test("a time limit ends the walks, and is named")
    func timeLimit() throws {
        let run = try simulate("--scenario", "s", "--walks", "100000000", "--max-time", "0.2s", Self.model)
        #expect(run.status == 3)
        #expect(run.out.contains("the time limit was reached: no violation on"), "\(run.out)")
    }

    @Test(
        "a bad option is one clear line",
        arguments: [
            ["--walks", "0"], ["--depth", "0"], ["--depth", "1000001"], ["--seed", "-1"], ["--seed", "dice"],
            ["--threads", "0"], ["--max-time", "soon"], ["--max-states", "5"], ["--format", "xml"],
            ["--without", "speed"], [],
        ])
    func badOptions(_ arguments: [String]) throws {
        let run = try Faultline.run(["simulate"] + arguments + (arguments.isEmpty ? [] : [Self.model]))
        #expect(run.status == 2 && run.codes == ["FL0704"] && run.out.isEmpty, "\(run.err)")
        #expect(run.err.split(separator: "\n").count { $0.contains("error[") } == 1)
    }

    @Test("specs with errors, and selections that select nothing, are bad input as for check")
    func badInput() throws {
        let folder = try TemporaryFolder()
        try folder.write("typo.fl", Samples.typo)
        try folder.write("good.fl", Samples.good)
        for (code, arguments) in [
            ("FL0203", ["typo.fl"]), ("FL0701", ["missing.fl"]), ("FL0703", ["good.fl", "--scenario", "nope"]),
            ("FL0217", ["good.fl", "--set", "mots=3"]),
        ] {
            let run = try Faultline.run(["simulate"] + arguments, in: folder)
            #expect(run.status == 2 && run.codes == [code], "\(run.err)")
        }
    }
}
