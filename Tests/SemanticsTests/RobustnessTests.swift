import Diagnostics
import Testing

/// Specs that ask for too much are told so, soon.
@Suite(.serialized)
struct RobustnessTests {
    static let clock = ContinuousClock()

    /// The codes that a spec gives, and a limit on how long that takes (debug build, busy machine).
    private func expect(_ text: String, _ codes: [String], _ place: SourceLocation = #_sourceLocation) {
        var found = FrontEnd("module m")
        let time = Self.clock.measure { found = FrontEnd("module m\n" + text) }
        #expect(found.codes == codes, "\(found.rendered.prefix(2000))", sourceLocation: place)
        #expect(time < .seconds(10), sourceLocation: place)
    }

    @Test("huge ranges")
    func hugeRanges() {
        expect("var x: 0..4294967295", ["FL0209"])
        expect("var x: -9223372036854775807..9223372036854775807", ["FL0209"])
        expect("var x: 0..18446744073709551615", ["FL0103"])
        expect("const n: 0..7 = 9223372036854775807 + 1", ["FL0208"])
        expect("const n: 0..7 = -9223372036854775807 - 2", ["FL0208"])
        expect("var a[0..2000000000]: bool", ["FL0206"])
        expect("invariant i { all x in Big: x == x }\ntype Big = 0..2000000000", ["FL0222"])
        expect("domain D\nscenario s { D = -9223372036854775807..9223372036854775807 }", ["FL0209"])
        expect("domain D\nscenario s { D = 99999999999999999999 }", ["FL0103"])
    }

    @Test("integers that may leave 64 bits")
    func wideIntegers() {
        let big = "2147483647 * 2147483647 * 2147483647"
        expect("process p { let x = \(big) }", ["FL0219"])
        expect("var x: 0..3\nprocess p { x = \(big) }", [])
        expect("fun f(n: int): int = n * n * n * n\ninvariant i { f(2147483647) > 0 }", [])
    }

    @Test("domains of 64 elements, and arrays of them")
    func largeDomains() {
        expect("domain D\nvar a[D]: bool\nvar s: set<D>\nscenario s { D = 64 }", [])
        expect(
            "domain D\nvar a[D, D]: D\nscenario s { D = 64 }\ninvariant i { all d in D: a[d, d] == a[d, d] }",
            ["FL0602"])
        expect("domain D\nvar a[D, D, D]: bool\nscenario s { D = 64 }", ["FL0222"])
        expect("domain D\nvar s: set<D?>\nscenario s { D = 64 }", ["FL0214"])
        expect("domain D\nvar s: set<D?>\nscenario s { D = 63 }", [])
    }

    @Test("types in types in types")
    func deepTypes() {
        var enums = "enum A0 { a }\n"
        var records = "record R0 { a: bool }\n"
        var words = "word record W0 { a: unit }\n"
        for level in 1...60 {
            enums += "enum A\(level) { x(a: A\(level - 1), b: A\(level - 1)) }\n"
            records += "record R\(level) { a: R\(level - 1), b: R\(level - 1) }\n"
            words += "word record W\(level) { a: W\(level - 1), b: W\(level - 1) }\n"
        }
        expect(enums + "var a: A60", ["FL0222"])
        expect(records + "var a: R60", ["FL0222"])
        expect(words + "var a: W60", ["FL0222"])
        var chain = "enum E0 { z, s }\n"
        for level in 1...40 { chain += "enum E\(level) { z, s(e: E\(level - 1)) }\n" }
        expect(chain + "var e: E40\ninvariant i { e is z or e is s(z) }", [])
    }

    @Test("handlers and functions that double at each level")
    func exponentialCalls() {
        var handlers = "var x: 0..3\nhandler h0() { x = 1 }\n"
        var functions = "var x: 0..3\nfun f0(): int = x\n"
        for level in 1...60 {
            handlers += "handler h\(level)() { h\(level - 1)(); h\(level - 1)() }\n"
            functions += "fun f\(level)(): int = f\(level - 1)() + f\(level - 1)()\n"
        }
        expect(handlers + "process p { h60() }\ninvariant i { x < 3 }", ["FL0222"])
        expect(functions + "process p { let n = f60() }", ["FL0219"])
        expect(functions + "invariant i { f60() == 0 }", ["FL0222"])
    }

    @Test("long chains of calls")
    func deepCalls() {
        var text = "handler h0() {}\n"
        for level in 1...3000 { text += "handler h\(level)() { h\(level - 1)() }\n" }
        expect(text + "process p { h3000() }", ["FL0222"])
    }

    @Test("modules that import each other with ever new bindings")
    func endlessImports() {
        let library = TestLibrary(texts: [
            "a": "module a\nimport b as x with { n = n + 1 }\nimport b as y with { n = n + 2 }\nconst n: 0..7 = 0",
            "b": "module b\nimport a as x with { n = n + 1 }\nimport a as y with { n = n + 2 }\nconst n: 0..7 = 0",
        ])
        let found = FrontEnd("module m\nimport a", library: library)
        #expect(found.codes.contains("FL0202"))
        let circle = TestLibrary(texts: ["l": "module l\nopen domain X"])
        let round = FrontEnd(
            """
            module m
            import l as a with { X = b.X }
            import l as b with { X = a.X }
            import l as c with { X = a.X }
            """, library: circle)
        #expect(round.codes == ["FL0212"])
    }

    @Test("sweeps that multiply")
    func sweeps() {
        expect("domain A, B, C\nscenario s { A = 1..30, B = 1..30, C = 1..30 }", ["FL0222"])
    }

    @Test("matches made to be hard")
    func hardMatches() {
        let fields = (0..<24).map { "f\($0): bool" }.joined(separator: ", ")
        let anything = (0..<24).map { _ in "_" }.joined(separator: ", ")
        expect("enum E { c(\(fields)) }\nvar e: E\nprocess p { match e { c(\(anything)): {} } }", [])
        let arms = (0..<24).map { row in
            "c(" + (0..<24).map { $0 == row ? "true" : "_" }.joined(separator: ", ") + "): {}"
        }
        expect(
            "enum E { c(\(fields)) }\nvar e: E\nprocess p { match e { \(arms.joined(separator: "\n")) } }", ["FL0210"])
    }

    @Test("long expressions")
    func longExpressions() {
        expect("var x: bool\ninvariant i { " + String(repeating: "x or ", count: 500) + "x }", [])
        expect("var x: bool\ninvariant i { " + String(repeating: "not ", count: 150) + "x }", [])
        expect(
            "var x: 0..3\ninvariant i { 0 <= " + String(repeating: "(x + ", count: 60) + "x"
                + String(repeating: ")", count: 60) + " }", [])
    }
}
