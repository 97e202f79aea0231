import Program
import Reference
import Testing

@Suite struct EvaluationTests {
    let b = Builder(domains: [("Frame", 3)])
    let frame = Type.domain(DomainID(0))
    let numbers = Type.set(small)

    @Test("Integers")
    func integers() {
        #expect(isTrue(Expr.int(2).op(.multiply, .int(3), .int).op(.subtract, .int(1), .int).eq(.int(5))))
        #expect(isTrue(Expr(.unary(.negate, .int(2)), .int, Builder.span).eq(.int(-2))))
        #expect(isTrue(Expr.int(-1).op(.less, .int(0))))
        #expect(isTrue(Expr.int(1).op(.greaterOrEqual, .int(1))) && !isTrue(Expr.int(1).op(.greater, .int(1))))
    }

    @Test("Bits wrap, are compared without a sign, and are shifted out")
    func bits() {
        let word = Type.bits(8)
        func bits(_ pattern: UInt64, _ width: Int = 8) -> Expr { .value(.bits(pattern), .bits(width)) }
        func unary(_ kind: ExprKind, _ type: Type) -> Expr { Expr(kind, type, Builder.span) }
        #expect(isTrue(bits(0xff).op(.bitsAdd, bits(2), word).eq(bits(1))))
        #expect(isTrue(bits(0).op(.bitsSubtract, bits(1), word).eq(bits(0xff))))
        #expect(isTrue(bits(0x80).op(.greater, bits(0x7f))))
        #expect(isTrue(bits(0x81).op(.shiftLeft, .int(1), word).eq(bits(2))))
        #expect(isTrue(bits(0x81).op(.shiftRight, bits(7), word).eq(bits(1))))
        #expect(isTrue(bits(0x81).op(.shiftLeft, .int(8), word).eq(bits(0))))
        #expect(isTrue(bits(0xa).op(.concatenate, bits(0x5, 4), .bits(12)).eq(bits(0xa5, 12))))
        #expect(isTrue(unary(.slice(bits(0xa5), high: 7, low: 4), .bits(4)).eq(bits(0xa, 4))))
        #expect(isTrue(unary(.unary(.complement, bits(0x0f)), word).eq(bits(0xf0))))
        #expect(isTrue(unary(.toBits(.int(-1)), .bits(4)).eq(bits(0xf, 4))))
        #expect(isTrue(unary(.toInt(bits(0xff)), .int).eq(.int(255))))
    }

    @Test("Sets have one form, whatever way they are made")
    func sets() {
        let a = Expr.set([1, 2])
        #expect(isTrue(a.op(.union, .set([2, 0]), numbers).eq(.set([0, 1, 2]))))
        #expect(isTrue(a.op(.difference, .set([2]), numbers).eq(.set([1]))))
        #expect(isTrue(a.op(.intersection, .set([2, 3]), numbers).eq(.set([2]))))
        #expect(isTrue(a.op(.insert, .int(0), numbers).eq(.set([0, 1, 2]))))
        #expect(isTrue(a.op(.remove, .int(1), numbers).eq(.set([2]))))
        #expect(isTrue(Expr.int(2).op(.isIn, a)) && !isTrue(Expr.int(3).op(.isIn, a)))
        #expect(isTrue(Expr(.setOf([.int(2), .int(1), .int(2)]), numbers, Builder.span).eq(a)))
        let odd = Binder(local: LocalID(0), set: .all(small), condition: Expr.local(0).op(.isIn, .set([1, 3])))
        #expect(isTrue(Expr(.comprehension(odd), numbers, Builder.span).eq(.set([1, 3]))))
        #expect(isTrue(Expr(.cardinality(.all(frame)), .int, Builder.span).eq(.int(3))))
        #expect(isTrue(Expr.set([]).matches(.emptySet)) && !isTrue(a.matches(.emptySet)))
    }

    @Test("Quantifiers run over all combinations of their binders")
    func quantifiers() {
        let x = Binder(local: LocalID(0), set: .all(small), condition: nil)
        let y = Binder(local: LocalID(1), set: .all(small), condition: .local(0).op(.less, .local(1)))
        func q(_ kind: QuantifierKind, _ body: Expr, _ type: Type = .bool) -> Expr {
            Expr(.quantified(kind, [x, y], body), type, Builder.span)
        }
        #expect(isTrue(q(.count, .bool(true), .int).eq(.int(6))))
        #expect(isTrue(q(.all, Expr.local(1).op(.greater, .int(0)))))
        #expect(isTrue(q(.some, Expr.local(0).eq(.int(2)))) && !isTrue(q(.some, Expr.local(0).eq(.int(3)))))
    }

    @Test("`and`, `or` and `implies` do not look at the right side where the left one decides")
    func shortCircuit() {
        let wrong = Expr(.unwrap(.value(.none, .optional(.bool))), .bool, Builder.span)
        #expect(!isTrue(Expr.bool(false).op(.and, wrong)))
        #expect(isTrue(Expr.bool(true).op(.or, wrong)))
        #expect(isTrue(Expr.bool(false).op(.implies, wrong)))
        #expect(!isTrue(Expr.bool(true).op(.implies, wrong)))
    }

