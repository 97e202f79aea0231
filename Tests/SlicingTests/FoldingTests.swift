import Program
import ProgramBuilding
import Testing

@testable import Slicing

/// What is left of the body of the one process, without anything being removed for being unread.
private func folded(_ make: (ProgramBuilder, VariableID) -> [Stmt]) -> [Stmt] {
    let b = ProgramBuilder()
    let x = b.variable("x", .bool)
    b.process("p", make(b, x))
    return slice(b.build(), removingUnread: false).processes[0].body.statements
}

/// The value that an expression folds to, where it folds to one.
private func value(_ make: (ProgramBuilder) -> Expr) -> Value? {
    let b = ProgramBuilder()
    let e = make(b)
    let sink = b.variable("sink", e.type)
    b.process("p", [b.set(b.place(sink), e)])
    let body = slice(b.build(), removingUnread: false).processes.last?.body
    guard case .assign(_, _, let result)? = body?.statements.first?.kind else { return nil }
    return result.constant
}

@Suite struct ExpressionFoldingTests {
    @Test("A read is dropped where the other side decides")
    func shortCircuit() {
        func sides(_ operation: BinaryOperation, _ constant: Bool, first: Bool) -> Value? {
            value { b in
                let x = b.read(b.variable("x", .bool))
                b.process("writer", [b.set(b.place(VariableID(0)), b.bool(true))])
                return first ? b.binary(operation, b.bool(constant), x) : b.binary(operation, x, b.bool(constant))
            }
        }
        #expect(sides(.or, true, first: true) == .bool(true))
        #expect(sides(.or, true, first: false) == .bool(true))
        #expect(sides(.and, false, first: false) == .bool(false))
        #expect(sides(.implies, false, first: true) == .bool(true))
        #expect(sides(.or, false, first: true) == nil)
        #expect(sides(.and, true, first: false) == nil)
    }

    @Test("What may be a violation is evaluated all the same, unless it is never reached")
    func violationsStay() {
        func both(_ first: Bool) -> Value? {
            value { b in
                let holder = b.variable("holder", .optional(.bool))
                b.process("writer", [b.set(b.place(holder), Expr(.makeSome(b.bool(true)), .optional(.bool), b.span()))])
                let risky = Expr(.unwrap(b.read(holder)), .bool, b.span())
                return first ? b.binary(.or, b.bool(true), risky) : b.binary(.or, risky, b.bool(true))
            }
        }
        #expect(both(true) == .bool(true))
        #expect(both(false) == nil)
    }

    @Test("Arithmetic folds; a sum outside 64 bits stays")
    func arithmetic() {
        #expect(value { b in b.binary(.add, b.int(2), b.int(3), .int) } == .int(5))
        #expect(value { b in b.binary(.multiply, b.int(.max), b.int(2), .int) } == nil)
        #expect(value { b in b.binary(.less, b.int(2), b.int(3)) } == .bool(true))
    }

    @Test("Bits wrap, shift and concatenate")
    func bits() {
        func of(_ operation: BinaryOperation, _ a: UInt64, _ y: UInt64) -> Value? {
            value { b in
                let x = Expr(.constant(.bits(a)), .bits(8), b.span())
                let y = Expr(.constant(.bits(y)), .bits(8), b.span())
                return b.binary(operation, x, y, operation == .concatenate ? .bits(16) : .bits(8))
            }
        }
        #expect(of(.bitsAdd, 255, 2) == .bits(1))
        #expect(of(.shiftLeft, 0x81, 1) == .bits(2))
        #expect(of(.shiftRight, 1, 8) == .bits(0))
        #expect(of(.concatenate, 1, 2) == .bits(0x102))
    }

    @Test("A quantifier over nothing has its neutral value")
    func emptyQuantifier() {
        func over(_ kind: QuantifierKind) -> Value? {
            value { b in
                let none = b.domain("None", 0)
                let local = b.local("n", none)
                return b.quantified(kind, local, b.read(b.variable("x", .bool)))
            }
        }
        #expect(over(.all) == .bool(true))
        #expect(over(.some) == .bool(false))
        #expect(over(.count) == .int(0))
    }

    @Test("How many values a type has is known")
    func sizes() {
        func size(_ size: Int) -> Value? {
            value { b in
                let type = b.domain("Slot", size)
                return Expr(.cardinality(Expr(.allOf(type), .set(type), b.span())), .int, b.span())
            }
        }
        #expect(size(0) == .int(0))
        #expect(size(3) == .int(3))
    }

    @Test("A function of constants is its result")
    func functions() {
        let result = value { b in
            let p = b.parameter("p", .bool)
            let negate = b.function("negate", .bool, b.not(p))
            return Expr(.call(negate, [b.bool(false)]), .bool, b.span())
        }
        #expect(result == .bool(true))
    }

