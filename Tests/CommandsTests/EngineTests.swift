import Foundation
import SchemaTestSupport
import Testing

/// `--engine bmc`, and what is exported for solvers.
struct EngineTests {
    private static let transparency = "specs/teaching/4_transparency.fl"

    @Test("bounded search finds the violation that is expected, as short as the explicit search")
    func expected() throws {
        let variant = ["check", Self.transparency, "--variant", "access_left_out"]
        let explicit = try Faultline.run(variant)
        let bounded = try Faultline.run(variant + ["--engine", "bmc"])
        #expect(explicit.out.contains("violated ideal.coherent (8 steps), as expected"))
        #expect(bounded.out.contains("violated ideal.coherent (8 steps), as expected; "))
        #expect(bounded.out.contains("to Z3 4."))
        #expect(bounded.status == 0)
    }

    @Test("a bound that is reached is inconclusive, and the report says how far it came")
    func bound() throws {
        let arguments = ["check", Self.transparency, "--scenario", "full_disk", "--engine", "bmc", "--depth", "3"]
        let run = try Faultline.run(arguments)
        #expect(run.status == 3)
        #expect(run.out.contains("every run of up to 3 steps was judged, and nothing is known of longer ones"))
        let report = try JSON(try Faultline.run(arguments + ["--format", "json"]).out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        let found = report["runs"]?.elements.first
        #expect(found?["reason"]?.text == "depth" && found?["depth"]?.number == 3)
        #expect(found?["solving"]?["engine"]?.text == "bmc")
    }

    @Test("where no run is longer, what holds holds, and what is violated is violated")
    func complete() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        try folder.write("violated.fl", Samples.violated)
        try folder.write("notfound.fl", Samples.notFound)
        let good = try Faultline.run(["check", "good.fl", "--engine", "bmc"], in: folder)
        #expect(good.status == 0, "\(good.out)\(good.err)")
        #expect(good.out.contains("good.fl s: holds, as expected; "))
        #expect(good.out.contains("so no state is left out"))
        #expect(good.out.contains("violated small (6 steps), as expected"))
        let violated = try Faultline.run(["check", "violated.fl", "--engine", "bmc"], in: folder)
        #expect(violated.status == 1 && violated.out.contains("violated small (6 steps), expected holds"))
        let notFound = try Faultline.run(["check", "notfound.fl", "--engine", "bmc"], in: folder)
        #expect(notFound.status == 1 && notFound.codes == ["FL0601"])
        let never = Samples.good.replacing("reachable two { count == 2 }", with: "reachable two { count == 3 }")
        try folder.write("never.fl", never)
        let unwitnessed = try Faultline.run(["check", "never.fl", "--scenario", "s", "--engine", "bmc"], in: folder)
        #expect(unwitnessed.status == 1 && unwitnessed.out.contains("never witnessed: reachable two"))
    }

