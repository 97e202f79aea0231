import Diagnostics
import Program
import Testing

struct ElaborationTests {
    private let declarations = """
        module m
        domain Mm, Frame
        enum Pte { none, mapped(frame: Frame, writable: bool) }
        var pte[Mm]: Pte
        var owner: Mm?
        var busy: set<Mm>
        var n: 0..7
        var w: 0..7 wrap
        var word: bits<8>
        handler pick() -> 0..3 { return 1 }
        handler other(k: 0..7) -> 0..3 { return 2 }

        """

    /// A process with this body.
    private func process(_ body: String, _ more: String = "") -> FrontEnd {
        FrontEnd(declarations + more + "\nprocess p {\n\(body)\n}\nscenario s { Mm = 2, Frame = 2 }")
    }

    private func invariant(_ condition: String) -> FrontEnd {
        FrontEnd(declarations + "invariant i { \(condition) }\nscenario s { Mm = 2, Frame = 2 }")
    }

    private func statements(_ body: String, _ more: String = "") throws -> (Program, [Stmt]) {
        let found = process(body, more)
        let program = try #require(found.program, "\(found.rendered)")
        return (program, program.processes[0].body.statements)
    }

    private func calls(_ body: String) throws -> [String] {
        let (program, statements) = try statements(body)
        return statements.map { $0.calledHandler.map { program[$0].name } ?? "-" }
    }

    // MARK: Calls

    @Test("calls are made first, from left to right, then the statement itself")
    func orderOfCalls() throws {
        #expect(try calls("n = pick() + other(1)") == ["pick", "other", "-"])
        #expect(try calls("n = other(pick())") == ["pick", "other", "-"])
        #expect(try calls("if some(pick()) == some(other(1)) { n = 1 }") == ["pick", "other", "-"])
        #expect(try calls("let x = pick()") == ["pick"])
        #expect(try calls("match pick() { 0: {}\n_: {} }") == ["pick", "-"])
        #expect(try calls("guard pick() == 1 else { return }") == ["pick", "-"])
    }

