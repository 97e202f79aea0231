import Testing

/// What is said where only fingerprints are kept.
@Suite("Fingerprints on the command line")
struct StoreTests {
    private static let model = "Benchmarks/models/page_fault.fl"

    @Test("each format says how likely a missed state is, next to the verdict")
    func probability() throws {
        func check(_ more: String...) throws -> String {
            try Faultline.run(["check", Self.model, "--scenario", "s", "--store", "hash"] + more).out
        }
        #expect(try check().contains("fingerprints only: a state was missed with probability below 1e-1"))
        #expect(try check("--format", "json").contains(#""missedStateProbability": "#))
        #expect(!(try check("--format", "json").contains(#""missedStateProbability": null"#)))
        for more in [["--format", "table"], ["--report", "markdown=-"]] {
            let run = try Faultline.run(["check", Self.model, "--scenario", "s", "--store", "hash"] + more)
            #expect(run.out.contains("holds (a state was missed: below 1e-1"), "\(more)")
            let exact = try Faultline.run(["check", Self.model, "--scenario", "s"] + more)
            #expect(!exact.out.contains("missed"))
        }
    }

    @Test("a run that was chosen without a budget's end does not speak of one")
    func fewerSwitches() throws {
        let arguments = [
            "check", "specs/teaching/3_fork_and_cow.fl", "--variant", "parent_goes_on_writing", "--show-expected",
        ]
        let run = try Faultline.run(arguments + ["--store", "hash"])
        #expect(run.out.contains("1 context switch (fewer may do: not all such runs were compared)"), "\(run.out)")
        #expect(!run.out.contains("budget"))
        #expect(try !Faultline.run(arguments).out.contains("fewer may do"))
    }

    @Test("a run without a context switch has the fewest")
    func noSwitches() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", Samples.good.replacing("expect violated small", with: "expect holds"))
        let run = try folder.run("check", "a.fl", "--store", "hash")
        #expect(run.out.contains("(6 steps, 0 context switches; ") && !run.out.contains("fewer may do"), "\(run.out)")
    }

    @Test("where a violation was met and its states are gone, the verdict is inconclusive and says so")
    func violationWithoutRun() throws {
        let arguments = [
            "check", "specs/linux/cow_swap.fl", "--scenario", "small", "--set", "recheck=false", "--store", "hash",
            "--max-states", "20000",
        ]
        let run = try Faultline.run(arguments)
        #expect(run.status == 3)
        #expect(run.out.contains("the limit on states was reached"))
        #expect(run.out.contains("but a violation of accounted was met"), "\(run.out)")
        let json = try Faultline.run(arguments + ["--format", "json"])
        #expect(json.out.contains(#""violatedWithoutRun": "accounted""#))
    }
}