    @Test("without libz3, or with another file in its place, one message says what to do")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        for path in ["/nowhere/libz3.so", "good.fl"] {
            let run = try withExtendedLifetime(folder) {
                try Faultline.run(
                    ["check", "good.fl", "--engine", "bmc"], in: folder.url, environment: ["FAULTLINE_LIBZ3": path])
            }
            #expect(run.status == 2 && run.codes == ["FL0810"], "\(run.err)")
            #expect(run.err.contains("note: FAULTLINE_LIBZ3 names it"))
        }
    }

    @Test(
        "options of the explicit engine are refused",
        arguments: [
            ["--store", "tree"], ["--max-switches", "2"], ["--max-states", "9"], ["--explain-states"],
            ["--show-coverage"],
        ])
    func conflicts(option: [String]) throws {
        let run = try Faultline.run(["check", Self.transparency, "--engine", "bmc"] + option)
        #expect(run.status == 2 && run.out.isEmpty, "\(run.out)\(run.err)")
        #expect(run.err.contains(option[0]))
        #expect(try Faultline.run(["check", Self.transparency, "--depth", "3"]).status == 2)
    }

    @Test("time that is up is inconclusive")
    func time() throws {
        let run = try Faultline.run(
            ["check", "specs/linux/cow_swap.fl", "--scenario", "small", "--engine", "bmc", "--max-time", "1s"])
        #expect(run.status == 3 && run.out.contains("the time limit was reached"), "\(run.out)\(run.err)")
    }

    @Test("an invariant is found that proves what holds, the same for any number of threads")
    func invariant() throws {
        let arguments = [
            "check", "specs/teaching/1_swapping.fl", "--scenario", "small", "--engine", "ic3", "--threads",
        ]
        let one = try Faultline.run(arguments + ["1"])
        #expect(one.status == 0 && one.out.contains("small: proved, as expected; "), "\(one.out)\(one.err)")
        #expect(one.out.contains(" lemmas, "))
        #expect(try Faultline.run(arguments + ["2"]).out == one.out)
    }

    @Test("a proof is written for others to check, with the invariant in the terms of the spec")
    func proof() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let arguments = ["check", "good.fl", "--scenario", "s", "--engine", "ic3", "--save-proof"]
        let run = try Faultline.run(arguments + ["proof"], in: folder)
        #expect(run.status == 0, "\(run.out)\(run.err)")
        let invariant = try folder.read("proof/good.fl s/invariant.txt")
        #expect(invariant.hasPrefix("good.fl s\n") && invariant.contains("\nnot ("))
        #expect(try folder.read("proof/good.fl s/0.smt2").contains("; unsat: init: what is claimed"))
        try folder.write("file", "")
        let refused = try Faultline.run(arguments + ["file/proof"], in: folder)
        #expect(refused.status == 2 && refused.codes == ["FL0702"], "\(refused.err)")
        #expect(try Faultline.run(["check", "good.fl", "--save-proof", "proof"], in: folder).status == 2)
    }

    @Test("what bounded search leaves out is named, and can be switched off, also in what is exported")
    func reductions() throws {
        let spec = ["specs/teaching/4_transparency.fl", "--variant", "access_left_out"]
        let off = ["--without", "symmetry", "--without", "partial-order"]
        let some = try Faultline.run(["check"] + spec + ["--engine", "bmc"])
        #expect(some.out.contains("reductions: symmetry, partial-order"), "\(some.out)\(some.err)")
        let all = try Faultline.run(["check"] + spec + ["--engine", "bmc"] + off)
        #expect(all.status == 0 && all.out.contains("(8 steps)"), "\(all.out)\(all.err)")
        #expect(!all.out.contains("symmetry") && !all.out.contains("partial-order"), "\(all.out)")
        let export = ["export", "--to", "smt2", "--depth", "8"] + spec
        #expect(try Faultline.run(export).out != Faultline.run(export + off).out)
    }

    @Test("induction looks for witnesses behind a proof, and says what is proved where it finds none")
    func witnesses() throws {
        let folder = try TemporaryFolder()
        func check(_ reachable: String, _ more: String...) throws -> Faultline.Run {
            try folder.write(
                "even.fl",
                """
                module even
                var x: bits<5> = 0
                process p { loop { atomic("twice") { x = x + 2 } } }
                invariant even { x[0:0] == 0 }
                reachable there { \(reachable) }
                scenario s {}

                """)
            return try Faultline.run(["check", "even.fl", "--engine", "induction"] + more, in: folder)
        }
        let found = try check("x == 6")
        #expect(found.status == 0 && found.out.contains("proved"), "\(found.out)\(found.err)")
        let never = try check("x == 7")
        #expect(never.status == 1 && never.out.contains("violated there"), "\(never.out)\(never.err)")
        let bounded = try check("x == 6", "--depth", "1")
        #expect(bounded.status == 3 && bounded.out.contains("all else is proved; no run of up to 1 step is a witness"))
        let report = try JSON(try check("x == 6", "--depth", "1", "--format", "json").out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        #expect(report["runs"]?.elements.first?["solving"]?["witnessDepth"] != nil)
    }

    @Test("a small memory limit is inconclusive, with its reason", arguments: ["bmc", "induction"])
    func smallMemory(engine: String) throws {
        let run = try Faultline.run([
            "check", "specs/teaching/3_fork_and_cow.fl", "--scenario", "small", "--no-variants", "--engine", engine,
            "--max-memory", "40M", "--max-time", "60s",
        ])
        #expect(run.status == 3 && run.out.contains("the memory limit was reached"), "\(run.out)\(run.err)")
    }

    @Test("each size of a sweep has a proof of its own, below the folder that was named")
    func sweptProofs() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "sub/sweep.fl",
            """
            module sweep
            domain Cpu
            atomic var count: 0..5 = 0
            process p[c: Cpu] { count += 1 }
            invariant small { count <= 2 }
            scenario s { Cpu = 1..2 }

            """)
        try folder.write("sub/x/empty", "")
        let run = try Faultline.run(
            ["check", "../sweep.fl", "--engine", "ic3", "--save-proof", "proof"], in: folder, below: "sub/x")
        #expect(run.status == 0, "\(run.out)\(run.err)")
        for size in 1...2 {
            let text = try folder.read("sub/x/proof/sweep.fl s Cpu=\(size)/invariant.txt")
            #expect(text.hasPrefix("../sweep.fl s Cpu=\(size)\n"), "\(text)")
        }
    }

    @Test("cvc5 accepts the proofs of two teaching specs", .enabled(if: Cvc5.path != nil))
    func otherSolver() throws {
        let folder = try TemporaryFolder()
        for name in ["1_swapping", "4_transparency"] {
            let run = try Faultline.run([
                "check", "specs/teaching/\(name).fl", "--scenario", "small", "--engine", "ic3", "--save-proof",
                folder.url.path,
            ])
            #expect(run.status == 0, "\(run.out)\(run.err)")
            let proof = folder.url.appendingPathComponent("specs-teaching-\(name).fl small")
            let files = try FileManager.default.contentsOfDirectory(atPath: proof.path).filter { $0.hasSuffix(".smt2") }
            #expect(files.count > 10)
            for file in files {
                let answer = try Cvc5.answer(to: proof.appendingPathComponent(file))
                #expect(answer == "unsat\n", "\(name) \(file)")
            }
        }
    }

    @Test("cvc5 finds the run that an exported question asks for", .enabled(if: Cvc5.path != nil))
    func otherSolverOfRuns() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appendingPathComponent("question.smt2")
        let run = try Faultline.run([
            "export", "--to", "smt2", "--depth", "8", Self.transparency, "--variant", "access_left_out", "-o",
            file.path,
        ])
        #expect(run.status == 0, "\(run.err)")
        let answer = try Cvc5.answer(to: file)
        #expect(answer.hasPrefix("sat\n(\n") && answer.contains("(define-fun |step 1.actor| ()"), "\(answer)")
    }

    @Test("contents of 64 bits are proved, or are in the counterexample that is replayed")
    func wideContents() throws {
        let proved = try Faultline.run([
            "check", Self.transparency, "--scenario", "small", "--no-variants", "--set", "content_bits=64", "--engine",
            "ic3",
        ])
        #expect(
            proved.status == 0 && proved.out.contains(" small: proved, as expected; "), "\(proved.out)\(proved.err)")
        let set = try Faultline.run([
            "check", "specs/teaching/1_swapping.fl", "--scenario", "small", "--no-variants", "--set", "content_bits=64",
            "--engine", "ic3",
        ])
        #expect(set.status == 0 && set.out.contains("small: proved, as expected; "), "\(set.out)\(set.err)")
        #expect(set.out.hasSuffix("1 run, as expected\n"))
        let folder = try TemporaryFolder()
        try folder.write("wide.fl", Samples.wide)
        let found = try Faultline.run(["check", "wide.fl"], in: folder)
        #expect(found.status == 0, "\(found.out)\(found.err)")
        #expect(found.out.contains("s: holds, as expected") && found.out.contains("violated magic_number"))
        let report = try JSON(try Faultline.run(["check", "wide.fl", "--format", "json"], in: folder).out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        let unexpected = try Faultline.run(["check", "wide.fl", "--scenario", "s", "--set", "magic=true"], in: folder)
        #expect(unexpected.status == 1 && unexpected.out.contains("store(0xdeadbeefcafef00d, D"), "\(unexpected.out)")
        let explicit = try Faultline.run(["check", "wide.fl", "--scenario", "s", "--engine", "explicit"], in: folder)
        #expect(explicit.status == 2, "\(explicit.out)\(explicit.err)")
    }

    @Test("induction shows a step where it has no proof, and its report fits the schema")
    func induction() throws {
        let arguments = [
            "check", "specs/teaching/1_swapping.fl", "--scenario", "small", "--engine", "induction", "--depth", "2",
        ]
        let run = try Faultline.run(arguments)
        #expect(run.status == 3 && run.out.contains("from a state where nothing is wrong"), "\(run.out)\(run.err)")
        let report = try JSON(try Faultline.run(arguments + ["--format", "json"]).out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        #expect(report["runs"]?.elements.first?["solving"]?["failedStep"] != nil)
    }

    @Test(
        "where there are billions of initial states, auto takes terms for them, unless states are asked for or Z3 is missing"
    )
    func manyStarts() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.fl",
            """
            module a
            type Word = bits<16>
            symbolic const k: bits<16>
            var n: Word
            var m: Word
            init { choose x in Word; n = x }
            process p { m = n }
            invariant same { m == 0 or k != 3 or m != 77 }
            scenario s { expect violated same }
            """)
        let run = try Faultline.run(["check", "a.fl"], in: folder)
        #expect(
            run.status == 0 && run.out.contains("violated same (1 step), as expected; 2 symbolic states"), "\(run.out)")
        let stored = try Faultline.run(["check", "a.fl", "--store", "hash", "--max-time", "1s"], in: folder)
        #expect(stored.status == 3 && !stored.out.contains("symbolic"), "\(stored.out)")
        let alone = try withExtendedLifetime(folder) {
            try Faultline.run(
                ["check", "a.fl", "--max-time", "1s"], in: folder.url,
                environment: ["FAULTLINE_LIBZ3": "/nowhere/libz3.so"])
        }
        #expect(alone.status == 3 && alone.codes.isEmpty, "\(alone.out)\(alone.err)")
    }

    // MARK: Export

    @Test("an exported question is the same each time, and says what its answer means")
    func export() throws {
        let arguments = ["export", "--to", "smt2", "--depth", "8", Self.transparency, "--variant", "access_left_out"]
        let run = try Faultline.run(arguments)
        #expect(run.status == 0 && run.err.isEmpty)
        #expect(
            run.out.hasPrefix(
                "; specs/teaching/4_transparency.fl small/access_left_out\n; sat: some run of exactly 8 steps"))
        #expect(run.out.contains("(set-logic QF_BV)\n") && run.out.hasSuffix("(check-sat)\n(get-model)\n"))
        #expect(try Faultline.run(arguments).out == run.out)
    }

    @Test("an exported question goes into a file; what can't be asked or written is refused")
    func exportToFile() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let base = ["export", "--to", "smt2", "--depth", "6", "good.fl"]
        #expect(try Faultline.run(base + ["-o", "q.smt2"], in: folder).status == 0)
        #expect(try folder.read("q.smt2").contains("(assert\n"))
        let unknown = try Faultline.run(base + ["--property", "smal"], in: folder)
        #expect(unknown.status == 2 && unknown.codes == ["FL0704"] && unknown.err.contains("there are: "))
        let unwritable = try Faultline.run(base + ["-o", "none/q.smt2"], in: folder)
        #expect(unwritable.status == 2 && unwritable.codes == ["FL0702"])
        #expect(try Faultline.run(["export", "--to", "smt2", "--depth", "-1", "good.fl"], in: folder).status == 2)
        #expect(try Faultline.run(["export", "--to", "smt2", "good.fl"], in: folder).status == 2)
        #expect(try Faultline.run(["export", "--to", "horn", "--depth", "1", "good.fl"], in: folder).status == 2)
    }

    @Test(
        "a question about runs says that theorems are left out, and one without runs or with steps of theorems is refused"
    )
    func exportBesideTheorems() throws {
        let folder = try TemporaryFolder()
        let claim = "theorem same(v: bits<8>) { v & 15 == v }\n"
        let code = "module both\nvar x: 0..3 = 0\nprocess p { x = 1 }\ninvariant i { x < 3 }\nscenario s {}\n"
        try folder.write("both.fl", code + claim)
        let base = ["export", "--to", "smt2", "both.fl", "--depth"]
        let runs = try Faultline.run(base + ["1"], in: folder)
        #expect(runs.status == 0 && runs.out.contains("; theorems are not asked about here: same\n"), "\(runs.out)")
        #expect(runs.err.contains("theorems are not asked about here; --property NAME asks about one: same"))
        let one = try Faultline.run(base + ["0", "--property", "same"], in: folder)
        #expect(one.status == 0 && one.err.isEmpty && one.out.contains("; sat: same is refuted by these values"))
        let deep = try Faultline.run(base + ["1", "--property", "same"], in: folder)
        #expect(deep.status == 2 && deep.codes == ["FL0704"], "\(deep.err)")
        try folder.write("never.fl", code.replacing("process", with: "init { await x > 1 }\nprocess"))
        let never = try Faultline.run(["export", "--to", "horn", "never.fl"], in: folder)
        #expect(never.status == 2 && never.codes == ["FL0501"] && never.out.isEmpty, "\(never.err)")
        let anywhere = ["export", "--to", "smt2", "--depth", "1", "--from", "anywhere", "never.fl"]
        #expect(try Faultline.run(anywhere, in: folder).status == 0)
    }

    @Test("an exported question may begin anywhere")
    func exportFromAnywhere() throws {
        let base = ["export", "--to", "smt2", "--depth", "1", Self.transparency, "--scenario", "small"]
        let (first, free) = (try Faultline.run(base), try Faultline.run(base + ["--from", "anywhere"]))
        #expect(first.status == 0 && !first.out.contains("|entry[P0]|"))
        #expect(free.status == 0 && free.out.contains("(declare-fun |entry[P0]| ()"))
        #expect(free.out.contains("; sat: some run of exactly 1 step from states in which nothing of it is wrong"))
    }

    @Test("Horn clauses say where nothing is reachable that is wrong, and are the same each time")
    func horn() throws {
        let folder = try TemporaryFolder()
        try folder.write("good.fl", Samples.good)
        let arguments = ["export", "--to", "horn", "good.fl", "--scenario", "s"]
        let run = try Faultline.run(arguments, in: folder)
        #expect(run.status == 0 && run.out.contains("(set-logic HORN)\n(declare-fun |is reachable| ("), "\(run.err)")
        #expect(run.out.hasSuffix("(check-sat)\n") && run.out.contains("(forall ("))
        #expect(try Faultline.run(arguments, in: folder).out == run.out)
    }
}
