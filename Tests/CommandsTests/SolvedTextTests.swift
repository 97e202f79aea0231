import Foundation
import SchemaTestSupport
import Testing

/// What `faultline solve` writes means what it says.
struct SolvedTextTests {
    private func solve(_ text: String, _ more: [String] = []) throws -> Faultline.Run {
        try Faultline.run("solve", on: text, more)
    }

    @Test("what is computed as a number is told from what wraps around, and how long joined bits are")
    func arithmetic() throws {
        func holds(_ claim: String) throws -> String {
            let run = try solve(
                "module a\nsymbolic const a: bits<8>\nsymbolic const b: bits<8>\nsymbolic const c: bits<16>\n"
                    + "symbolic const r: -2000..2000\nsymbolic const q: 0..3000\nprocess p { assert u: \(claim) }\nscenario s {}\n"
            )
            return run.out.split(separator: ";").first.map(String.init) ?? run.err
        }
        #expect(try holds("int(a) + int(b) >= 16") == "a.fl s: holds where int(a) + int(b) >= 16")
        #expect(try holds("a + b >= 16") == "a.fl s: holds where a + b >= 16")
        #expect(try holds("int(a) - int(b) != -3") == "a.fl s: holds where int(a) + 3 != int(b)")
        #expect(try holds("int(a) + int(b) + int(c) > 16") == "a.fl s: holds where int(a) + int(b) + int(c) > 16")
        #expect(try holds("bits<16>(a) + c > 16") == "a.fl s: holds where c + bits<16>(a) > 16")
        #expect(try holds("r * q > -30") == "a.fl s: holds where (r * q) > -30")
        #expect(try holds("bits<16>(a) << 4 != c") == "a.fl s: holds where c != (a ++ 0b0000)")
        #expect(try holds("bits<16>(a) << 6 != c") == "a.fl s: holds where c != (a ++ 0b000000)")
    }

    /// Symbolic constants, what is claimed of them, and what is told of it.
    private static let mixed = [
        ("x: bits<7>, y: bits<7>", "int(x) + 1 != int(y)", "int(x) + 1 != int(y)"),
        ("x: bits<7>, y: bits<7>", "int(x) + 1 < int(y)", "int(x) + 1 < int(y)"),
        ("x: bits<7>, y: bits<7>", "x + 1 != y", "y != x + 1"),
        ("r: -50..60, x: bits<7>", "bits<7>(r) >= x", "x <= bits<7>(r)"),
        ("r: -2000..2000, y: bits<64>", "bits<64>(r) < y", "bits<64>(r) < y"),
        ("r: -2000..2000, y: bits<64>", "bits<64>(r) != y", "y != bits<64>(r)"),
        ("s: 0..100, x: bits<7>", "bits<7>(3 * s) >= x", "x <= (bits<7>(s) * 3)"),
        ("s: 0..100, x: bits<7>", "bits<7>(0 - s) >= x", "x <= 0 - bits<7>(s)"),
        ("q: bits<32>, y: bits<64>", "bits<64>(q) + y >= 16", "(y + bits<64>(q)) >= 16"),
        ("x: bits<7>, y: bits<64>, u: bits<64>", "bits<64>(x) - y == u", "u == (bits<64>(x) - y)"),
        ("s: 5..90, x: bits<7>", "s <= int(x) + 5", "s <= int(x) + 5"),
        ("s: 5..90, x: bits<7>", "s <= int(x)", "s <= x"),
        (
            "s: 5..90, x: bits<7>, y: bits<7>", "(if s < int(x) { x } else { y }) < x + x",
            "(if (s < x) then x else y) < x + x"
        ),
        (
            "f: bool, x: bits<7>, z: bits<9>", "~(if f { bits<9>(x) } else { 5 }) >= z",
            "z <= ~(if (f) then bits<9>(x) else 5)"
        ),
        (
            "w: -200..-20, x: bits<7>, y: bits<7>", "x > (if w == int(bits<7>(3)) { x } else { y })",
            "(if (w == 3) then x else y) < x"
        ),
    ]

    @Test("numbers among words, and words among numbers, are told as what is computed", arguments: mixed)
    func words(_ constants: String, _ claim: String, _ text: String) throws {
        let declared = constants.split(separator: ",").map { "symbolic const\($0.hasPrefix(" ") ? "" : " ")\($0)\n" }
            .joined()
        let run = try solve("module a\n\(declared)process p { assert u: \(claim) }\nscenario s {}\n")
        #expect(run.out.hasPrefix("a.fl s: holds where \(text);"), "\(run.out)\(run.err)")
    }