    @Test("Patterns bind to the right of `and`, and in the arms of `match`; the first arm that matches counts")
    func patterns() {
        let some = Expr.value(.some(.int(2)), .optional(small))
        let bound = some.matches(.some(.bind(LocalID(0)))).op(.and, Expr.local(0).eq(.int(2)))
        #expect(isTrue(bound))
        let arms = [
            ExprArm(pattern: .none, value: .int(0)), ExprArm(pattern: .some(.constant(.int(1))), value: .int(1)),
            ExprArm(pattern: .some(.bind(LocalID(0))), value: .local(0)), ExprArm(pattern: .anything, value: .int(3)),
        ]
        #expect(isTrue(Expr(.match(some, arms), small, Builder.span).eq(.int(2))))
    }

    @Test("Values are taken apart and built from others")
    func values() {
        let info = b.record("Info", [("refs", small, nil), ("data", small, nil)])
        let op = b.enumeration("Op", [("load", []), ("store", [small, .bool])])
        let record = Expr(.makeRecord(info, [.int(1), .int(2)]), .record(info), Builder.span)
        let other = Expr(.withRecord(record, [FieldUpdate(field: 1, value: .int(3))]), .record(info), Builder.span)
        #expect(isTrue(Expr(.field(other, 1), small, Builder.span).eq(.int(3))))
        #expect(isTrue(Expr(.field(other, 0), small, Builder.span).eq(.int(1))))
        let store = Expr(.makeCase(op, case: 1, [.int(1), .bool(true)]), .enumeration(op), Builder.span)
        let changed = Expr(
            .withPayload(store, case: 1, [FieldUpdate(field: 0, value: .int(2))]), .enumeration(op), Builder.span)
        #expect(isTrue(Expr(.payload(changed, case: 1, field: 0), small, Builder.span).eq(.int(2))))
        #expect(isTrue(changed.matches(.enumeration(op, case: 1, [.anything, .constant(.bool(true))]))))
        #expect(!isTrue(Expr(.payload(changed, case: 0, field: 0), small, Builder.span).eq(.int(2))))
        let wrapped = Expr(.makeSome(.int(2)), .optional(small), Builder.span)
        #expect(isTrue(Expr(.unwrap(wrapped), small, Builder.span).eq(.int(2))))
        let chosen = Expr(.conditional(.bool(false), .int(1), .int(2)), small, Builder.span)
        #expect(isTrue(chosen.eq(.int(2))))
    }

    @Test("A function sees its parameters only, and leaves the caller's locals alone")
    func functions() {
        let next = b.function("next", locals: [("a", small)], parameters: 1, result: small, Expr.local(0).plus(1))
        let some = Expr.value(.some(.int(1)), .optional(small)).matches(.some(.bind(LocalID(0))))
        let call = Expr(.call(next, [Expr(.call(next, [.local(0)]), small, Builder.span)]), small, Builder.span)
        #expect(isTrue(some.op(.and, call.eq(Expr.local(0).plus(2)))))
        let tooFar = Expr(.call(next, [.int(3)]), small, Builder.span)
        #expect(!isTrue(tooFar.eq(.int(4))))
    }

    @Test("Whether a lock is held can be asked")
    func locked() {
        let l = b.variable("l", .lock(.spin))
        let x = b.variable("x", .bool)
        let asks = Expr(.locked(b.at(l)), .bool, Builder.span)
        b.process("p", [b.lock(b.at(l)), b.set(b.at(x), asks)])
        let i = b.interpreter
        #expect(i.value(x, i.after(0, i.after(0, i.first))) == .bool(true))
    }

    @Test("Which element violates is no matter of order: a quantifier in code looks at all of them")
    func symmetricQuantifier() {
        let id = b.record("Info", [("refs", small, nil), ("ok", .bool, Expr.sibling(0, small).op(.greater, .int(0)))])
        let f = b.variable("f", .record(id), index: [frame])
        let first = Expr.value(.element(DomainID(0), 0), frame)
        b.initialize([b.set(b.at(f, [first], fields: [0]), .int(1)), b.set(b.at(f, [first], fields: [1]), .bool(true))])
        let binder = Binder(local: LocalID(0), set: .all(frame), condition: nil)
        let any = Expr(.quantified(.some, [binder], b.read(f, [.local(0, frame)], fields: [1])), .bool, Builder.span)
        b.process("p", locals: [("g", frame)], [b.atomic([b.await(any)])])
        let i = b.interpreter
        #expect(
            i.steps(0, i.first)[0].violations.map(\.message) == [
                "`f[F1].ok` is read while its `when` does not hold",
                "`f[F2].ok` is read while its `when` does not hold",
            ])
    }

    /// Evaluates an expression over no state.
    private func isTrue(_ condition: Expr) -> Bool {
        b.program.properties = []
        b.property("p", .reachable(condition), locals: [("a", small), ("c", small)])
        let i = b.interpreter
        return i.isWitness(i.first, of: i.program.properties[0])
    }
}
