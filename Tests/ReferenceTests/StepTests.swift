import Program
import Reference
import Testing

/// Where steps begin and end: the section "Control points and steps".
@Suite struct StepTests {
    let b = Builder()

    @Test("Each access is a step, and the end is reached with the last one")
    func accesses() {
        let x = b.variable("x", small)
        b.process("p", [b.set(b.at(x), .int(1)), b.set(b.at(x), .int(2)), b.await(b.read(x).eq(.int(2)))])
        #expect(b.interpreter.length() == 3)
    }

    @Test("Local statements join the step before them, and the first ones the step after them")
    func locals() {
        let x = b.variable("x", small)
        let second = b.set(b.at(x), .local(1))
        b.process(
            "p", locals: [("a", small), ("b", small)],
            [b.bind(0, .int(1)), b.set(b.at(x), .local(0)), b.bind(1, .int(2)), second, b.setLocal(0, .int(0))])
        let i = b.interpreter
        let state = i.after(0, i.first)
        #expect(i.value(x, state) == .int(1))
        #expect(i.stop(0, state) == second.id.raw)
        #expect(i.point(0, state)?.locals.map(\.value) == [.int(2)])
        #expect(i.point(0, i.after(0, state))?.isFinal == true)
    }

    @Test("A body without an access is one step to the end")
    func onlyLocals() {
        b.process("p", locals: [("a", small)], [b.bind(0, .int(1))])
        #expect(b.interpreter.length() == 1)
    }

    @Test("A choice at the start is a step of its own, with the local statements after it")
    func choiceAtStart() {
        let x = b.variable("x", small)
        let write = b.set(b.at(x), .local(1))
        b.process("p", locals: [("a", small), ("b", small)], [choose(0, [1, 2]), b.bind(1, .local(0)), write])
        let i = b.interpreter
        let steps = i.steps(0, i.first)
        #expect(steps.map { $0.choices.map(\.value) } == [[.int(1)], [.int(2)]])
        #expect(steps.map { $0.choices.map(\.label) } == [["a"], ["a"]])
        #expect(steps.allSatisfy { i.stop(0, $0.next) == write.id.raw })
    }

    @Test("A choice behind an access joins it")
    func choiceJoins() {
        let x = b.variable("x", small)
        b.process("p", locals: [("a", small)], [b.set(b.at(x), .int(1)), choose(0, [1, 2])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).count == 2)
        #expect(i.steps(0, i.first).allSatisfy { i.point(0, $0.next)?.isFinal == true })
    }

    @Test("A process that begins with a loop starts at the loop's head, which is a rest point")
    func outermostLoop() {
        let x = b.variable("x", .bool)
        let loop = b.loop([b.set(b.at(x), .bool(true)), b.set(b.at(x), .bool(false))])
        b.process("p", [loop])
        let i = b.interpreter
        let inside = i.after(0, i.first)
        #expect(i.value(x, inside) == .bool(true))
        #expect(i.point(0, inside)?.isRest == false)
        let head = i.after(0, inside)
        #expect(head == i.first)
        #expect(i.point(0, head)?.isRest == true)
        #expect(i.after(0, head) == inside)
    }

    @Test("A choice at a loop head is a step of its own")
    func choiceInLoop() {
        let x = b.variable("x", small)
        let write = b.set(b.at(x), .local(0))
        b.process("p", locals: [("a", small)], [b.loop([choose(0, [1, 2]), write])])
        let i = b.interpreter
        let first = i.steps(0, i.first)
        #expect(first.count == 2)
        let head = first[0].next.flatMap { i.after(0, $0) }
        #expect(i.point(0, head)?.isRest == true)
        let again = head.map { i.steps(0, $0) } ?? []
        #expect(again.count == 2 && again.allSatisfy { i.stop(0, $0.next) == write.id.raw })
    }

    @Test("`at most` ends at the head without a step of its own, and goes on behind")
    func atMost() {
        let x = b.variable("x", small)
        let loop = b.s(.loop(atMost: .int(2), counter: LocalID(0), b.block([b.add(b.at(x), .int(1))])))
        b.process("p", locals: [("n", .int)], [loop])
        let i = b.interpreter
        #expect(i.length() == 2)
        let once = i.after(0, i.first)
        #expect(i.point(0, once)?.isRest == true)
        #expect(i.point(0, once)?.locals.map(\.value) == [.int(1)])
    }

    @Test("`unbounded` rounds never end")
    func unbounded() {
        let x = b.variable("x", .bool)
        let count = Expr.value(.unbounded, .rangeOrUnbounded(lower: 1, upper: 9))
        b.process(
            "p", locals: [("n", .int)],
            [b.s(.loop(atMost: count, counter: LocalID(0), b.block([b.set(b.at(x), .bool(true))])))])
        let i = b.interpreter
        let head = i.after(0, i.first)
        #expect(i.after(0, head) == head)
    }