    @Test("`match` on a constant is its arm, with the locals of the pattern")
    func match() {
        let result = value { b in
            let local = b.local("v", .bool)
            let subject = Expr(.constant(.some(.bool(true))), .optional(.bool), b.span())
            let arms = [
                ExprArm(pattern: .none, value: b.bool(false)),
                ExprArm(pattern: .some(.bind(b.id(local))), value: local),
            ]
            return Expr(.match(subject, arms), .bool, b.span())
        }
        #expect(result == .bool(true))
    }
}

@Suite struct StatementFoldingTests {
    private func isSet(_ statement: Stmt?) -> Bool {
        if case .assign? = statement?.kind { return true }
        return false
    }

    @Test("The branch that a constant decides for takes the place of the `if`")
    func constantIf() {
        let taken = folded { b, x in [b.ifElse(b.bool(true), [b.set(b.place(x), b.bool(true))])] }
        #expect(taken.count == 1 && isSet(taken.first))
        #expect(folded { b, x in [b.ifElse(b.bool(false), [b.set(b.place(x), b.bool(true))])] }.isEmpty)
    }

    @Test("Loops that never run go away")
    func emptyLoops() {
        #expect(
            folded { b, x in [b.stmt(.whileLoop(b.bool(false), b.block([b.set(b.place(x), b.bool(true))])))] }.isEmpty)
        let bounded = folded { b, x in
            [b.stmt(.loop(atMost: b.int(0), counter: nil, b.block([b.set(b.place(x), b.bool(true))])))]
        }
        #expect(bounded.isEmpty)
    }

    @Test("Code behind something that leaves goes away")
    func deadCode() {
        let body = folded { b, x in [b.stmt(.returnValue(nil)), b.set(b.place(x), b.bool(true))] }
        #expect(body.count == 1 && !isSet(body.first))
        let endless = folded { b, x in
            [b.loop([b.set(b.place(x), b.bool(false))]), b.set(b.place(x), b.bool(true))]
        }
        #expect(endless.count == 1)
        let broken = folded { b, x in
            [
                b.labelled { id in .loop(atMost: nil, counter: nil, b.block([b.stmt(.breakOut(id))])) },
                b.set(b.place(x), b.bool(true)),
            ]
        }
        #expect(broken.count == 2)
    }

    @Test("An `if` whose branches both leave hides what follows")
    func bothLeave() {
        let body = folded { b, x in
            [
                b.set(b.place(x), b.bool(false)),
                b.ifElse(b.read(x), [b.stmt(.returnValue(nil))], [b.stmt(.fail(name: "f", "no"))]),
                b.set(b.place(x), b.bool(true)),
            ]
        }
        #expect(body.count == 2)
    }

    @Test("`match` on a constant keeps one arm and binds its locals")
    func constantMatch() {
        let body = folded { b, x in
            let local = b.local("v", .bool)
            let subject = Expr(.constant(.some(.bool(true))), .optional(.bool), b.span())
            return [
                b.stmt(
                    .match(
                        subject,
                        [
                            Arm(pattern: .none, body: b.block([])),
                            Arm(pattern: .some(.bind(b.id(local))), body: b.block([b.set(b.place(x), local)])),
                        ]))
            ]
        }
        #expect(body.count == 2)
        guard case .assign(_, _, let e)? = body.last?.kind else {
            Issue.record("the arm's assignment is gone")
            return
        }
        #expect(e.constant == .bool(true))
    }

    @Test("A `guard` that always holds goes away; one that never does becomes its `else`")
    func guards() {
        let leave: (ProgramBuilder) -> Block = { b in b.block([b.stmt(.returnValue(nil))]) }
        let holds = folded { b, x in
            [b.stmt(.guardElse(b.bool(true), otherwise: leave(b))), b.set(b.place(x), b.bool(true))]
        }
        #expect(holds.count == 1 && isSet(holds.first))
        let fails = folded { b, x in
            [b.stmt(.guardElse(b.bool(false), otherwise: leave(b))), b.set(b.place(x), b.bool(true))]
        }
        #expect(fails.count == 1 && !isSet(fails.first))
    }

    @Test("New statements get numbers of their own")
    func numbers() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let local = b.local("v", .bool)
        let subject = Expr(.constant(.bool(true)), .bool, b.span())
        let arm = Arm(pattern: .bind(b.id(local)), body: b.block([b.set(b.place(x), local)]))
        b.process("p", [b.stmt(.match(subject, [arm]))])
        let before = b.build()
        let after = slice(before, removingUnread: false)
        var numbers: [Int] = []
        after.processes[0].body.forEachStatement { numbers.append($0.id.raw) }
        #expect(Set(numbers).count == numbers.count)
        #expect(numbers.allSatisfy { $0 < after.statementCount })
    }
}
