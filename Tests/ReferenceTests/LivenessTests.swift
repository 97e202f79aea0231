import Program
import Reference
import Testing

/// "Dead values": locals that nobody reads any more are no part of a state.
@Suite struct LivenessTests {
    let b = Builder()

    @Test("A local dies with its last use, so that states that differ in it alone are one")
    func lastUse() {
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small)],
            [
                choose(0), b.set(b.at(x), .local(0)), b.set(b.at(x), .int(0)), b.await(.bool(false)),
            ])
        let i = b.interpreter
        let ends = i.steps(0, i.first).compactMap(\.next).map { i.after(0, i.after(0, $0)) }
        #expect(ends.count == 2 && ends[0] == ends[1])
    }

    @Test("A local that is written before it is read again is dead")
    func overwritten() {
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small)],
            [
                b.bind(0, .int(2)), b.set(b.at(x), .local(0)), b.await(.bool(true)), b.setLocal(0, .int(1)),
                b.set(b.at(x), .local(0)),
            ])
        let i = b.interpreter
        #expect(i.point(0, i.after(0, i.first))?.locals.isEmpty == true)
        #expect(i.point(0, i.after(0, i.after(0, i.first)))?.locals.map(\.value) == [.int(1)])
    }

    @Test("`+=` reads its local")
    func increment() {
        let x = b.variable("x", small)
        let bump = b.s(.assignLocal(LocalID(0), [], .add, .int(1)))
        b.process(
            "p", locals: [("a", small)],
            [
                b.bind(0, .int(1)), b.set(b.at(x), .int(1)), b.await(.bool(true)), bump, b.set(b.at(x), .local(0)),
            ])
        let i = b.interpreter
        #expect(i.point(0, i.after(0, i.first))?.locals.map(\.value) == [.int(1)])
    }

    @Test("What a later round of a loop reads is live")
    func loops() {
        let x = b.variable("x", small)
        let stop = b.await(.bool(true))
        b.process(
            "p", locals: [("a", small)],
            [
                b.bind(0, .int(2)), b.loop([stop, b.set(b.at(x), .local(0)), b.await(.bool(true))]),
            ])
        let i = b.interpreter
        let late = i.after(0, i.after(0, i.first))
        #expect(i.point(0, late)?.locals.map(\.value) == [.int(2)])
    }

    @Test("Behind a `break`, only what stands behind the target counts")
    func breaks() {
        let x = b.variable("x", small)
        let out = b.reserve()
        let first = b.await(.bool(true))
        let body = [b.await(.bool(true)), b.s(.breakOut(out)), b.set(b.at(x), .local(0))]
        b.process(
            "p", locals: [("a", small), ("c", small)],
            [
                b.bind(0, .int(1)), b.bind(1, .int(2)), first, b.s(out, .doBlock(b.block(body))),
                b.set(b.at(x), .local(1)),
            ])
        let i = b.interpreter
        #expect(i.point(0, i.after(0, i.first))?.locals.map(\.name) == ["c"])
    }

    @Test("A caller keeps what it reads after the call, and the handler what it still reads")
    func callers() {
        let x = b.variable("x", small)
        let h = b.handler(
            "h", parameters: 2, locals: [("u", small), ("v", small)], result: small,
            [
                b.set(b.at(x), .local(0)), b.set(b.at(x), .int(0)), b.s(.returnValue(.local(1))),
            ])
        b.process(
            "p", locals: [("a", small), ("c", small), ("r", small)],
            [
                b.bind(0, .int(1)), b.bind(1, .int(2)), b.call(h, [.local(0), .local(0)], result: 2),
                b.set(b.at(x), .local(1)), b.set(b.at(x), .local(2)),
            ])
        let i = b.interpreter
        let inside = i.after(0, i.first)
        #expect(i.point(0, inside)?.locals.map(\.name) == ["c", "v"])
        let behind = i.after(0, inside)
        #expect(i.point(0, behind)?.locals.map(\.name) == ["c", "r"])
        #expect(i.point(0, behind)?.locals.map(\.value) == [.int(2), .int(1)])
    }

    @Test("What a pattern of `if` and `guard` binds lives on; a match binds in its arm")
    func patterns() {
        let o = b.variable("o", .optional(small))
        let x = b.variable("x", small)
        let bound = b.read(o).matches(.some(.bind(LocalID(0))))
        let arm = Arm(pattern: .some(.bind(LocalID(1))), body: b.block([b.set(b.at(x), .local(1))]))
        b.process(
            "p", locals: [("a", small), ("c", small)],
            [
                b.set(b.at(o), .value(.some(.int(2)), .optional(small))),
                b.s(.guardElse(bound, otherwise: b.block([b.s(.returnValue(nil))]))),
                b.s(.match(b.read(o), [arm, Arm(pattern: .none, body: b.block([]))])),
                b.set(b.at(x), .local(0)),
            ])
        let i = b.interpreter
        let guarded = i.after(0, i.after(0, i.first))
        #expect(i.point(0, guarded)?.locals.map(\.name) == ["a"])
        #expect(i.point(0, i.after(0, guarded))?.locals.map(\.name) == ["a", "c"])
        #expect(i.length() == 5)
    }

    private func choose(_ local: Int) -> Stmt {
        b.s(.choose([Binder(local: LocalID(local), set: .set([1, 2]), condition: nil)], then: [], otherwise: nil))
    }
}
