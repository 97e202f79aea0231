import Diagnostics
import Lowering
import Model
import Program
import Testing

/// Codes, cells that mean something only sometimes, and what can go wrong in an expression.
@Suite("Cells of lowered programs")
struct CellTests {
    private func check(_ builder: Builder, sourceLocation: SourceLocation = #_sourceLocation) throws -> Explored {
        let lowered = try builder.runner().explore()
        let expected = referenceExploration(builder.finished)
        #expect(lowered == expected, sourceLocation: sourceLocation)
        #expect(expected.states > 1, sourceLocation: sourceLocation)
        var inParts = withoutFusions
        inParts.widestCode = 0
        #expect(try builder.runner(inParts).explore() == expected, sourceLocation: sourceLocation)
        return lowered
    }

    private func frames(_ b: Builder) -> (frame: Type, variable: SourceVariableNumber) {
        let data = SourceExpr.sibling(0, small).op(.greater, .int(0))
        let record = b.record("Info", [("refs", small, nil), ("data", small, data)])
        return (.domain(.init(0)), b.variable("frame", .record(record), index: [.domain(.init(0))]))
    }

    @Test("A plain record is one variable a field, and a dead field goes back to its initial value")
    func deadFields() throws {
        let b = Builder(domains: [("F", 2)])
        let (domain, frame) = frames(b)
        let f = SourceExpr.local(0, domain)
        b.process(
            "p", locals: [("f", domain)],
            [
                b.s(.choose([Binder(local: .init(0), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
                b.add(b.at(frame, [f], fields: [0]), .int(1)), b.set(b.at(frame, [f], fields: [1]), .int(3)),
                b.s(.assign(b.at(frame, [f], fields: [0]), .subtract, .int(1))),
            ])
        let runner = try b.runner()
        #expect(runner.model.variables.prefix(2).map(\.name) == ["frame.refs", "frame.data"])
        #expect(runner.model.variables[0].root == "frame")
        let explored = try check(b)
        #expect(explored.violations.flatMap { $0 } == [])
    }

    @Test("Using a dead field is use_after_free: a read gives the initial value, a write is lost")
    func useAfterFree() throws {
        let b = Builder(domains: [("F", 2)])
        let (domain, frame) = frames(b)
        let x = b.variable("x", small)
        let zero = SourceExpr.value(.element(.init(0), 0), domain)
        b.process(
            "p",
            [
                b.set(b.at(x), b.read(frame, [zero], fields: [1])), b.set(b.at(frame, [zero], fields: [1]), .int(2)),
                b.set(b.at(frame, [zero], fields: [0]), .int(1)), b.set(b.at(x), b.read(frame, [zero], fields: [1])),
            ])
        let explored = try check(b)
        #expect(explored.violations.prefix(3) == [["use_after_free"], ["use_after_free"], []])
    }

    @Test("Assigning a whole record is no use after free, and leaves dead fields at their initial values")
    func wholeRecord() throws {
        let b = Builder(domains: [("F", 2)])
        let (domain, frame) = frames(b)
        let zero = SourceExpr.value(.element(.init(0), 0), domain)
        guard case .record(let id) = b.program[frame].type else { return }
        let whole = { (refs: Int64, data: Int64) in
            SourceExpr(.makeRecord(id, [.int(refs), .int(data)]), .record(id), Builder.span)
        }
        b.process(
            "p", locals: [("r", .record(id))],
            [
                b.atomic([b.set(b.at(frame, [zero]), whole(0, 3))]),
                b.atomic([b.set(b.at(frame, [zero]), whole(2, 3))]),
                b.bind(0, b.read(frame, [zero])), b.atomic([b.set(b.at(frame, [zero]), .local(0, .record(id)))]),
            ])
        let explored = try check(b)
        #expect(explored.violations.flatMap { $0 } == [])
        #expect(explored.states == 5)
    }

    @Test("A variable with a condition on other variables is reset where the condition became false")
    func conditionalVariable() throws {
        let b = Builder(domains: [("F", 2)])
        let domain = Type.domain(.init(0))
        let on = b.variable("on", .bool, index: [domain])
        let data = b.variable(
            "data", small, index: [domain], initial: .value(.int(1), small), when: b.read(on, [.local(0, domain)]))
        let f = SourceExpr.local(0, domain)
        b.process(
            "p", locals: [("f", domain)],
            [
                b.s(.choose([Binder(local: .init(0), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
                b.set(b.at(on, [f]), .bool(true)), b.set(b.at(data, [f]), .int(3)), b.set(b.at(on, [f]), .bool(false)),
                b.set(b.at(data, [f]), .int(2)),
            ])
        _ = try check(b)
    }

    @Test("Enums, optionals, sets and word records: patterns, payloads and replaced parts")
    func codes() throws {
        let b = Builder(domains: [("F", 3)])
        let domain = Type.domain(.init(0))
        let leaf = b.record("Leaf", word: true, [("frame", domain, nil), ("writable", .bool, nil)])
        let pte = b.enumeration("Pte", [("none", []), ("mapped", [domain, .bool]), ("leaf", [.record(leaf)])])
        let x = b.variable("x", .enumeration(pte))
        let o = b.variable("o", .optional(domain))
        let s = b.variable("s", .set(.enumeration(pte)))
        let w = b.variable("w", .record(leaf))
        let one = SourceExpr.value(.element(.init(0), 1), domain)
        let mapped = SourceExpr(.makeCase(pte, case: 1, [one, .bool(true)]), .enumeration(pte), Builder.span)
        let inner = SourceExpr(.makeRecord(leaf, [one, .bool(false)]), .record(leaf), Builder.span)
        b.process(
            "p", locals: [("f", domain), ("g", domain)],
            [
                b.set(b.at(x), mapped),
                b.when(
                    b.read(x).matches(.enumeration(pte, case: 1, [.bind(.init(0)), .constant(.bool(true))])),
                    [b.set(b.at(o), SourceExpr(.makeSome(.local(0, domain)), .optional(domain), Builder.span))]),
                b.add(b.at(s), mapped), b.set(b.at(x, inner: [.payload(case: 1, field: 1)]), .bool(false)),
                b.set(b.at(w), inner), b.set(b.at(w, inner: [.record(1)]), .bool(true)),
                b.set(b.at(x), SourceExpr(.makeCase(pte, case: 2, [inner]), .enumeration(pte), Builder.span)),
                b.s(
                    .match(
                        b.read(o),
                        [
                            Arm(pattern: .none, body: b.block([b.set(b.at(x), mapped)])),
                            Arm(
                                pattern: .some(.bind(.init(1))),
                                body: b.block([b.set(b.at(o), .value(.none, .optional(domain)))])),
                        ])),
                b.s(.assign(b.at(s), .subtract, mapped)),
                b.set(
                    b.at(x), SourceExpr(.unwrap(b.read(o)), domain, Builder.span).op(.equal, one).chosen(mapped, mapped)
                ),
            ])
        let explored = try check(b)
        #expect(explored.violations.last == ["none_value"])
        let model = try b.runner().model
        // One tag of two bits; the payload of `leaf` needs three, that of `mapped` too.
        #expect(model.variables[0].type.width(sorts: model.sorts) == 5)
        #expect(model.variables[2].type.width(sorts: model.sorts) == 13)
    }

    @Test("Leaving a range is a violation without a result; a wrapping range comes round")
    func ranges() throws {
        let b = Builder()
        let x = b.variable("x", .range(lower: 1, upper: 3, wraps: false))
        let y = b.variable("y", .range(lower: -1, upper: 1, wraps: true))
        let loop = { (body: [Stmt]) in b.loop(body) }
        b.process("p", [loop([b.add(b.at(x), .int(1))])])
        b.process("q", [loop([b.add(b.at(y), .int(1))])])
        let explored = try check(b)
        #expect(explored.states == 9)
        #expect(explored.violations.contains(["range"]))
    }

    @Test("Statements of an atomic block see the writes before them, also through aliases")
    func aliases() throws {
        let b = Builder(domains: [("F", 2)])
        let domain = Type.domain(.init(0))
        let x = b.variable("x", small, index: [domain])
        let pick = { (local: Int) in
            b.s(.choose([Binder(local: .init(local), set: .all(domain), condition: nil)], then: [], otherwise: nil))
        }
        let (f, g) = (SourceExpr.local(0, domain), SourceExpr.local(1, domain))
        b.process(
            "p", locals: [("f", domain), ("g", domain)],
            [
                pick(0), pick(1),
                b.atomic([
                    b.set(b.at(x, [f]), .int(1)), b.set(b.at(x, [g]), .int(2)), b.add(b.at(x, [f]), b.read(x, [g])),
                ]),
            ])
        _ = try check(b)
    }

    @Test("A cell of more than 64 bits is refused with its name and width")
    func tooWide() throws {
        let b = Builder()
        let wide = b.record("Wide", word: true, [("a", .bits(40), nil), ("b", .bits(30), nil)])
        b.variable("w", .record(wide))
        let error = #expect(throws: Diagnostic.self) { _ = try b.runner() }
        #expect(error?.code == .cellTooWide)
        #expect(error?.message.contains("`w` needs 70 bits") == true)
    }

    @Test("Quantifiers, functions, comprehensions and counts agree with the interpreter")
    func expressions() throws {
        let b = Builder(domains: [("F", 3)])
        let domain = Type.domain(.init(0))
        let x = b.variable("x", small, index: [domain])
        let n = b.variable("n", .range(lower: 0, upper: 9, wraps: false))
        let reads = b.function(
            "twice", locals: [("f", domain)], parameters: 1, result: .int,
            b.read(x, [.local(0, domain)]).op(.add, b.read(x, [.local(0, domain)]), .int))
        let twice = SourceExpr(.call(reads, [.local(0, domain)]), .int, Builder.span)
        let binder = Binder(
            local: .init(0), set: .all(domain), condition: b.read(x, [.local(0, domain)]).op(.greater, .int(0)))
        let other = Binder(local: .init(1), set: .all(domain), condition: nil)
        let count = SourceExpr(.quantified(.count, [binder, other], .bool(true)), .int, Builder.span)
        let chosen = SourceExpr(.comprehension(binder), .set(domain), Builder.span)
        let size = SourceExpr(.cardinality(chosen), .int, Builder.span)
        let all = SourceExpr(.quantified(.all, [binder], twice.op(.equal, .int(2))), .bool, Builder.span)
        b.process(
            "p", locals: [("f", domain), ("g", domain)],
            [
                b.set(b.at(x, [.value(.element(.init(0), 1), domain)]), .int(1)), b.atomic([b.set(b.at(n), count)]),
                b.set(b.at(x, [.value(.element(.init(0), 2), domain)]), .int(1)), b.atomic([b.set(b.at(n), size)]),
                b.atomic([b.assert("all", all), b.assert("none", all.op(.equal, .bool(false)))]),
            ])
        let explored = try check(b)
        #expect(explored.violations.contains(["none"]))
    }
}

extension SourceExpr {
    /// `if self { yes } else { no }`
    func chosen(_ yes: SourceExpr, _ no: SourceExpr) -> SourceExpr {
        SourceExpr(.conditional(self, yes, no), yes.type, Builder.span)
    }
}
