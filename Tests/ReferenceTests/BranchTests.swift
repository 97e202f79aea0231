import Program
import Reference
import Testing

/// `either`, `each`, `choose` and `atomic`.
@Suite struct BranchTests {
    let b = Builder(domains: [("Frame", 2)])
    let frame = Type.domain(DomainID(0))

    // MARK: either

    @Test("Picking a branch and its first access are one step; a blocked branch is not picked")
    func eitherAccess() {
        let x = b.variable("x", small)
        b.process(
            "p", [b.either([[b.await(b.read(x).eq(.int(1)))], [b.set(b.at(x), .int(2)), b.set(b.at(x), .int(3))]])])
        let i = b.interpreter
        let steps = i.steps(0, i.first)
        #expect(steps.map(\.choices).map { $0.map(\.value) } == [[.int(1)]])
        #expect(i.value(x, steps.first?.next) == .int(2))
    }

    @Test("The first statement is looked for behind calls and blocks")
    func eitherCall() {
        let x = b.variable("x", .bool)
        let h = b.handler("h", [b.s(.doBlock(b.block([b.await(b.read(x))])))])
        b.process("p", [b.either([[b.call(h)], []])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).map { $0.choices.map(\.value) } == [[.int(1)]])
    }

    @Test("Picking a branch that begins with a local statement, a choice, or nothing, is the step")
    func eitherLocal() {
        let x = b.variable("x", small)
        let write = b.set(b.at(x), .local(0))
        let other = b.set(b.at(x), .local(0))
        b.process(
            "p", locals: [("a", small)],
            [
                b.either([[b.bind(0, .int(1)), write], [choose(0, in: .set([1, 2])), other], []]),
                b.await(.bool(false)),
            ])
        let i = b.interpreter
        let steps = i.steps(0, i.first)
        #expect(steps.count == 4)
        #expect(steps.map { i.stop(0, $0.next) ?? -2 }.prefix(3) == [write.id.raw, other.id.raw, other.id.raw])
        #expect(i.value(x, steps.last?.next) == .int(0))
    }

    @Test("A loop that is an access begins in the step that picks its branch")
    func eitherLoop() {
        let quiet = b.loop([])
        let out = b.when(.bool(true), [quiet])
        b.process("p", [b.either([[b.loop([])], [out]])])
        let i = b.interpreter
        let steps = i.steps(0, i.first)
        #expect(steps.map(\.statements.count) == [2, 2])
        #expect(steps[0].next.map { i.steps(0, $0)[0].next == $0 } == true)
    }

    @Test("An `either` inside an `either` is picked in the same step")
    func eitherNested() {
        let x = b.variable("x", small)
        let inner = b.either([[b.set(b.at(x), .int(1))], [b.await(.bool(false))]])
        b.process("p", [b.either([[inner], [b.set(b.at(x), .int(2))]])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).map { $0.choices.map(\.value) } == [[.int(0), .int(0)], [.int(1)]])
    }

    // MARK: choose