    @Test("The test of a local `while` is made before the stop at its head")
    func localWhile() {
        let x = b.variable("x", small)
        let condition = Expr.local(0).op(.less, .int(2))
        let loop = b.s(.whileLoop(condition, b.block([b.add(b.at(x), .int(1)), b.setLocal(0, .local(0).plus(1))])))
        b.process("p", locals: [("k", small)], [b.bind(0, .int(0)), loop])
        let i = b.interpreter
        #expect(i.length() == 2)
        #expect(i.point(0, i.after(0, i.first))?.isRest == true)
    }

    @Test("A `while` that reads shared state is an access in each round")
    func sharedWhile() {
        let x = b.variable("x", small)
        b.process("p", [b.s(.whileLoop(b.read(x).op(.less, .int(2)), b.block([b.add(b.at(x), .int(1))])))])
        #expect(b.interpreter.length() == 5)
    }

    @Test("Each round of a loop without an access is a step")
    func quietLoop() {
        let i = {
            b.process("p", [b.loop([])]); return b.interpreter
        }()
        let head = i.after(0, i.first)
        #expect(i.point(0, head)?.isRest == true)
        #expect(i.after(0, head) == head)
    }

    @Test("`if`, `match` and `guard` on shared state are accesses; going into a branch is not")
    func branches() {
        let x = b.variable("x", .bool)
        let y = b.variable("y", small)
        let first = b.set(b.at(y), .int(1))
        let second = b.set(b.at(y), .int(2))
        b.process(
            "p",
            [
                b.when(b.read(x), [], [first]),
                b.s(.match(b.read(x), [Arm(pattern: .anything, body: b.block([second]))])),
                b.s(.guardElse(b.read(x), otherwise: b.block([b.s(.returnValue(nil))]))),
                b.set(b.at(y), .int(3)),
            ])
        let i = b.interpreter
        #expect(i.stop(0, i.after(0, i.first)) == first.id.raw)
        #expect(i.length() == 5)
    }

    @Test("A call is an access only where its arguments are; the body follows with its own statements")
    func calls() {
        let x = b.variable("x", small)
        let h = b.handler(
            "h", parameters: 1, locals: [("a", small)], result: small,
            [b.set(b.at(x), .local(0)), b.s(.returnValue(.local(0)))])
        let shared = b.s(.call(h, [b.read(x)], result: nil))
        b.process("p", locals: [("r", small)], [b.call(h, [.int(2)], result: 0), shared])
        let i = b.interpreter
        let once = i.after(0, i.first)
        #expect(i.stop(0, once) == shared.id.raw)
        let twice = i.after(0, once)
        #expect(i.point(0, twice)?.callStack == ["h"])
        #expect(i.point(0, twice)?.locals.map(\.name) == ["a"])
        #expect(i.length() == 3)
    }

    @Test("A commit joins the step before it; at rest it is a step")
    func commits() {
        let g = b.variable("g", small, role: .ghost)
        let x = b.variable("x", small)
        let h = b.handler("h", ghost: true, parameters: 1, locals: [("a", small)], [b.set(b.at(g), .local(0))])
        b.process("p", [b.set(b.at(x), .int(1)), b.commit(h, [.int(2)])])
        b.process("q", [b.commit(h, [b.read(x).plus(1)]), b.set(b.at(x), .int(3))])
        let i = b.interpreter
        let p = i.after(0, i.first)
        #expect(i.value(g, p) == .int(2) && i.point(0, p)?.isFinal == true)
        let q = i.after(1, i.first)
        #expect(i.value(g, q) == .int(1) && i.value(x, q) == .int(0))
    }

    @Test("Labelled blocks and loops are left and continued without a step")
    func jumps() {
        let x = b.variable("x", small)
        let out = b.reserve()
        let round = b.reserve()
        let retry = b.when(.local(0, .bool), [b.setLocal(0, .bool(false)), b.s(.continueLoop(round))])
        let loop = b.s(
            round,
            .loop(
                atMost: nil, counter: nil,
                b.block([
                    b.add(b.at(x), .int(1)), retry, b.s(.breakOut(out)),
                ])))
        b.process("p", locals: [("again", .bool)], [b.bind(0, .bool(true)), b.s(out, .doBlock(b.block([loop])))])
        let i = b.interpreter
        #expect(i.length() == 2)
    }

    @Test("A step that must wait is not enabled")
    func waits() {
        let x = b.variable("x", .bool)
        b.process("p", [b.await(b.read(x))])
        let i = b.interpreter
        #expect(i.steps(0, i.first).isEmpty)
    }

    private func choose(_ local: Int, _ values: [Int64]) -> Stmt {
        b.s(.choose([Binder(local: LocalID(local), set: .set(values), condition: nil)], then: [], otherwise: nil))
    }
}
