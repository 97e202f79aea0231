import Syntax
import Testing

@Suite("Statements")
struct StatementTests {
    private func tree(_ statements: String) -> String {
        let result = parsed("module m\nprocess p {\n\(statements)\n}\n")
        guard result.diagnostics.isEmpty, result.tree.declarations.count == 1,
            case .process(_, _, _, _, _, _, let body) = result.tree.declarations[0].kind
        else { return "\(result.diagnostics.map(\.message))" }
        return TreeText.of(body)
    }

    @Test(
        "Each statement has its tree",
        arguments: [
            ("a[i].b = c; a += 1\n a -= {x}", "{a[i].b = c; a += 1; a -= {x}}"),
            ("let x: T? = f(y)\n var z: set<T>\n var w = 1", "{let x: T? = f(y); var z: set<T>; var w = 1}"),
            ("lock a shared nested(\"why\") when c", "{lock a shared nested(why) when c}"),
            ("unlock a[i, j] when not c; downgrade a", "{unlock a[i, j] when (not c); downgrade a}"),
            ("try lock v[i] shared else { return }", "{try lock v[i] shared else {return}}"),
            ("if a { b() } else if c { d() } else { e() }", "{if a {b()} else {if c {d()} else {e()}}}"),
            ("if a\n{ b() }\nelse\n{ c() }", "{if a {b()} else {c()}}"),
            ("if a == R { b: 1 } { c() }", "{if (a == R{b: 1}) {c()}}"),
            ("await a == R { b: 1 }; while a { b() }", "{await (a == R{b: 1}); while a {b()}}"),
            ("match a { b: c() }", "{match a [b: {c()}]}"),
            ("loop { break }; loop at most n { continue }", "{loop {break}; loop at most n {continue}}"),
            ("loop retry at most 3 { continue retry }", "{loop retry: at most 3 {continue retry:}}"),
            ("do out { break out }", "{do out: {break out:}}"),
            ("while x in {a, b} { f() }", "{while (x in {a, b}) {f()}}"),
            ("each q in {q in P where a}, r in R { f() }", "{each q in {q in P where a}, r in R {f()}}"),
            (
                "choose a in A where p(a), b in B then x[a] = b else { return }",
                "{choose a in A where p(a), b in B then x[a] = b else {return}}"
            ),
            ("either { a() } or { b() }\n or {}", "{either {a()} or {b()} or {}}"),
            ("guard x is some(y) and z else { fail \"no\" }", "{guard ((x is some(y)) and z) else {fail \"no\"}}"),
            ("atomic(\"one \\\"step\\\"\") { a = 1 }", "{atomic(one \"step\") {a = 1}}"),
            ("commit m.load(x); assert ok: a == b; assert c", "{commit m.load(x); assert ok: (a == b); assert c}"),
            ("fail oops: \"text\"; bump s.version", "{fail oops: \"text\"; bump s.version}"),
            ("return segv", "{return segv}"),
            ("slot[s] = Info { a: 1,\n b: 2\n c: 3 }", "{slot[s] = Info{a: 1, b: 2, c: 3}}"),
            ("lock a\n shared += 1\n lock b\n nested(c)", "{lock a; shared += 1; lock b; nested(c)}"),
            ("free = 1; lock = 2; data(x)", "{free = 1; lock = 2; data(x)}"),
        ])
    func forms(source: String, expected: String) { #expect(tree(source) == expected) }

    @Test("Arms of a match end at the next pattern with a colon")
    func arms() {
        let source = """
            match f(x) {
                none: {}
                mapped(old, _): a = 1
                                b.c(old)
                hw.swapped(s):
                    assert named: s == s; x = 1
                    match y { 0: return; true: break; _: continue }
                {}: f()
                _: { g(); h() }
            }
            """
        let expected =
            "{match f(x) [none: {} mapped(old, _): {a = 1; b.c(old)} "
            + "hw.swapped(s): {assert named: (s == s); x = 1; "
            + "match y [0: {return} true: {break} _: {continue}]} {}: {f()} _: {do {g(); h()}}]}"
        #expect(tree(source) == expected)
    }

    @Test("A record is not read in the head of a statement, where the brace opens the block")
    func heads() {
        #expect(tree("if a == Leaf { f() }") == "{if (a == Leaf) {f()}}")
        #expect(tree("if f(Leaf { a: 1 }) { g() }") == "{if f(Leaf{a: 1}) {g()}}")
        #expect(tree("match x { a: y = Leaf { b: 1 } }") == "{match x [a: {y = Leaf{b: 1}}]}")
    }
}
