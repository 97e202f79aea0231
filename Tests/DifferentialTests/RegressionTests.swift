import Testing

/// What random specs have found, made small.
@Suite("Regressions")
struct RegressionTests {
    static let head = """
        module small
        domain D
        type Small = 0..2
        enum Op { stop, go(n: Small) }
        record Pair { count: 0..2 = 0, data: Small = 1 when count > 0, tag: bool = false }
        record Outer { inner: Pair, n: Small = 2 when bit, bit: bool = false }
        scenario s { D = 2 }

        """

    static let specs: [(name: String, text: String)] = [
        (
            "an init that fails for some values, where elements are alike",
            """
            symbolic const home[D]: bool
            var x: Small
            init { choose d in D; x = count(n in Small where home[d]) }
            process p { x = 0 }
            """
        ),
        (
            "a branch that changes nothing is taken while another process holds the lock that it asks for",
            """
            var ml: mutex
            var maybe: D? = none
            process p[a: D] { loop { lock ml; choose d in Small; either { maybe = none } or { {} }; unlock ml } }
            process q[b: D] {
                var v: Small = 0
                while v < 1 { v += 1; do out { if locked(ml) { break out } } }
            }
            invariant i { all d in D: maybe == none }
            """
        ),
        (
            "what a pattern behind another condition names is read where the pattern was tested",
            """
            var flag: bool = true
            var maybe: Small? = some(1)
            var x: Small
            process p { flag = false; maybe = none }
            process q {
                atomic("a look") { if flag and maybe is some(n) and n > 0 { maybe = none; x = n } }
            }
            process r { atomic("a look") { guard flag and maybe is some(n) else { return }; maybe = none; x = n + 1 } }
            invariant i { x != 1 }
            """
        ),
        (
            "a process that does nothing is finished from the start",
            """
            var x: Small
            process p { await true }
            process q[d: D] { {} }
            process r { x = 1 }
            invariant i { x < 2 }
            reachable done { r.finished }
            """
        ),
        (
            "a value that does not fit for certain ends the path",
            """
            var x: Small
            process p { x = 1; if x == 1 { x = 2 + 1 } else { x = 2 }; x = 0 }
            invariant i { x != 2 }
            """
        ),
        (
            "what is written to a dead cell must fit",
            """
            var flag: bool
            var live: Small = 2 when flag
            init { live = live + 1 }
            process p { flag = true }
            invariant i { live != 1 }
            """
        ),
        (
            "the start of a loop with a bound is its head",
            """
            var x: Small
            process p { loop at most 2 { await x == 1; x = 0 } }
            process q { loop at most 2 { await x == 2; x = 0 } }
            invariant i { x != 2 }
            """
        ),
        (
            "the head of a loop whose round never comes back holds no lock",
            """
            var b: bool
            var z: bool
            var l: mutex
            process p { b = true; loop at most 2 { lock l; await z; unlock l } }
            reachable i { b }
            """
        ),
        (
            "sets are indices",
            """
            var a[k: set<D>]: bool
            var s: set<D>
            process p { s = all D; let z = s; a[z] = true }
            process q[c: set<D>] { if a[c] { s = {} } }
            invariant i { not a[all D] or s is {} }
            """
        ),
        (
            "an index of a process that does not fit is a violation",
            """
            var k: 0..7
            var x: bool
            process p[i: Small] { k = 5 }
            process q { await k == 5; let t = p[k].finished; x = true }
            invariant i { not x }
            """
        ),
        (
            "an unlock does not join a step that then waits",
            """
            var l: mutex
            var x: Small
            process p { lock l; x = 1; unlock l; choose n in Small where n > 2; x = n }
            invariant i { x != 1 }
            """
        ),
        (
            "an unlock does not join a step that then fails",
            """
            var l: mutex
            var x: Small
            process p { lock l; x = 1; unlock l; fail "no" }
            invariant i { x != 1 }
            """
        ),
        (
            "fields that vanish inside records that stay",
            """
            var o[d: D]: Outer
            init { choose d in D; o[d] = Outer { inner: Pair { count: 2, tag: true }, bit: false } }
            process p[d: D] { o[d].inner.tag = not o_tag(); o[d].bit = true }
            fun o_tag(): bool = false
            invariant i { all d in D: o[d].inner.tag or not o[d].bit }
            """
        ),
        (
            "what a compare-and-exchange does not store need not fit",
            """
            var row[i: Small]: Small = 0
            process p { let a = cmpxchg(row[2], 1, twice(2)) }
            fun twice(n: int): int = n + n
            invariant i { row[2] != 1 }
            """
        ),
        (
            "a result that nobody takes must fit",
            """
            var op: Op
            handler h() -> Small { op = go(1); return count(k in Small where k >= 0) }
            process p { h() }
            invariant i { op != go(2) }
            """
        ),
        (
            "a local that is only added to keeps its beginning",
            """
            var x: Small = 1
            process p { var v: Small = x; x = 2; v += 2; x = 0 }
            process q { var v = Pair { count: 2, data: 0 }; x = 1; v.tag = false }
            invariant i { x != 3 }
            """
        ),
        (
            "a failing check before a wait is not reported",
            """
            var x: Small
            process p { assert no: false; await x == 2; x = 0 }
            invariant i { x != 1 }
            """
        ),
        (
            "a lock taken twice has no result",
            """
            var l[d: D]: lock
            var x: Small
            process p {
                choose a in D, b in D
                lock l[a]
                lock l[b] nested("they should differ")
                x = 1
                unlock l[b]
                unlock l[a]
            }
            invariant i { x != 2 }
            """
        ),
        (
            "in a handler that does not return the caller's locals are dead",
            """
            var x: Small
            handler h() { loop { x = 1; x = 0 } }
            process p { choose n in Small; x = n; h(); x = n }
            invariant i { x < 3 }
            """
        ),
        (
            "an argument that is known decides no liveness",
            """
            var x: Small
            handler h(a: Small, b: bool) { x = 1; if b { x = a }; x = 2 }
            process p { choose n in Small; h(n, true); choose m in Small; h(m, false) }
            invariant i { x < 3 }
            """
        ),
        (
            "what is put into a set must fit",
            """
            var set1: set<Small> = {1, 2}
            process p { set1 += 2 * 2 }
            process q { set1 -= 2 + 1 }
            invariant i { count(set1) < 3 }
            """
        ),
        (
            "some choices of `init` may have no result",
            """
            var x: Small = 1
            init { choose n in Small; x = n + n }
            process p { await x == 2; x = 0 }
            invariant i { x != 1 }
            """
        ),
        (
            "a result that never fits is kept where nobody takes it",
            """
            var x: Small
            handler h() -> Small { return 3 + -count(d in D where false) }
            process p { x = 1; h(); x = 2 }
            invariant i { x != 2 }
            """
        ),
        (
            "a choice in a comprehension looks at its condition",
            """
            var x: Small
            var set1: set<D> = all D
            process p { choose d in D; choose e in {f in D where f != d}; assert other: e != d; x = 1 }
            process q[d: D] { choose e in {f in set1 where f != d}; set1 -= e }
            process r[d: D] { choose e in {f in D where false} else { return }; assert never: false }
            invariant i { x < 2 }
            """
        ),
        (
            "quantifiers look at all elements",
            """
            var ops[d: D]: Op
            process p[d: D] { ops[d] = go(1) }
            process q { atomic("look") { assert a: some d in D: ops[d] is stop or (match ops[d] { stop: 0; go(n): n - 2 }) == 1 } }
            invariant i { all d in D: ops[d] != go(2) }
            """
        ),
    ]

    @Test("Small specs agree that once did not", arguments: specs.indices)
    func regression(number: Int) throws {
        let (name, text) = Self.specs[number]
        let source = Self.head + text + "\n"
        let rejections = Prepared.rejections(source)
        #expect(rejections.isEmpty, "\(name)")
        let prepared = try #require(Prepared(source))
        let comparison = try #require(Comparison(prepared, limit: 10_000))
        #expect(comparison.differences.isEmpty, "\(name)")
    }
}
