import Foundation
import SchemaTestSupport
import Testing

/// `faultline solve`, and `--engine explicit+z3`, as users meet them.
struct SolveTests {
    private static let watermark = "specs/symbolic/watermark.fl"
    private static let modes = """
        module modes
        enum Mode { strict, lax, off }
        symbolic const mode: Mode
        symbolic const limit: 0..7
        symbolic const high: bits<64>
        var n: 0..8 = 0
        process p {
            loop {
                await n < 8
                if mode is off { return }
                atomic("one process") { n += 1 }
                assert below: n <= limit + 2
                if n == 6 { return }
            }
        }
        invariant high_enough { mode is off implies high >= 0x1_0000_0000 }
        scenario s {}
        """

    private func solve(_ text: String, _ more: [String] = []) throws -> Faultline.Run {
        try Faultline.run("solve", on: text, more)
    }

    // MARK: Solve

    @Test("a threshold of 32 bits is solved exactly, with the values next to the boundary")
    func threshold() throws {
        let run = try Faultline.run(["solve", Self.watermark, "--variant", "as_written"])
        #expect(run.status == 1, "\(run.err)")
        #expect(run.out.contains("two/as_written: holds exactly where watermark >= 3; "), "\(run.out)")
        #expect(run.out.contains("violated for watermark = 2; holds for watermark = 3"), "\(run.out)")
    }

    @Test("what holds for all values has the status of success")
    func all() throws {
        let run = try Faultline.run(["solve", Self.watermark, "--scenario", "two"])
        #expect(run.status == 0 && run.out.contains("two: holds for all values; "), "\(run.out)\(run.err)")
    }

