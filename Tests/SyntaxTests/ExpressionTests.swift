import Syntax
import Testing

@Suite("Expressions")
struct ExpressionTests {
    /// The value of `fun f(): int = …`.
    private func tree(_ expression: String) -> String {
        let result = parsed("module m\nfun f(): int = \(expression)\n")
        guard result.diagnostics.isEmpty, result.tree.declarations.count == 1,
            case .function(_, _, _, let value?) = result.tree.declarations[0].kind
        else { return "\(result.diagnostics.map(\.message))" }
        return TreeText.of(value)
    }

    @Test(
        "Operators bind as documented",
        arguments: [
            ("a implies b or c and d", "(a implies (b or (c and d)))"),
            ("a implies b implies c", "(a implies (b implies c))"),
            ("a or b or c", "((a or b) or c)"),
            ("not a == b and c", "((not (a == b)) and c)"),
            ("not a in s or b", "((not (a in s)) or b)"),
            ("a == b | c ^ d & e << f + g * h", "(a == (b | (c ^ (d & (e << (f + (g * h)))))))"),
            ("a - b - c ++ d", "(((a - b) - c) ++ d)"),
            ("-a * ~b", "((- a) * (~ b))"),
            ("(a or b) and c", "((a or b) and c)"),
            ("a not in s - t", "(a not in (s - t))"),
            ("p is none or p == q", "((p is none) or (p == q))"),
            ("x is not mapped(_, true) and y", "((x is not mapped(_, true)) and y)"),
            ("s is {}", "(s is {})"),
        ])
    func precedence(source: String, expected: String) { #expect(tree(source) == expected) }

    @Test(
        "Operands and what follows them",
        arguments: [
            ("a.b[c, d](e)!.f", "a.b[c, d](e)!.f"),
            ("x[7:0] ++ y[n - 1:0]", "(x[7:0] ++ y[(n - 1):0])"),
            ("bits<12>(x) + 0xfF + 0b1_01", "((bits<12>(x) + 255#8) + 5#3)"),
            ("Leaf { frame: f, writable: true }", "Leaf{frame: f, writable: true}"),
            ("hw.Leaf {}", "hw.Leaf{}"),
            ("e with { a: 1 } == e", "((e with {a: 1}) == e)"),
            ("if a { b } else if c { {d} } else { {} }", "(if a b (if c {d} {}))"),
            ("match x { read: true; write: e.w, _: {} }", "(match x read:true; write:e.w; _:{})"),
            ("match x {\n none: 1\n -3: 2\n some(hw.a(y)): 3 }", "(match x none:1; (- 3):2; some(hw.a(y)):3)"),
            ("{q in Page where p is none}", "{q in Page where (p is none)}"),
            ("{a,\n b\n c}", "{a, b, c}"),
            ("racy(x) + old(y)", "(racy(x) + old(y))"),
            ("if c == Leaf { {a} } else { b }", "(if (c == Leaf) {a} b)"),
            ("if (Leaf { a: 1 }) == x { 1 } else { 2 }", "(if (Leaf{a: 1} == x) 1 2)"),
        ])
    func operands(source: String, expected: String) { #expect(tree(source) == expected) }

    @Test(
        "Quantifiers reach to the end, and their words are names elsewhere",
        arguments: [
            (
                "a implies all x in S where x != y: x in T or b",
                "(a implies (all x in S where (x != y): ((x in T) or b)))"
            ),
            ("some c in Cpu: all D == d", "(some c in Cpu: ((all D) == d))"),
            ("all x in S, y in T:\n  x == y", "(all x in S, y in T: (x == y))"),
            ("some(x) + all hw.Cpu", "(some(x) + (all hw.Cpu))"),
            ("count(x in S where P) + count(S)", "((count x in S where P) + count(S))"),
            ("count + old + racy + bits + set", "((((count + old) + racy) + bits) + set)"),
        ])
    func quantifiers(source: String, expected: String) { #expect(tree(source) == expected) }

    @Test("A line that begins with an operator continues the one before")
    func continuation() {
        #expect(tree("a\n  and b\n  not in c\n  implies d") == "((a and (b not in c)) implies d)")
        #expect(tree("a +\n  b") == "(a + b)")
        #expect(tree("f(a\n - b,\n c)") == "f((a - b), c)")
    }

    @Test("A line that begins with `-`, `not` or a bracket is a new condition")
    func newLines() {
        let result = parsed("module m\ninvariant i {\n a\n -b == c\n not d\n (e)\n {f} is {}\n}")
        #expect(result.diagnostics.isEmpty)
        guard
            case .property(_, .invariant(atRest: false, isLemma: false, let conjuncts)) = result.tree.declarations
                .first?.kind
        else {
            Issue.record("no invariant")
            return
        }
        #expect(conjuncts.map { TreeText.of($0) } == ["a", "((- b) == c)", "(not d)", "e", "({f} is {})"])
    }
}
