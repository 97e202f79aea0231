import Testing

/// Specs in which a reduction once hid something: what is violated without it must be violated with it.
@Suite("Regressions of reductions")
struct ReductionRegressionTests {
    private static let head = """
        module small
        domain D
        type Small = 0..3
        ghost var inside: 0..7
        ghost var gone: bool
        ghost handler enter() { inside += 1 }
        ghost handler leave() { inside -= 1 }
        ghost handler go() { gone = true }
        scenario s { D = 2 }

        """

    private static let specs: [(name: String, text: String)] = [
        (
            "a commit behind an unlock shows the state before it",
            """
            var l: lock
            var x: Small guarded by l
            process p[d: D] { lock l; x = 1; commit enter(); unlock l; commit leave() }
            invariant alone { inside == 0 and racy(x) < 3 }
            """
        ),
        (
            "a commit behind an unlock is no part of the change before it",
            """
            var l: lock
            var x: Small guarded by l
            process p { lock l; x = 1; commit enter(); unlock l; commit go() }
            invariant seen { racy(x) < 3 }
            transition order { gone implies old(inside) > 0 }
            """
        ),
        (
            "a commit behind a read under a lock shows the state before it",
            """
            var l: lock
            var x: Small guarded by l
            process p { lock l; commit enter(); let y = x; commit leave(); assert small: y <= 1; unlock l }
            process q { lock l; x = 1; unlock l }
            invariant alone { inside == 0 }
            """
        ),
        (
            "an assert behind an unlock sees what others have told meanwhile",
            """
            var l: lock
            var x: Small guarded by l
            var y: Small
            process p { lock l; x = 1; unlock l; assert unset: not gone }
            process q { await racy(x) == 1; y = 1; commit go() }
            invariant seen { racy(x) < 3 and y < 3 }
            """
        ),
        (
            "the end of a process is behind its last unlock",
            """
            var l: lock
            var x: Small guarded by l
            process p { lock l; x = 1; unlock l }
            invariant early { racy(x) == 1 implies p.finished }
            """
        ),
        (
            "the end of a process is behind its last read, also of what nobody needs",
            """
            var x: Small
            var z: Small
            process p { z = 1; let y = x }
            process q { x = 1 }
            invariant early { z == 1 implies p.finished }
            invariant seen { x < 3 }
            """
        ),
        (
            "what nobody reads still parts two commits",
            """
            var x: Small
            process p[d: D] { x = 1; commit enter(); x = 2; commit leave() }
            invariant alone { inside == 0 }
            """
        ),
        (
            "what nobody reads still parts two commits, also on one of two ways",
            """
            var x: Small
            var y: Small
            process p[d: D] {
                choose n in Small
                y = 1
                commit enter()
                if n == 1 { x = 2 }
                commit leave()
            }
            invariant alone { inside == 0 and y < 3 }
            """
        ),
        (
            "a process that waits behind what nobody reads is not at rest",
            """
            var x: Small
            var y: Small
            process p { loop { x = 1; await y == 1; y = 0 } }
            invariant seen { y < 3 }
            """
        ),
        (
            "the same in a handler",
            """
            var x: Small
            var y: Small
            handler h() { x = 1; await y == 1; y = 0 }
            process p { loop { h() } }
            invariant seen { y < 3 }
            """
        ),
        (
            "the first statement of a branch is what picks it",
            """
            var t: bool
            var dead: bool
            ghost var unread: bool
            ghost handler flip() { unread = not unread }
            process p { either { commit flip(); await t } or { } }
            process q { either { dead = true; await t } or { } }
            process r { await t; t = false }
            invariant i { not t }
            """
        ),
        (
            "a transition is judged over steps that change nothing",
            """
            var dead: bool
            var b: bool
            process p { dead = true }
            process q { await b; b = false }
            transition t { old(not b) implies b }
            """
        ),
        (
            "a process whose loop does nothing has started all the same",
            """
            var dead: bool
            var b: bool
            process p { b = true }
            process q { loop { dead = true; dead = false } }
            invariant i { not (q.started and b) }
            """
        ),
        (
            "a read of what only dead code would write is no step between two commits",
            """
            var a: Small
            var c: bool
            process p { commit enter(); let f = c; commit leave(); assert ok: not f }
            process q { if a > 0 { c = true } }
            invariant alone { inside == 0 }
            """
        ),
        (
            "hardware may stop while it holds a lock",
            """
            var l: lock
            process p { lock l; unlock l }
            hardware process h { lock l; unlock l }
            """
        ),
        (
            "hardware may stop between two reads under a lock",
            """
            var l: lock
            var x: Small guarded by l
            process p { lock l; x = 1; unlock l }
            hardware process h { lock l; let t = x; unlock l; assert q: t < 2 }
            """
        ),
        (
            "hardware may stop between a lock and an unlock with nothing else in between",
            """
            var l: lock
            var dead: Small
            process p { lock l; unlock l }
            hardware process h { lock l; dead = 1; unlock l }
            """
        ),
        (
            "an unlock is a step, also for a transition that looks at nothing it changes",
            """
            var l: lock
            var x: Small guarded by l
            process p { lock l; x = 1; unlock l }
            transition t { old(racy(x)) == 1 implies racy(x) != 1 }
            """
        ),
        (
            "a read is a step, also for a transition that looks at nothing it changes",
            """
            var l: lock
            var x: Small guarded by l
            var y: Small
            process p { lock l; x = 1; let b = x; y = b; unlock l }
            transition t { old(racy(x)) == 1 implies y != old(y) or y == 1 }
            """
        ),
        (
            "a process rests at its start, whether or not dead local code comes before its loop",
            """
            var z: bool
            process p { let t = 1; loop { await z } }
            """
        ),
        (
            "a variable that keeps the first element names it",
            """
            var first: D
            var x: bool
            symbolic const favourite: D
            process p { x = true }
            invariant i { x implies first == favourite }
            """
        ),
        (
            "a dead field that is reset to the first element names it",
            """
            record R { atomic n: 0..1 = 1, d: D when n > 0 }
            var r: R
            var q: D?
            symbolic const favourite: D
            process p { r.n -= 1; r.n += 1; let a = r.d; q = some(a) }
            invariant i { q is some(d) implies d == favourite }
            """
        ),
    ]

    @Test("Each reduction keeps what is violated", arguments: specs.indices)
    func regression(number: Int) throws {
        let (name, text) = Self.specs[number]
        let source = Self.head + text + "\n"
        #expect(Prepared.rejections(source).isEmpty, "\(name)")
        let prepared = try #require(Prepared(source))
        let comparison = try #require(Comparison(prepared, limit: 10_000))
        #expect(comparison.differences.isEmpty, "\(name)")
    }
}