    @Test(
        "a call that is made only sometimes, or again and again, is refused",
        arguments: [
            "if n == 0 and pick() == 1 { n = 1 }", "while pick() == 1 { n = 1 }", "await pick() == 1",
            "n = if n == 0 { pick() } else { 1 }", "choose m in Mm where pick() == 1",
            "let x = count(m in Mm where pick() == 1)",
        ])
    func refusedCalls(_ body: String) { #expect(process(body).codes.contains("FL0216")) }

    // MARK: Types of locals

    @Test("a local has the declared type, else the bounds of its value")
    func localTypes() throws {
        func type(_ binding: String) throws -> Type? {
            let (program, _) = try statements(binding)
            return program.processes[0].scope.locals.first { $0.name == "x" }?.type
        }
        func range(_ low: Int64, _ high: Int64) -> Type { .range(lower: low, upper: high, wraps: false) }
        #expect(try type("let x: 0..3 = n") == range(0, 3))
        #expect(try type("let x: 0..3 = pick()") == range(0, 3))
        #expect(try type("let x: 0..1 = pick()") == range(0, 1))
        #expect(try type("let x = n + 1") == range(1, 8))
        #expect(try type("let x = -n") == range(-7, 0))
        #expect(try type("let x = if n == 0 { n } else { 9 }") == range(0, 9))
        #expect(try type("let x = match owner { none: 12\nsome(_): n }") == range(0, 12))
        #expect(try type("let x = count(m in Mm where m in busy)") == range(0, 2))
        #expect(try type("let x: int = n * 2") == range(0, 14))
        #expect(try type("let x: Mm? = none") == .optional(.domain(DomainID(0))))
    }

    @Test("the bounds of a function's result do not depend on the order of declarations")
    func boundsOfFunctions() throws {
        let function = "fun twice(k: 0..3): int = k + k"
        for text in [
            "module m\n\(function)\nprocess p { let x = twice(1) }\nscenario s {}",
            "module m\nprocess p { let x = twice(1) }\n\(function)\nscenario s {}",
        ] {
            let program = try #require(FrontEnd(text).program)
            let x = program.processes[0].scope.locals.first { $0.name == "x" }
            #expect(x?.type == .range(lower: 0, upper: 6, wraps: false))
        }
    }

    // MARK: Expressions

    @Test(
        "well-typed conditions",
        arguments: [
            "owner == none or owner != none", "none == owner", "all m in Mm: some(m) == owner or owner is none",
            "all m in Mm: mapped_is(m)", "1 + n > 0 and 8 - n > 0", "word == 0x0F or 0x0F == word",
            "1 + word == word + 1",
            "3 < word", "word & 0x0F == 0 or ~word != 0", "word << 1 >> 1 == word or word[7:4] ++ word[3:0] == word",
            "bits<4>(n) == 3 or bits<16>(word) == 9 or int(word) > 3", "{} == busy or busy is {}",
            "busy + {} == busy and count(busy & all Mm) < 3", "all m in Mm: m not in busy - m",
            "{m in Mm where m in busy} == busy", "if n == 0 { none } else { owner } == owner",
            "match n { 0: none\n_: owner } == owner", "n in {1, 2, 3} or n in {}",
            "(pte_of_first() with { writable: true }).writable",
            "all m in Mm: pte[m] is mapped(_, true) implies pte[m].writable", "not (owner is some(x) and x in busy)",
            "owner is some(x) implies x in busy", "unit == unit", "owner! in busy", "p.started implies not p.finished",
        ])
    func wellTyped(_ condition: String) {
        let more =
            "fun mapped_is(m: Mm): bool = pte[m] == none\nfun pte_of_first(): Pte = match owner { none: none\nsome(m): pte[m] }"
        let found = FrontEnd(
            declarations + more + "\nprocess p {}\ninvariant i { \(condition) }\nscenario s { Mm = 2, Frame = 2 }")
        #expect(found.rendered == "")
    }

    @Test(
        "ill-typed conditions",
        arguments: [
            ("n", "FL0206"), ("n == true", "FL0206"), ("owner == pte", "FL0207"), ("busy == {1}", "FL0211"),
            ("word == 256", "FL0103"), ("word + n == 1", "FL0206"), ("word & n == 1", "FL0206"),
            ("n << 1 == 2", "FL0206"),
            ("n[0:0] == 1", "FL0206"), ("word[0:1] == 1", "FL0209"), ("int(n) == 1", "FL0206"),
            ("all m in Mm: m == 0", "FL0211"), ("all m in Mm: m <= m", "FL0211"), ("all m in n: true", "FL0206"),
            ("owner < owner", "FL0206"), ("busy < busy", "FL0206"), ("n!", "FL0206"), ("n is {}", "FL0206"),
            ("owner is some(x) or x in busy", "FL0203"), ("not (owner is some(x)) and x in busy", "FL0203"),
            ("owner is not some(x) implies x in busy", "FL0203"), ("n with { a: 1 } == n", "FL0206"),
            ("all n in Mm: true", "FL0204"), ("all m in Mm, m in Mm: true", "FL0204"), ("unbounded == n", "FL0206"),
            ("pick() == 1", "FL0216"), ("count(m in Mm) == busy", "FL0206"),
            ("racy(1) == 1 or racy(n + 1) == 1", "FL0206"),
            ("\"text\" == n", "FL0206"), ("~n == 1", "FL0206"), ("-busy == 1", "FL0206"),
        ])
    func illTyped(_ condition: String, _ code: String) {
        let found = invariant(condition)
        #expect(found.codes.contains(code), "\(found.rendered)")
    }

    @Test("a value is taken for the content of an optional")
    func optionals() throws {
        let (_, statements) = try statements("choose m in Mm\nowner = m")
        guard case .assign(_, .set, let value) = statements.last?.kind, case .makeSome = value.kind else {
            Issue.record("no `some`")
            return
        }
    }

    @Test(
        "constants are calculated",
        arguments: [
            ("0..9", "2 * 3 + 1", "7"), ("0..9", "if true { 4 } else { 5 }", "4"), ("bits<8>", "0xF0 | 0x0C", "0xfc"),
            ("bits<8>", "~0x0F & 0xFF", "0xf0"), ("bits<8>", "0x81 << 1", "0x2"), ("bits<8>", "0x81 >> 70", "0x0"),
            ("bits<4>", "bits<8>(0xA5)[7:4]", "0xa"), ("bits<8>", "bits<4>(3) ++ bits<4>(5)", "0x35"),
            ("bool", "count({1, 2, 2}) == 2", "true"), ("set<0..3>", "{1, 2} - 1", "{2}"),
            ("bool", "1 in {1, 2}", "true"),
            ("bool?", "some(true)", "some(true)"), ("bits<8>", "0xFF + 2", "0x1"),
        ])
    func constants(_ type: String, _ value: String, _ expected: String) throws {
        let found = FrontEnd("module m\nconst c: \(type) = \(value)\ninvariant i { c == c }\nscenario s {}")
        let program = try #require(found.program, "\(found.rendered)")
        guard case .invariant(_, let conjuncts) = program.properties[0].kind,
            case .binary(.equal, let left, _) = conjuncts[0].kind, case .constant(let constant) = left.kind
        else {
            Issue.record("no constant")
            return
        }
        #expect(Naming(program).text(constant) == expected)
    }

    @Test("a constant lies in its type", arguments: ["5 + 4", "0 - 1", "if true { 9 } else { 1 }"])
    func constantsOutside(_ value: String) {
        #expect(FrontEnd("module m\nconst c: 0..7 = \(value)\nscenario s {}").codes == ["FL0209"])
        #expect(FrontEnd("module m\nrecord R { a: 0..7 = \(value) }\nscenario s {}").codes == ["FL0209"])
    }

    // MARK: Scopes

    @Test(
        "bindings live where they are certain",
        arguments: [
            "if owner is some(x) { busy += x }", "if owner is some(x) and x in busy { busy -= x }",
            "guard owner is some(x) else { return }\nbusy += x", "await owner is some(x)\nbusy += x",
            "atomic(\"one\") { let x = n }\nn = x", "choose m in Mm\nbusy += m",
            "atomic(\"one\") { choose m in Mm where m in busy else { return } }\nbusy += m",
            "match owner { some(x): busy += x\nnone: {} }", "loop out { do in_it { break out } }",
            "if owner is some(x) { busy += x }\nif owner is some(x) { busy -= x }",
        ])
    func scopes(_ body: String) {
        let found = process(body)
        #expect(!found.codes.contains { $0 < "FL03" }, "\(found.rendered)")
    }

    @Test(
        "bindings end where they are not certain",
        arguments: [
            "if owner is some(x) { n = 1 } else { busy += x }", "if owner is some(x) { n = 1 }\nbusy += x",
            "do { let x = n }\nn = x", "guard owner is some(x) else { busy += x; return }",
            "assert owner is some(x)\nbusy += x",
            "choose m in Mm else { busy += m }", "either { let x = n } or { n = x }",
        ])
    func endOfScopes(_ body: String) { #expect(process(body).codes.contains("FL0203")) }

    @Test(
        "a name is not hidden by another one",
        arguments: [
            "let n = 1", "choose n in Mm", "each n in Mm {}", "let x = 1; do { let x = 2 }", "var owner: bool = true",
        ])
    func shadowing(_ body: String) { #expect(process(body).codes == ["FL0204"]) }

    // MARK: Domains

    @Test(
        "a local of a domain is assigned on every path before it is read",
        arguments: [
            ("var m: Mm\nbusy += m", true), ("var m: Mm\nif n == 0 { choose k in Mm; m = k }\nbusy += m", true),
            ("var m: Mm\nif n == 0 { choose k in Mm; m = k } else { return }\nbusy += m", false),
            ("var m: Mm\nloop { choose k in Mm; m = k; break }\nbusy += m", false),
            ("var m: Mm\nloop at most 2 { choose k in Mm; m = k }\nbusy += m", true),
            ("var m: Mm\ndo out { if n == 0 { break out }\nchoose k in Mm; m = k }\nbusy += m", true),
            ("var m: Mm?\nif m is some(k) { busy += k }", false), ("var m: Mm", false),
        ])
    func definiteAssignment(_ body: String, _ isError: Bool) {
        #expect(process(body).codes.contains("FL0211") == isError)
    }

    // MARK: Exhaustiveness

    @Test(
        "a match without an arm for some value names one",
        arguments: [
            ("match owner { some(_): true }", "none"), ("match owner { none: true }", "some(_)"),
            ("match n { 0: true\n1: true }", "2"), ("match busy { {}: true }", "{M0}"),
            ("match word { 0: true }", "0x1"),
        ])
    func missingArms(_ condition: String, _ value: String) {
        let found = invariant(condition)
        #expect(found.errors.map(\.message) == ["this `match` has no arm for `\(value)`"])
    }
}