    @Test("several constants are solved together: few values one by one, one of 64 bits by its ends")
    func several() throws {
        let run = try solve(Self.modes)
        #expect(run.status == 1, "\(run.err)")
        #expect(
            run.out.contains(
                "holds exactly where ((mode is strict or mode is lax) and limit >= 4) or "
                    + "(mode is off and high >= 0x100000000)"), "\(run.out)")
        #expect(
            run.out.contains("high_enough is violated first where mode is off and high <= 0xffffffff"), "\(run.out)")
        #expect(run.out.contains("below is violated first where (mode is strict or mode is lax) and limit <= 3"))
    }

    @Test("the answer as JSON fits its schema, and is the same each time")
    func json() throws {
        func document() throws -> JSON { try JSON(try solve(Self.modes, ["--format", "json"]).out) }
        let first = try document()
        #expect(try SchemaValidator("solve.schema.json").problems(first) == [])
        let run = try #require(first["runs"]?.elements.first)
        #expect(run["answer"]?.text == "some" && run["exact"] == .bool(true))
        #expect(try document()["runs"]?.elements.first?["holds"] == run["holds"])
    }

    @Test("no value is none, and a bound that is reached is inconclusive with what is known")
    func others() throws {
        let none = try solve(
            Self.modes.replacing("mode is off implies high >= 0x1_0000_0000", with: "high == 0 and n > 9"))
        #expect(none.status == 1 && none.out.contains("holds for no value"), "\(none.out)\(none.err)")
        let bounded = try Faultline.run(["solve", Self.watermark, "--variant", "as_written", "--depth", "3"])
        #expect(bounded.status == 3, "\(bounded.out)")
        #expect(bounded.out.contains("inconclusive; ") && bounded.out.contains("every run of up to 3 steps was judged"))
        let cut = try Faultline.run(["solve", Self.watermark, "--variant", "as_written", "--depth", "12"])
        #expect(cut.status == 1)
        #expect(
            cut.out.contains("inconclusive, but violated where watermark >= 1 and watermark <= 2"), "\(cut.out)")
        let document = try Faultline.run([
            "solve", Self.watermark, "--variant", "as_written", "--depth", "12", "--format", "json",
        ])
        let known = try #require(try JSON(document.out)["runs"]?.elements.first)
        #expect(known["holds"] == .null && known["violated"]?.text == "watermark >= 1 and watermark <= 2")
        let boundary = try #require(known["boundaries"]?.elements.first)
        #expect(boundary["holds"] == .null && boundary["nothingFound"] != .null, "\(document.out)")
        #expect(try SchemaValidator("solve.schema.json").problems(try JSON(document.out)) == [])
        let states = try Faultline.run(["solve", Self.watermark, "--max-states", "5"])
        #expect(states.status == 3 && states.out.contains("the limit on states was reached"), "\(states.out)")
    }

    @Test("two wide constants are told as the conditions that were met, with an example")
    func loose() throws {
        let run = try solve(
            """
            module two
            symbolic const low: bits<32>
            symbolic const high: bits<32>
            process p { assert ordered: low <= high }
            scenario s {}
            """)
        #expect(run.status == 1 && run.out.contains("holds where low <= high"), "\(run.out)\(run.err)")
        #expect(run.out.contains("violated for low = "), "\(run.out)")
    }

    @Test("values for which init has no outcome are named, and not said to hold")
    func neverStarts() throws {
        func spec(_ claim: String) -> String {
            """
            module starts
            symbolic const b: bits<16>
            var x: bits<16>
            init { await b > 100 and b < 500
             x = b }
            process p { assert z: \(claim) }
            scenario s {}
            """
        }
        let some = try solve(spec("x != 400"))
        #expect(some.status == 1, "\(some.err)")
        #expect(
            some.out.contains("holds exactly where (b >= 101 and b <= 399) or (b >= 401 and b <= 499)"), "\(some.out)")
        #expect(some.out.contains("`init` has no outcome where b <= 100 or b >= 500: nothing is judged there"))
        let all = try solve(spec("x < 500"), ["--format", "json"])
        let run = try #require(try JSON(all.out)["runs"]?.elements.first)
        #expect(all.status == 1 && run["answer"]?.text == "some" && run["violated"]?.text == "false", "\(all.out)")
        #expect(run["neverStarts"]?.text == "b <= 100 or b >= 500")
        #expect(try SchemaValidator("solve.schema.json").problems(try JSON(all.out)) == [])
        let none = try solve(spec("x > 500"))
        #expect(none.status == 1 && none.out.contains("holds for no value"), "\(none.out)")
    }

    @Test("a limit before all initial states are made says nothing of values without one")
    func limitInInit() throws {
        let run = try solve(
            """
            module forks
            symbolic const f: bool
            symbolic const n: 0..9
            var x: 0..9 = 0
            init { if f { x = 1 } else { if n > 5 { x = 2 } else { x = 3 } } }
            process p { assert z: x != 1 or n < 3 }
            scenario s {}
            """, ["--max-states", "1"])
        #expect(run.status == 3 && !run.out.contains("no outcome"), "\(run.out)")
    }

    @Test("what a case has is said behind the case, also where cases hold cases")
    func nestedCases() throws {
        func formula(_ declarations: String, _ claim: String) throws -> String {
            let run = try solve(
                "module nested\ntype N = 0..1000\ntype V = bits<32>\n\(declarations)\nsymbolic const other: V\n"
                    + "process p { assert c: \(claim) }\nscenario s {}\n")
            return run.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let optional = try formula(
            "enum Mode { off, slow(by: V), fast(by: V) }\nsymbolic const oo: Mode?",
            "oo is none or (match oo! { off: true, slow(b): b > 3, fast(b): b > other })")
        #expect(optional.contains("oo is some(_) and oo! is slow and oo!.by <= 3"), "\(optional)")
        let payload = try formula(
            "enum Mode { slow(by: N?), odd(a: bits<1>, to: V) }\nsymbolic const mode: Mode",
            "match mode { slow(b): b is some(7), odd(_, b): b > other }")
        #expect(payload.contains("(mode is slow and mode.by == none) or (mode is slow and "), "\(payload)")
        #expect(payload.contains(" == 1 and mode.by! != 7)"), "\(payload)")
    }

    @Test("several claims over several wide constants are told in few words, cases by their names")
    func fewWords() throws {
        let run = try solve(
            """
            module words
            type N = 0..1000
            type V = bits<32>
            enum Mode { off, slow(by: V), fast(by: V, twice: bool) }
            symbolic const limit: N?
            symbolic const other: V
            symbolic const mode: Mode
            process p {
                assert a: limit is none or limit! > 3
                assert b: other != 7
                assert c: match mode { off: true, slow(b): b > 3, fast(b, t): b > 10 or t }
            }
            scenario s {}
            """)
        #expect(run.status == 1, "\(run.err)")
        let words = run.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(
            words.contains(
                "holds where (limit is none or limit! > 3) and other != 7 and (mode is not slow or mode.by > 3) and "
                    + "(mode is not fast or mode.twice or mode.by > 10); "), "\(run.out)")
        #expect(
            words.contains("a is violated first where limit is some(_) and limit! <= 3 (1 step or more)"), "\(run.out)")
        #expect(words.contains("mode = slow(0x0)"), "\(run.out)")
    }

    @Test("a test of bits, which splits the values into many intervals, is told as it was met")
    func bits() throws {
        func mask(_ test: String) -> String {
            "module mask\nsymbolic const a: bits<64>\nprocess p { if \(test) { fail hit: \"hit\" } }\nscenario s {}\n"
        }
        let one = try solve(mask("a & 1 == 1"))
        #expect(one.status == 1 && one.out.contains("holds where a[0:0] != 1"), "\(one.out)\(one.err)")
        let byte = try solve(mask("a & 0xFF == 0x7F"))
        #expect(byte.status == 1 && byte.out.contains("holds where a[7:0] != 127"), "\(byte.out)\(byte.err)")
    }

    @Test("a theorem that is refuted is named, and nothing is said to hold for all values")
    func theorems() throws {
        func spec(_ claim: String) -> String {
            """
            module claims
            symbolic const m: bits<32>
            var x: bits<32>
            process p { x = m; assert other: x != 77 }
            theorem t(a: bits<32>) { \(claim) }
            scenario s {}

            """
        }
        let refuted = try solve(spec("a & m == a or m < 1000"))
        #expect(refuted.status == 1 && refuted.out.contains("t is violated first where m == "), "\(refuted.out)")
        #expect(
            refuted.out.contains("theorem `t` is refuted") && !refuted.out.contains("holds exactly"), "\(refuted.out)")
        let document = try JSON(try solve(spec("a & m == a or m < 1000"), ["--format", "json"]).out)
        #expect(document["runs"]?.elements.first?["holds"] == .null)
        let proved = try solve(spec("a & m == m & a"))
        #expect(proved.out.contains("holds exactly where m != 77"), "\(proved.out)\(proved.err)")
        let only = try solve(
            "module only\nsymbolic const m: bits<32>\ntheorem t(a: bits<32>) { a & m == a }\nscenario s {}\n")
        #expect(only.status == 2 && only.err.contains("theorems are judged for all values"), "\(only.err)")
    }

    @Test("ranges are told by their values, and a choice among many of them is replayed in a moment")
    func ranges() throws {
        let run = try solve(
            """
            module wide
            type N = -100000..100000
            symbolic const cap: N
            var x: N = 0
            process p { choose v in N; x = v }
            invariant larger { x == 0 or x != cap }
            scenario s {}
            """)
        #expect(run.out.contains("holds exactly where cap == 0; "), "\(run.out)\(run.err)")
        let two = try solve(
            """
            module two
            type N = -100000..100000
            symbolic const low: N
            symbolic const high: N
            process p { assert ordered: low <= high }
            scenario s {}
            """)
        #expect(two.out.contains("holds where low <= high"), "\(two.out)\(two.err)")
    }

    @Test("cases, payloads and fields are called what the spec calls them")
    func words() throws {
        let run = try solve(
            """
            module words
            enum Entry { nothing, swapped(slot: bits<8>), mapped(frame: bits<20>, young: bool) }
            word record Pair { low: bits<14>, high: bits<12> }
            symbolic const entry: Entry
            symbolic const limit: 5..40000?
            symbolic const pair: Pair
            process p {
                if entry is mapped(f, y) and y and f > 9 { fail mapped: "" }
                if limit is some(x) and x > 17 and pair.high >= 4 { fail limited: "" }
            }
            scenario s {}
            """)
        #expect(run.status == 1, "\(run.err)")
        #expect(
            run.out.contains(
                "mapped is violated first where entry is mapped and entry.young and entry.frame > 9 (1 step"),
            "\(run.out)")
        #expect(
            run.out.contains(
                "holds where (entry is not mapped or not entry.young or entry.frame <= 9) and "
                    + "(limit is none or pair.high < 4 or limit! <= 17); "), "\(run.out)")
    }

    @Test("an unknown scenario is named as everywhere, and the first of several scenarios is said to be that")
    func scenarios() throws {
        let unknown = try Faultline.run(["solve", Self.watermark, "--scenario", "nope"])
        #expect(unknown.status == 2 && unknown.codes == ["FL0703"] && unknown.out.isEmpty, "\(unknown.err)")
        let first = try solve(Self.modes + "\nscenario t {}")
        #expect(first.err == "scenario `s`, the first of 2; --scenario NAME takes another\n")
        #expect(try solve(Self.modes + "\nscenario t {}", ["--scenario", "t"]).err.isEmpty)
    }

    @Test("without symbolic constants, or without libz3, one message says so")
    func refused() throws {
        let run = try Faultline.run(["solve", "specs/teaching/4_transparency.fl"])
        #expect(run.status == 2 && run.codes == ["FL0704"] && run.out.isEmpty, "\(run.err)")
        let missing = try Faultline.run(
            ["solve", Self.watermark], in: Repository.root, environment: ["FAULTLINE_LIBZ3": "/nowhere/libz3.so"])
        #expect(missing.status == 2 && missing.codes == ["FL0810"], "\(missing.err)")
    }

    // MARK: The engine

    @Test("a violation says for which values it is there, also as JSON")
    func condition() throws {
        let arguments = ["check", Self.watermark, "--variant", "as_written", "--engine", "explicit+z3"]
        let run = try Faultline.run(arguments)
        #expect(
            run.status == 0 && run.out.contains("violated progress (12 steps), as expected; "), "\(run.out)\(run.err)")
        #expect(run.out.contains("it happens where watermark >= 1 and watermark <= 2"))
        let report = try JSON(try Faultline.run(arguments + ["--format", "json"]).out)
        #expect(try SchemaValidator("report.schema.json").problems(report) == [])
        let found = report["runs"]?.elements.first
        #expect(found?["solving"]?["condition"]?.text == "watermark >= 1 and watermark <= 2")
    }

    @Test("contents of 63 bits hold for all values within a moment")
    func contents() throws {
        let text = try Repository.text("specs/teaching/4_transparency.fl")
            .replacing("type Value = 0..1", with: "type Value = bits<63>").replacing("data == 1", with: "data != 0")
        let folder = try TemporaryFolder()
        try folder.write("wide.fl", text)
        let run = try Faultline.run(["check", "wide.fl", "--engine", "explicit+z3"], in: folder)
        #expect(run.status == 0, "\(run.out)\(run.err)")
        #expect(run.out.contains("small: holds, as expected; "))
        #expect(run.out.contains("violated ideal.coherent (25 steps), as expected"))
    }

    @Test("limits are inconclusive with their reason")
    func limits() throws {
        let base = ["check", "specs/teaching/4_transparency.fl", "--scenario", "full_disk", "--engine", "explicit+z3"]
        let depth = try Faultline.run(base + ["--depth", "4"])
        #expect(depth.status == 3 && depth.out.contains("every run of up to 4 steps was judged"), "\(depth.out)")
        let states = try Faultline.run(base + ["--max-states", "100"])
        #expect(states.status == 3 && states.out.contains("the limit on states was reached"), "\(states.out)")
    }
}
