import Program
import Reference
import Testing

/// `when`, use after free, ranges, and parts of cells.
@Suite struct CellTests {
    let b = Builder(domains: [("Frame", 2)])
    let frame = Type.domain(DomainID(0))

    /// `record Info { refs: 0..3, data: 0..3 when refs > 0 }`
    private func info() -> RecordID {
        b.record("Info", [("refs", small, nil), ("data", small, Expr.sibling(0, small).op(.greater, .int(0)))])
    }

    @Test("A cell is reset as soon as its `when` is false")
    func reset() {
        let id = info()
        let f = b.variable("f", .record(id))
        b.process(
            "p",
            [
                b.set(b.at(f, fields: [0]), .int(1)), b.set(b.at(f, fields: [1]), .int(2)),
                b.set(b.at(f, fields: [0]), .int(0)), b.set(b.at(f, fields: [0]), .int(1)),
            ])
        let i = b.interpreter
        let two = i.after(0, i.after(0, i.first))
        #expect(i.value(f, two) == .record(id, [.int(1), .int(2)]))
        #expect(i.value(f, i.after(0, two)) == .record(id, [.int(0), .int(0)]))
        #expect(i.value(f, i.after(0, i.after(0, two))) == .record(id, [.int(1), .int(0)]))
    }

    @Test("Reading a dead cell is `use_after_free`, gives the initial value, and the step goes on")
    func deadRead() {
        let f = b.variable("f", .record(info()))
        let x = b.variable("x", small, initial: .int(3))
        b.process("p", [b.atomic([b.set(b.at(x), b.read(f, fields: [1]))])])
        let i = b.interpreter
        let step = i.steps(0, i.first)[0]
        #expect(step.violations.map(\.name) == ["use_after_free"])
        #expect(step.violations[0].message == "`f.data` is read while its `when` does not hold")
        #expect(i.value(x, step.next) == .int(0))
    }

    @Test("Writing a dead cell is `use_after_free`, and lost; assigning the whole record is neither")
    func deadWrite() {
        let id = info()
        let f = b.variable("f", .record(id))
        let whole = Expr.value(.record(id, [.int(0), .int(2)]), .record(id))
        b.process("p", [b.set(b.at(f, fields: [1]), .int(2))])
        b.process("q", [b.atomic([b.set(b.at(f), whole)])])
        let i = b.interpreter
        #expect(i.steps(0, i.first)[0].violations.map(\.name) == ["use_after_free"])
        #expect(i.value(f, i.after(0, i.first)) == .record(id, [.int(0), .int(0)]))
        #expect(i.steps(1, i.first)[0].violations.isEmpty)
        #expect(i.value(f, i.after(1, i.first)) == .record(id, [.int(0), .int(0)]))
    }