    @Test("A shared `choose` waits for a witness, and takes each in ascending order")
    func chooseShared() {
        let used = b.variable("used", .bool, index: [frame])
        b.process("p", locals: [("f", frame)], [claim(used)])
        b.process("q", [b.set(b.at(used, [element(0)]), .bool(true))])
        b.process("r", [b.set(b.at(used, [element(1)]), .bool(true))])
        let i = b.interpreter
        #expect(
            i.steps(0, i.first).map { $0.choices.map(\.value) } == [
                [.element(DomainID(0), 0)], [.element(DomainID(0), 1)],
            ])
        let one = i.after(1, i.first)
        #expect(one.map { i.steps(0, $0).count } == 1)
        let none = i.after(2, one)
        #expect(none.map { i.steps(0, $0).count } == 0)
    }

    @Test("`choose … then` finds and writes in one step")
    func chooseThen() {
        let used = b.variable("used", .bool, index: [frame])
        b.process("p", locals: [("f", frame)], [claim(used)])
        let i = b.interpreter
        let step = i.steps(0, i.first)[1]
        #expect(step.next?.shared[used.raw] == [.bool(false), .bool(true)])
        #expect(i.point(0, step.next)?.isFinal == true)
    }

    @Test("Without a witness the `else` runs")
    func chooseElse() {
        let x = b.variable("x", small)
        let binder = Binder(local: LocalID(0), set: .set([1, 2]), condition: .local(0).eq(b.read(x)))
        let write = b.set(b.at(x), .int(2))
        b.process(
            "p", locals: [("a", small)],
            [
                b.s(.choose([binder], then: [], otherwise: b.block([write]))), b.set(b.at(x), .int(3)),
            ])
        let i = b.interpreter
        #expect(i.stop(0, i.after(0, i.first)) == write.id.raw)
        #expect(i.length() == 3)
    }

    @Test("Later binders use earlier ones")
    func chooseMany() {
        b.variable("x", small)
        let second = Binder(local: LocalID(1), set: .set([1, 2, 3]), condition: .local(1).op(.less, .local(0)))
        let first = Binder(local: LocalID(0), set: .set([1, 2, 3]), condition: nil)
        b.process(
            "p", locals: [("a", small), ("c", small)], [b.s(.choose([first, second], then: [], otherwise: nil))])
        let i = b.interpreter
        #expect(
            i.steps(0, i.first).map { $0.choices.map(\.value) } == [
                [.int(2), .int(1)], [.int(3), .int(1)], [.int(3), .int(2)],
            ])
    }

    // MARK: each

    @Test("Taking an element joins what is before it, in any order")
    func each() {
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small), ("todo", .set(small))],
            [
                each(.set([1, 2]), [b.set(b.at(x), .local(0))]), b.await(.bool(true)),
            ])
        let i = b.interpreter
        let first = i.steps(0, i.first)
        #expect(first.map { $0.choices.map(\.value) } == [[.int(1)], [.int(2)]])
        #expect(first.allSatisfy { i.value(x, $0.next) == .int(0) })
        let second = first[0].next.map { i.steps(0, $0) } ?? []
        #expect(second.map { $0.choices.map(\.value) } == [[.int(2)]])
        #expect(i.value(x, second.first?.next) == .int(1))
        #expect(i.point(0, second.first?.next)?.isRest == false)
        let third = i.after(0, second.first?.next)
        #expect(i.point(0, third)?.isFinal == false)
        #expect(i.point(0, i.after(0, third))?.isFinal == true)
    }

    @Test("Reading the set of an `each` is an access; an empty one takes nothing")
    func eachShared() {
        let s = b.variable("s", .set(small))
        let loop = each(b.read(s), [b.await(.bool(false))])
        b.process("p", locals: [("a", small), ("todo", .set(small))], [b.add(b.at(s), .int(2)), loop])
        b.process("q", locals: [("a", small), ("todo", .set(small))], [each(b.read(s), [b.await(.bool(false))])])
        let i = b.interpreter
        let once = i.after(0, i.first)
        #expect(i.stop(0, once) == loop.id.raw)
        let inside = once.map { i.steps(0, $0) } ?? []
        #expect(inside.map { $0.choices.map(\.value) } == [[.int(2)]])
        #expect(i.point(1, i.after(1, i.first))?.isFinal == true)
    }

    @Test("Each round of an `each` without an access is a step")
    func eachQuiet() {
        b.process("p", locals: [("a", small), ("todo", .set(small))], [each(.set([1, 2]), [])])
        let i = b.interpreter
        let first = i.steps(0, i.first)
        #expect(first.count == 2)
        #expect(first.allSatisfy { $0.next.map { i.steps(0, $0).count } == 1 })
    }

    // MARK: atomic

    @Test("All of an `atomic` block is one step, calls and waits included")
    func atomic() {
        let x = b.variable("x", small)
        let h = b.handler("h", [b.add(b.at(x), .int(1))])
        b.process("p", [b.atomic([b.set(b.at(x), .int(1)), b.call(h), b.await(b.read(x).eq(.int(2)))])])
        let i = b.interpreter
        #expect(i.length() == 1)
        #expect(i.value(x, i.after(0, i.first)) == .int(2))
    }

    @Test("A wait inside that is not met disables the whole step")
    func atomicWait() {
        let x = b.variable("x", small)
        b.process(
            "p", [b.atomic([b.set(b.at(x), .int(1)), b.assert("a", .bool(false)), b.await(b.read(x).eq(.int(2)))])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).isEmpty)
    }

    @Test("`break`, `continue` and `return` leave the block, and the step ends before the next access")
    func atomicLeaving() {
        let x = b.variable("x", small)
        let id = b.reserve()
        let leave = b.atomic([b.add(b.at(x), .int(1)), b.s(.breakOut(id)), b.add(b.at(x), .int(1))])
        let loop = b.s(id, .loop(atMost: nil, counter: nil, b.block([leave])))
        let h = b.handler("h", [b.atomic([b.add(b.at(x), .int(1)), b.s(.returnValue(nil))]), b.await(.bool(false))])
        let last = b.add(b.at(x), .int(1))
        b.process("p", [loop, b.call(h), last])
        let i = b.interpreter
        let once = i.after(0, i.first)
        #expect(i.value(x, once) == .int(1))
        let twice = i.after(0, once)
        #expect(i.stop(0, twice) == last.id.raw)
        #expect(i.value(x, twice) == .int(2))
    }

    @Test("Inside, an `either` takes the branches whose rest is enabled, and `each` goes in ascending order")
    func atomicBranches() {
        let x = b.variable("x", small)
        let y = b.variable("y", small)
        let either = b.either([[b.set(b.at(x), .int(1))], [b.set(b.at(x), .int(2))], []])
        let walk = each(.set([3, 1, 2]), [b.set(b.at(y), .local(0))])
        b.process(
            "p", locals: [("a", small), ("todo", .set(small))],
            [
                b.atomic([either, walk, b.await(b.read(x).op(.notEqual, .int(1)))])
            ])
        let i = b.interpreter
        let steps = i.steps(0, i.first)
        #expect(steps.map { i.value(x, $0.next) } == [.int(2), .int(0)])
        #expect(steps.allSatisfy { i.value(y, $0.next) == .int(3) && $0.choices.count == 1 })
    }

    // MARK: Read-modify-write

    @Test("A read-modify-write is one step, and its result the old value")
    func readModifyWrite() {
        let x = b.variable("x", small, atomic: true)
        let y = b.variable("y", small)
        b.process(
            "p", locals: [("a", small), ("c", small), ("d", small)],
            [
                b.s(.readModifyWrite(LocalID(0), b.at(x), .exchange(.int(2)))),
                b.s(.readModifyWrite(LocalID(1), b.at(x), .compareExchange(expected: .int(1), new: .int(3)))),
                b.s(.readModifyWrite(LocalID(2), b.at(x), .fetchAdd(.int(1)))),
                b.set(b.at(y), Expr.local(0).op(.add, .local(1), .int).op(.add, .local(2), .int).plus(-1)),
            ])
        let i = b.interpreter
        #expect(i.length() == 4)
        let end = i.after(0, i.after(0, i.after(0, i.after(0, i.first))))
        #expect(i.value(x, end) == .int(3) && i.value(y, end) == .int(3))
    }

    private func element(_ number: Int) -> Expr { .value(.element(DomainID(0), number), frame) }

    private func choose(_ local: Int, in set: Expr) -> Stmt {
        b.s(.choose([Binder(local: LocalID(local), set: set, condition: nil)], then: [], otherwise: nil))
    }

    private func claim(_ used: VariableID) -> Stmt {
        let free = b.read(used, [.local(0, frame)]).eq(.bool(false))
        return b.s(
            .choose(
                [Binder(local: LocalID(0), set: .all(frame), condition: free)],
                then: [b.set(b.at(used, [.local(0, frame)]), .bool(true))], otherwise: nil))
    }

    private func each(_ set: Expr, _ body: [Stmt]) -> Stmt {
        b.s(.each(LocalID(0), set: set, todo: LocalID(1), b.block(body)))
    }
}