    @Test("what a range or a word of so many bits needs is not told, but what it says of numbers")
    func bounds() throws {
        func answer(_ type: String, _ body: String) throws -> String {
            let run = try solve(
                "module a\nsymbolic const a: \(type)\nsymbolic const b: \(type)\nvar x: \(type)\ninit { x = a }\n"
                    + "process p {\n x = b\n atomic(\"one step\") { \(body) }\n}\nscenario s {}\n")
            return run.out.split(separator: ";").first.map(String.init) ?? run.err
        }
        let numbers = "0..1000000"
        #expect(try answer(numbers, "x -= 1") == "a.fl s: holds exactly where b >= 1")
        #expect(try answer(numbers, "x = a - x") == "a.fl s: holds where b <= a")
        #expect(try answer("3..1000000", "x = a + b - 5") == "a.fl s: holds where a + b >= 8 and a + b <= 1000005")
        // The sum wraps around in the bits that it is kept in, and not as a number.
        let signed = try answer("-100000..100000", "if x < 0 { x = x + a }\n assert positive: x > -7")
        #expect(signed == "a.fl s: holds where b >= 0 or a + b >= -6")
        #expect(try answer("bits<32>", "x -= 2\n assert less: x < b") == "a.fl s: holds exactly where b >= 2")
        #expect(try answer("bits<32>", "x += 3\n assert less: x < a") == "a.fl s: holds where b + 3 < a")
        #expect(try answer(numbers, "assert far: 3 * x < a + 7") == "a.fl s: holds where 3 * b < a + 7")
    }

    @Test("a theorem is refuted by all the constants that have a say, elements of tables too")
    func refutingElements() throws {
        let run = try solve(
            """
            module a
            symbolic const k: bits<40>
            symbolic const t[i: 0..1]: 0..3
            var n: 0..7 = 0
            process p { n = 1; assert one: k != 9 or t[0] == 1 }
            theorem tt(x: bits<8>) { not (k == 3 and t[1] == 2) }
            scenario s {}
            """)
        #expect(run.out.contains("tt is violated first where k == 0x3 and t[1] == 2"), "\(run.out)")
    }