    @Test("An element whose variable's `when` becomes false is reset, also by a write to another variable")
    func elementReset() {
        let alive = b.variable("alive", .bool, index: [frame], initial: .bool(true))
        let live = b.read(alive, [.local(0, frame)])
        let x = b.variable("x", small, index: [frame], initial: .int(1), when: live)
        let zero = Expr.value(.element(DomainID(0), 0), frame)
        b.process(
            "p",
            [
                b.set(b.at(x, [zero]), .int(2)), b.set(b.at(alive, [zero]), .bool(false)),
                b.set(b.at(x, [zero]), .int(3)),
            ])
        let i = b.interpreter
        let one = i.after(0, i.first)
        #expect(one?.shared[x.raw] == [.int(2), .int(1)])
        let two = i.after(0, one)
        #expect(two?.shared[x.raw] == [.int(1), .int(1)])
        #expect(
            two.map { i.steps(0, $0)[0].violations.map(\.message) } == [
                "`x[F0]` is written while its `when` does not hold"
            ])
    }

    @Test("Ghost handlers read dead cells freely; the arguments of a commit do not")
    func ghostReads() {
        let f = b.variable("f", .record(info()))
        let reads = b.handler("reads", ghost: true, [b.assert("a", b.read(f, fields: [1]).eq(.int(0)))])
        let takes = b.handler("takes", ghost: true, parameters: 1, locals: [("v", small)], [])
        b.process("p", [b.commit(reads)])
        b.process("q", [b.commit(takes, [b.read(f, fields: [1])])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).map { $0.violations.count } == [0])
        #expect(i.steps(1, i.first).map { $0.violations.map(\.name) } == [["use_after_free"]])
    }

    @Test("A rejected candidate of `choose` is not an access; a taken one is")
    func candidates() {
        let f = b.variable("f", .record(info()), index: [frame])
        let zero = Expr.value(.element(DomainID(0), 0), frame)
        b.initialize([b.set(b.at(f, [zero], fields: [0]), .int(1)), b.set(b.at(f, [zero], fields: [1]), .int(2))])
        func pick(_ value: Int64) -> Stmt {
            let condition = b.read(f, [.local(0, frame)], fields: [1]).eq(.int(value))
            let binder = Binder(local: LocalID(0), set: .all(frame), condition: condition)
            return b.s(.choose([binder], then: [], otherwise: nil))
        }
        b.process("p", locals: [("f", frame)], [pick(2)])
        b.process("q", locals: [("f", frame)], [pick(0)])
        let i = b.interpreter
        #expect(i.steps(0, i.first).map { $0.violations.count } == [0])
        #expect(i.steps(1, i.first).map { $0.violations.map(\.name) } == [["use_after_free"]])
    }

    @Test("Leaving a range is a violation without a result; a wrapping range wraps", arguments: [(4, 0), (-1, 3)])
    func ranges(number: Int64, wrapped: Int64) {
        let b = Builder()
        let x = b.variable("x", small)
        let y = b.variable("y", .range(lower: 0, upper: 3, wraps: true))
        b.process("p", [b.set(b.at(x), .int(number))])
        b.process("q", [b.set(b.at(y), .int(number))])
        let i = b.interpreter
        let step = i.steps(0, i.first)[0]
        #expect(step.next == nil)
        #expect(step.violations.map(\.message) == ["\(number) is outside 0..3"])
        #expect(i.value(y, i.after(1, i.first)) == .int(wrapped))
    }

    @Test("An index outside, an overflow, and a negative shift are `range`; the wrong payload is `none_value`")
    func failures() {
        let word = Type.bits(8)
        let e = b.enumeration("E", [("no", []), ("yes", [small])])
        let a = b.variable("a", small, index: [small])
        let v = b.variable("v", .enumeration(e))
        let w = b.variable("w", word)
        let o = b.variable("o", .optional(small))
        let shift = Expr.value(.bits(1), word).op(.shiftLeft, .int(-1), word)
        b.process("p", [b.set(b.at(a, [.int(4)]), .int(0))])
        b.process("q", [b.when(Expr.int(.max).plus(1).eq(.int(0)), [])])
        b.process("r", [b.set(b.at(w), shift)])
        b.process("s", [b.set(b.at(v, inner: [.payload(case: 1, field: 0)]), .int(1))])
        b.process("t", [b.set(b.at(o, inner: [.some]), .int(1))])
        let i = b.interpreter
        let names = (0..<5).map { i.steps($0, i.first).flatMap(\.violations).map(\.name) }
        #expect(names == [["range"], ["range"], ["range"], ["none_value"], ["none_value"]])
    }

    @Test("A store inside a cell leaves the rest of it")
    func innerStore() {
        let word = b.record("Word", word: true, [("a", small, nil), ("c", small, nil)])
        let w = b.variable("w", .record(word))
        let e = b.enumeration("E", [("no", []), ("yes", [small, .bool])])
        let v = b.variable(
            "v", .enumeration(e), initial: .value(.enumeration(e, case: 1, [.int(1), .bool(true)]), .enumeration(e)))
        b.process(
            "p",
            [
                b.atomic([
                    b.set(b.at(w, inner: [.record(1)]), .int(2)),
                    b.add(b.at(v, inner: [.payload(case: 1, field: 0)]), .int(1)),
                ])
            ])
        let i = b.interpreter
        let end = i.after(0, i.first)
        #expect(i.value(w, end) == .record(word, [.int(0), .int(2)]))
        #expect(i.value(v, end) == .enumeration(e, case: 1, [.int(2), .bool(true)]))
    }

    @Test("A failing assert is passed over; `fail` has no result")
    func checks() {
        let x = b.variable("x", small)
        b.process("p", [b.assert("m.a", b.read(x).eq(.int(1))), b.set(b.at(x), .int(1))])
        b.process("q", [b.s(.fail(name: "m.f", "no frame"))])
        let i = b.interpreter
        let step = i.steps(0, i.first)[0]
        #expect(step.violations.map(\.name) == ["m.a"] && step.next != nil)
        let failing = i.steps(1, i.first)[0]
        #expect(failing.violations.map(\.name) == ["m.f"] && failing.next == nil)
        #expect(failing.violations[0].message == "no frame")
    }

    @Test("A failing assert before an access that must wait is no step")
    func assertThenWait() {
        b.process(
            "p", locals: [("a", small)],
            [
                b.bind(0, .int(1)), b.assert("a", .local(0).eq(.int(2))), b.await(.bool(false)),
            ])
        let i = b.interpreter
        #expect(i.steps(0, i.first).isEmpty)
    }
}
