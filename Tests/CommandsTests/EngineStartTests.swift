import Testing

/// How runs begin, for each engine: `init` that fails, or has no outcome.
struct EngineStartTests {
    @Test("an init without an outcome is no proof", arguments: ["explicit", "explicit+z3", "bmc", "induction", "ic3"])
    func noOutcome(engine: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "never.fl",
            """
            module never
            domain P
            var last: P?
            init { choose p in P where last is some(_); last = p }
            process w[p: P] { last = p }
            invariant i { last is none }
            scenario s { P = 2 }

            """)
        let run = try Faultline.run(["check", "never.fl", "--engine", engine], in: folder)
        #expect(run.status == 2 && run.codes == ["FL0501"], "\(run.out)\(run.err)")
    }

    @Test(
        "an optional constant with very many values has them all", arguments: [200, 1000, 6000], ["explicit", "bmc"])
    func manyValues(most: Int, engine: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "many.fl",
            """
            module many
            type N = 0..\(most)
            symbolic const o: N?
            var x: N? = none
            process p {
                x = o
                assert last: x is none or x! < \(most)
            }
            scenario s { expect violated last }

            """)
        let run = try Faultline.run(["check", "many.fl", "--engine", engine], in: folder)
        #expect(run.status == 0 && run.out.contains("violated last (2 steps), as expected"), "\(run.out)\(run.err)")
    }

    @Test(
        "a limit ends the making of initial states, also where no choice leads to one",
        arguments: [
            "where w == v and v == 70 and w == 71", "where w >= v",
        ])
    func limits(condition: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "many.fl",
            """
            module many
            type V = bits<16>
            var x: V = 0
            init {
                choose v in V
                choose w in V \(condition)
                x = v & w
                assert different: v != 0xFFFF
            }
            process p { x = 0 }
            invariant same { x == x & 0xFFFF }
            scenario s {}

            """)
        let arguments = ["check", "many.fl", "--engine", "explicit", "--max-time", "1s"]
        let run = try Faultline.run(arguments, in: folder)
        #expect(run.status == 3 && run.out.contains("the time limit was reached"), "\(run.out)\(run.err)")
    }

    @Test(
        "what fails in init is shown with its place, also where it chooses among many values",
        arguments: ["bmc", "induction"])
    func failingInit(engine: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "start.fl",
            """
            module start
            type V = bits<16>
            symbolic const least: V
            var x: V
            init {
                choose v in V where v >= least
                choose w in V
                x = v
                assert different: v != 0xFFFF or w != 0x1234
            }
            process p { assert ok: x >= least }
            scenario s {}

            """)
        let run = try Faultline.run(["check", "start.fl", "--engine", engine], in: folder)
        #expect(run.status == 1, "\(run.err)")
        #expect(run.out.contains("scenario s: assert different violated   (in an initial state)"), "\(run.out)")
        #expect(run.out.contains("failed: assert different: v != 0xFFFF or w != 0x1234"), "\(run.out)")
        #expect(!run.out.contains("takes no step"))
    }
}
