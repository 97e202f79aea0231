import Foundation
import SchemaTestSupport
import Testing

/// What engines that ask a solver could mix up, and the explicit search does not.
struct EngineAgreementTests {
    private func verdicts(_ text: String, _ engines: [String]) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", text)
        return try engines.map { engine in
            let run = try Faultline.run(["check", "a.fl", "--engine", engine, "--format", "json"], in: folder)
            let found = try JSON(run.out)["runs"]?.elements.first
            let steps = found?["steps"]?.number.map { " \(Int($0))" } ?? ""
            return (found?["verdict"]?.text ?? run.err) + steps
        }
    }

    private static let all = ["explicit", "explicit+z3", "bmc", "induction"]

    @Test(
        "cells that are called the same, or like a choice, are told apart",
        arguments: [
            // A local and the program counter.
            """
            module a
            var n: 0..7 = 0
            process a {
                var pc: bits<2> = 0b11
                n = 1
                pc = bits<2>(n)
                n = 5
                assert ok: pc == 0
            }
            scenario s {}
            """,
            // A field, and who takes the step.
            """
            module a
            record R { actor: bool }
            var step: R
            var n: 0..7 = 0
            init { step.actor = true }
            process a { n = 1; if step.actor { assert ok: n == 7 } }
            process b { step.actor = true; n = 3; n = 4 }
            scenario s {}
            """,
            // A local record, and the local of a handler.
            """
            module a
            record R { x: 0..7, y: 0..7 }
            var n: 0..7 = 0
            var m: 0..7 = 0
            handler h() { let x = n; n = 2; n = x }
            process a { var h: R = R { x: 1, y: 2 }; n = 3; h(); n = h.x; m = h.y; assert ok: h.x == 3 }
            process b { let q = n; m = q }
            invariant small { n != 7 and m != 7 }
            scenario s {}
            """,
        ])
    func names(_ text: String) throws {
        let found = try verdicts(text, Self.all)
        #expect(Set(found).count == 1 && found[0].hasPrefix("violated "), "\(found)")
    }

    @Test("an optional or a case that would hold an element of an empty domain has no such value")
    func emptyDomain() throws {
        let text = """
            module a
            domain Frame
            enum E { none_yet, one(frame: Frame) }
            symbolic const c: Frame?
            symbolic const e: E
            symbolic const k: bits<40>
            var n: 0..7 = 0
            process a {
                n = if k == 3 { 2 } else { 1 }
                if c is some(_) or e is one(_) { n = 7 }
            }
            invariant never { n != 7 }
            scenario s { Frame = 0 }
            """
        #expect(try verdicts(text, ["explicit+z3", "bmc", "induction"]) == ["holds", "holds", "proved"])
        let solved = try Faultline.run("solve", on: text)
        #expect(solved.status == 0 && solved.out.contains("holds for all values"), "\(solved.out)")
    }

    @Test("a process that goes on with one of 2⁴⁰ values is in no deadlock")
    func wideWait() throws {
        let text = """
            module a
            type V = bits<40>
            var x: V = 7
            var n: 0..7 = 0
            process p { n = 1; choose y in V where y == x + 5; n = 2 }
            process q { x = 9 }
            scenario s {}
            """
        #expect(try verdicts(text, ["explicit+z3", "bmc"]) == ["holds", "holds"])
    }

    @Test("thousands of claims in one step are judged one after the other")
    func manyClaims() throws {
        let claims = (0..<8000).map { "assert a\($0): m <= 6\n" }.joined()
        let text = """
            module a
            symbolic const k: bits<40>
            var m: 0..7 = 0
            process p { atomic("at once") { \(claims) if k == 5 { m = 7 } } }
            invariant small { m < 7 }
            scenario s {}
            """
        #expect(try verdicts(text, ["explicit+z3"]) == ["violated 1"])
    }

    @Test("ic3 learns from few values of a constant in many cells, and ends")
    func manyCells() throws {
        let folder = try TemporaryFolder()
        let cases = (0..<12).map { "c\($0)(a: bits<40>, b: bits<40>)" }.joined(separator: ", ")
        try folder.write(
            "a.fl",
            "module a\nenum E { \(cases) }\nsymbolic const m: E\nvar x: bool = false\n"
                + "process p {\n x = true\n assert a: m is c3(v, _) implies v != 1000 \n}\nscenario s {}\n")
        let run = try Faultline.run(["check", "--engine", "ic3", "--max-time", "60s", "a.fl"], in: folder)
        #expect(run.status == 1 && run.out.contains("violated a (1 step)"), "\(run.out)\(run.err)")
    }

    @Test("a bound on steps is none for theorems")
    func theoremDepth() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.fl", "module a\ntheorem same(v: bits<8>) { v & 255 == v }\nscenario s {}\n")
        for engine in ["bmc", "induction", "explicit+z3"] {
            let run = try Faultline.run(["check", "a.fl", "--engine", engine, "--depth", "0"], in: folder)
            #expect(run.status == 0 && run.out.contains("proved"), "\(run.out)\(run.err)")
        }
    }

    @Test("each question is saved under a number of its own, those about theorems too")
    func savedQuestions() throws {
        let folder = try TemporaryFolder()
        try folder.write(
            "a.fl",
            """
            module a
            symbolic const k: bits<8>
            var n: 0..7 = 0
            process p { n = 1; if k == 3 { n = 2 } }
            theorem other(x: bits<8>) { x + 1 != x }
            invariant small { n != 7 }
            scenario s {}
            """)
        let run = try Faultline.run(["check", "a.fl", "--engine", "bmc", "--save-queries", "asked"], in: folder)
        #expect(run.status == 0, "\(run.out)\(run.err)")
        let found = try Faultline.run(["check", "a.fl", "--engine", "bmc", "--format", "json"], in: folder)
        let ofRuns = try JSON(found.out)["runs"]?.elements.first?["solving"]?["queries"]?.number ?? 0
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.appendingPathComponent("asked").path)
        #expect(ofRuns > 0 && files.count > Int(ofRuns), "\(files), \(ofRuns)")
    }

    @Test("where several claims are violated at once, all engines that search by steps name the first")
    func sameName() throws {
        let folder = try TemporaryFolder()
        // The fourth step violates one of three, whichever is chosen.
        try folder.write(
            "a.fl",
            """
            module a
            type T = 0..2
            var n: 0..6
            process p { choose x in T; n = x; n = x + 1; n = x + 4 }
            invariant a { n != 5 }
            invariant b { n != 4 }
            invariant c { n != 6 }
            scenario s {}
            """)
        for engine in ["explicit+z3", "bmc", "induction", "ic3"] {
            let run = try Faultline.run(["check", "a.fl", "--engine", engine], in: folder)
            #expect(run.status == 1 && run.out.contains("s: violated a (4 steps), expected"), "\(engine): \(run.out)")
        }
    }

    @Test("a value that is computed from itself, over and over, is a question of a second")
    func hash() throws {
        let folder = try TemporaryFolder()
        // Written out, the last line would have 3^24 parts.
        let lines = (0..<24).map { "c = c ^ (c << \($0 % 7 + 1)) ^ (c >> \(20 - $0 % 7))" }.joined(separator: "\n")
        try folder.write(
            "a.fl",
            """
            module a
            symbolic const x: bits<32>
            var done: bool
            process p { atomic("one step") {
                var c: bits<32> = x
                \(lines)
                assert odd: c & 0x1F != 3
                done = true
            } }
            scenario s { expect violated odd }
            """)
        for engine in ["explicit+z3", "bmc", "induction", "ic3"] {
            let run = try Faultline.run(["check", "a.fl", "--engine", engine, "--max-time", "60s"], in: folder)
            #expect(run.status == 0 && run.out.contains("violated odd (1 step)"), "\(engine): \(run.out)\(run.err)")
        }
    }

    @Test("what is found to be violated is reported, though the values with which it is take too long")
    func hardCondition() throws {
        let text = """
            module a
            symbolic const a: bits<64>
            var z: bits<64>
            process p { z = a * a; assert q: z < a or z[63:32] == a[31:0] or a <= 0xFFFF_FFFF }
            scenario s {}
            """
        #expect(try verdicts(text, ["explicit+z3"]) == ["violated 2"])
    }

    @Test("a symbolic value that is changed and changed back is the same state as before")
    func changedBack() throws {
        for (there, back) in [
            ("word | 2", "word & ~2"), ("word ^ 5", "word ^ 5"), ("word - 3", "word + 3"), ("~word", "~word"),
            ("word & ~0xff | 0x12", "word & ~0x10"),
        ] {
            let text = """
                module a
                symbolic const k: bits<64>
                var word: bits<64>
                init { word = k }
                process p { loop { atomic("there") { word = \(there) }
                    atomic("back") { word = \(back) } } }
                invariant odd { k & 0xf00 == word & 0xf00 or word & 0xf00 == ~k & 0xf00 or word - k + 3 <= 6 }
                scenario s {}
                """
            #expect(try verdicts(text, ["explicit+z3"]) == ["holds"], "\(there)")
        }
    }

    // MARK: Export

    private func export(_ text: String, _ more: [String]) throws -> String {
        try Faultline.run("export", on: text, ["--to"] + more).out
    }

    @Test("a question from anywhere is about every order of steps")
    func anywhere() throws {
        let text = """
            module a
            var x: bool = false
            var y: bool = false
            var z: bool = false
            process a { x = true }
            process b { y = true }
            process c { z = true }
            invariant i { not (x and not y) and not z }
            scenario s {}
            """
        let base = ["smt2", "--depth", "3", "--from", "anywhere"]
        #expect(try export(text, base) == export(text, base + ["--without", "partial-order"]))
        #expect(
            try export(text, ["smt2", "--depth", "3"])
                != export(text, ["smt2", "--depth", "3", "--without", "partial-order"]))
    }

    @Test("a question says that it leaves out deadlocks which only a guess could tell")
    func guessedDeadlock() throws {
        let text = """
            module a
            type V = bits<40>
            var x: V = 7
            var n: 0..7 = 0
            process p { n = 1; choose y in V where (y * y) & x == 5; n = 2 }
            scenario s {}
            """
        for format in [["smt2", "--depth", "2"], ["horn"]] {
            #expect(try export(text, format).contains("; deadlocks are not asked about: "))
            #expect(try export(text, format + ["--property", "deadlock"]).contains("; a violation may be none: "))
        }
    }

    @Test("variables of a spec may be called as the clauses call their own")
    func clauseNames() throws {
        let clauses = try export(
            """
            module a
            var HEAD: bool = false
            var REACHABLE: bool = false
            process a { loop { HEAD = true; REACHABLE = true } }
            invariant i { REACHABLE implies HEAD }
            scenario s {}
            """, ["horn"])
        #expect(
            clauses.contains("(declare-fun |is reachable| (") && clauses.contains("(|HEAD| (_ BitVec 1))"), "\(clauses)"
        )
        #expect(!clauses.contains("|the head|") && !clauses.contains("|the premise|"))
    }
}