    @Test("a constant in several cells is told by its cases, and what a case does not have is not spoken of")
    func severalCells() throws {
        func run(_ head: String, _ claim: String) throws -> Faultline.Run {
            try solve(
                "module a\nenum E { off, on(level: 0..5, deep: bits<63>) }\n\(head)\nvar x: bool = false\n"
                    + "process p {\n x = true\n assert a: \(claim)\n}\nscenario s {}\n")
        }
        let optional = try run("symbolic const k: bits<64>?", "k != some(7) and k is some(_)")
        #expect(
            optional.out.contains("holds exactly where k is some(_) and k! != 7; "), "\(optional.out)\(optional.err)")
        #expect(optional.out.contains("violated first where k is none or (k is some(_) and k! == 7)"))
        #expect(optional.out.contains("violated for k = none; holds for k = some(_), k! = 0"))
        #expect(!optional.out.contains("no outcome"))
        let value = try run("symbolic const e: E", "if e is on(l, d) { l < 3 or d > 1000 } else { true }")
        #expect(
            value.out.contains(
                "holds exactly where e is off or (e is on and e.on.level <= 2) or (e is on and e.on.level >= 3 and e.on.deep >= 1001); "
            ), "\(value.out)\(value.err)")
        let all = try run("symbolic const k: bits<64>?", "k is none or k! >= 0")
        #expect(all.status == 0 && all.out.contains("holds for all values"), "\(all.out)\(all.err)")
        let two = try run(
            "symbolic const k: bits<64>?\nsymbolic const o: bits<64>", "if k is some(v) { v <= o } else { o > 5 }")
        #expect(
            two.out.contains("holds where (k is none or k! <= o) and (k is some(_) or o > 5); "), "\(two.out)\(two.err)"
        )
    }

    @Test("which parts of a record are values is asked of each, with the elements that they name")
    func nestedCells() throws {
        let run = try solve(
            """
            module a
            domain D
            enum O { off, on(who: D, deep: bits<64>) }
            record R { pad: bool, lim: O }
            symbolic const r: R
            var x: bool = false
            process p {
                x = true
                assert a: match r.lim { off: r.pad; on(w, d): d != 9 or r.pad }
            }
            scenario s { D = 2 }
            """)
        #expect(
            run.out.contains("holds exactly where (not r.pad and r.lim is on and r.lim.on.deep != 9) or r.pad; ")
                || run.out.contains("holds exactly where r.pad or (not r.pad and r.lim is on and r.lim.on.deep != 9); "),
            "\(run.out)\(run.err)")
        #expect(!run.out.contains("no outcome"))
    }

    @Test("an element in a payload is told by its name, and is always there")
    func elements() throws {
        func words(_ claim: String) throws -> String {
            let run = try solve(
                """
                module a
                domain P
                enum E { off, opt(o: bits<64>), who(p: P, c: P) }
                symbolic const m: E
                var x: P?
                process q[me: P] {
                    x = some(me)
                    assert a: \(claim)
                }
                scenario s { P = 2 }
                """)
            return run.out.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
        }
        let two = try words("m is who(w, c) implies w == me or c == me")
        #expect(
            two.contains(
                "violated first where (m is who and m.who.p != P1 and m.who.c != P1) or (m is who and m.who.p != P0 and m.who.c != P0) "
            ), "\(two)")
        #expect(two.contains("violated for m = who, m.who.p = P0, m.who.c = P0; holds for "), "\(two)")
        let one = try words("m is who(w, _) implies w == me")
        #expect(one.contains("violated first where m is who (") && !one.contains("none"), "\(one)")
    }

    @Test("an enum of one case has no case to tell, and bits of a payload are counted from its own")
    func oneCase() throws {
        let one = try solve(
            """
            module a
            enum E { c(f: bool, g: bits<40>?) }
            symbolic const m: E
            var x: bool
            process p {
                x = true
                assert a: m is c(_, v) and v is some(w) and w != 1000
            }
            scenario s {}
            """)
        #expect(one.out.contains("violated first where m.g == none or (m.g is some(_) and m.g! == 1000)"), "\(one.out)")
        let bits = try solve(
            """
            module a
            enum E { a, b(f: bits<33>?), c(x: bits<64>) }
            symbolic const m: E
            var x: bool
            process p {
                x = true
                assert a: m is b(some(w)) implies w[30:27] != 3
            }
            scenario s {}
            """)
        #expect(bits.out.contains("m is b and m.b.f is some(_) and m.b.f![30:27] == 3"), "\(bits.out)\(bits.err)")
    }

    @Test("what is certain is not offered once more where something holds")
    func units() throws {
        for (first, second) in [("k is some(_)", "k is none or k! <= o"), ("k is none or k! <= o", "k is some(_)")] {
            let run = try solve(
                "module a\nsymbolic const k: bits<64>?\nsymbolic const o: bits<64>\nvar x: bool\n"
                    + "process p {\n x = true\n assert a: \(first)\n x = false\n assert b: \(second)\n}\nscenario s {}\n"
            )
            // The case first, then what it has.
            #expect(run.out.contains("holds where k is some(_) and k! <= o; "), "\(run.out)\(run.err)")
        }
    }

    @Test("a list of values that would go on for lines is told by its conditions")
    func longLists() throws {
        let run = try solve(
            "module a\nsymbolic const a: 0..60\nsymbolic const b: 0..60\nvar x: bool = false\n"
                + "process p {\n x = true\n assert a: a * 3 != b * 2 + 1\n}\nscenario s {}\n")
        #expect(run.out.contains("a.fl s: holds where 2 * b + 1 != 3 * a; "), "\(run.out)\(run.err)")
        #expect(run.out.contains("violated for a = 1, b = 1; holds for a = 0, b = 1"), "\(run.out)")
    }

    @Test("codes that are no values are not what something holds for")
    func onlyValues() throws {
        let run = try solve(
            """
            module a
            type V = bits<40>
            enum M { a, b, c }
            symbolic const mode: M
            symbolic const k: bits<40>
            var n: 0..7 = 0
            process p {
                n = 1
                choose v in V
                assert one: not (mode is a and (v & k) * k == 0)
                assert two: not (mode is b and (v & k) * k == 0)
                assert three: not (mode is c and (v & k) * k == 0)
            }
            scenario s {}
            """)
        #expect(run.out.contains("inconclusive, but violated where "), "\(run.out)")
        #expect(!run.out.contains("invalid"), "\(run.out)")
    }

    @Test("a formula whose parts are shared again and again is cut short")
    func sharedParts() throws {
        let run = try solve(
            """
            module a
            symbolic const j: bits<16>
            symbolic const k: bits<16>
            fun f(x: bits<16>): bits<16> = (x ^ (x << 1)) & j
            fun g(x: bits<16>): bits<16> = f(f(f(f(x))))
            fun h(x: bits<16>): bits<16> = g(g(g(g(x))))
            process p { assert two: g(h(k)) != 17 }
            scenario s {}
            """)
        #expect(run.out.contains("…") && run.out.count < 50_000, "\(run.out.count)")
    }

    @Test("exact ends of intervals are looked for as long as they are few, else the conditions are shown")
    func manyIntervals() throws {
        let run = try solve(
            """
            module a
            symbolic const a: 0..15
            symbolic const b: 0..15
            symbolic const c: 0..15
            symbolic const k: bits<40>
            process p { assert one: bits<40>(a) + bits<40>(b) * k + bits<40>(c) > 20 or k == 7 }
            scenario s {}
            """, ["--format", "json"])
        let report = try JSON(run.out)
        #expect(
            report.at("runs", "0", "exact") == .bool(false) && (report.at("runs", "0", "queries")?.number ?? 0) < 4000,
            "\(run.out.prefix(600))")
    }
}
