import Program
import ProgramBuilding
import Testing

@testable import Slicing

@Suite struct UnreadTests {
    @Test("A variable that nothing reads vanishes with its writes, and its name is told")
    func unread() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        b.process("p", [b.set(b.place(x), b.bool(true))])
        let result = slice(b.build())
        #expect(result.vanished == ["x"])
        #expect(result[x].isVanished)
        #expect(result.processes[0].body.statements.isEmpty)
    }

    @Test("Without removal nothing vanishes")
    func switchedOff() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        b.process("p", [b.set(b.place(x), b.bool(true))])
        let result = slice(b.build(), removingUnread: false)
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 1)
    }

    @Test("A property keeps its variables")
    func property() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        b.process("p", [b.set(b.place(x), b.bool(true))])
        b.invariant("i", b.not(b.read(x)))
        let result = slice(b.build())
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 1)
    }

    @Test("A read that only feeds writes to the same variable does not count")
    func feedsItself() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        b.process("p", [b.ifElse(b.read(x), [b.set(b.place(x), b.not(b.read(x)))])])
        let result = slice(b.build())
        #expect(result.vanished == ["x"])
        #expect(result.processes[0].body.statements.isEmpty)
    }

    @Test("A chain of variables that ends nowhere vanishes as a whole")
    func chain() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let y = b.variable("y", .bool)
        let local = b.local("v", .bool)
        b.process("p", [b.bind(local, b.read(x)), b.set(b.place(y), local), b.set(b.place(x), b.bool(true))])
        let result = slice(b.build())
        #expect(result.vanished == ["x", "y"])
        #expect(result.processes[0].body.statements.isEmpty)
    }

    @Test("A write that may leave its range stays, and so does its variable")
    func rangeStays() {
        func body(_ type: Type, _ change: Int64) -> Int {
            let b = ProgramBuilder()
            let x = b.variable("x", type)
            b.process("p", [b.add(b.place(x), b.int(change))])
            return slice(b.build()).processes[0].body.statements.count
        }
        #expect(body(.range(lower: 0, upper: 7, wraps: false), 1) == 1)
        #expect(body(.range(lower: 0, upper: 7, wraps: true), 1) == 0)
        #expect(body(.range(lower: 0, upper: 7, wraps: false), 0) == 0)
    }

    @Test("A cell with a `when` stays: touching it may be a use after free")
    func conditionStays() {
        let b = ProgramBuilder()
        let alive = b.variable("alive", .bool)
        let x = b.variable("x", .bool, when: b.read(alive))
        b.process("p", [b.set(b.place(alive), b.bool(true)), b.set(b.place(x), b.bool(true))])
        let result = slice(b.build())
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 2)
    }

    @Test("Locks stay, waits stay")
    func locksStay() {
        let b = ProgramBuilder()
        let l = b.variable("l", .lock(.mutex))
        let x = b.variable("x", .bool)
        b.process(
            "p",
            [
                b.lock(b.place(l)), b.set(b.place(x), b.bool(true)), b.stmt(.await(b.read(x))), b.unlock(b.place(l)),
            ])
        let result = slice(b.build())
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 4)
    }

    @Test("A statement that lost its access is no step")
    func rolesAreDecidedAnew() {
        let b = ProgramBuilder()
        let setting = b.variable("setting", .bool)
        let x = b.variable("x", .bool)
        let c = b.parameter("c", .bool)
        let condition = b.binary(.and, c, b.binary(.equal, b.read(setting), b.read(setting)))
        b.process("p", [b.ifElse(condition, [b.set(b.place(x), b.bool(true))])])
        b.process("q", [b.ifElse(b.read(x), [b.stmt(.fail(name: "f", "no"))])])
        let before = b.program
        #expect(before.variables.allSatisfy { !$0.isConstant })
        let result = slice(before)
        #expect(result.vanished == ["setting"])
        #expect(result.processes[0].body.statements.first?.role == .local)
        #expect(result.processes[1].body.statements.first?.role == .access)
    }

    @Test("A call of a handler that does nothing any more goes away with its arguments' reads")
    func emptyCall() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let sink = b.variable("sink", .bool)
        let p = b.parameter("p", .bool)
        let note = b.handler("note", [b.set(b.place(sink), p)])
        b.process("q", [b.call(note, [b.read(x)]), b.set(b.place(x), b.bool(true))])
        let result = slice(b.build())
        #expect(result.vanished == ["x", "sink"])
        #expect(result.processes[0].body.statements.isEmpty)
    }

    @Test("An argument that nobody reads becomes a constant; the number of arguments stays")
    func unreadArgument() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let seen = b.variable("seen", .bool)
        let first = b.parameter("a", .bool)
        _ = b.parameter("b", .bool)
        let note = b.handler("note", [b.set(b.place(seen), first)])
        b.process("q", [b.call(note, [b.bool(true), b.read(x)]), b.set(b.place(x), b.bool(true))])
        b.invariant("i", b.read(seen))
        let result = slice(b.build())
        #expect(result.vanished == ["x"])
        guard case .call(_, let arguments, result: _)? = result.processes[0].body.statements.first?.kind else {
            Issue.record("the call is gone")
            return
        }
        #expect(arguments.count == 2)
        #expect(arguments.last?.constant == .bool(false))
    }

    @Test("Ghost state without an assert or a property vanishes with its commits")
    func ghosts() {
        let b = ProgramBuilder()
        let ideal = b.variable("ideal", .bool, role: .ghost)
        let p = b.parameter("p", .bool)
        let record = b.handler("record", isGhost: true, [b.set(b.place(ideal), p)])
        b.process("q", [b.commit(record, [b.bool(true)])])
        #expect(slice(b.build()).vanished == ["ideal"])
    }

    @Test("An assert in a ghost handler keeps what it reads")
    func ghostAssert() {
        let b = ProgramBuilder()
        let ideal = b.variable("ideal", .bool, role: .ghost)
        let p = b.parameter("p", .bool)
        let check = b.handler(
            "check", isGhost: true, [b.stmt(.assert(name: "a", b.binary(.equal, b.read(ideal), p)))])
        let q = b.parameter("p", .bool)
        let record = b.handler("record", isGhost: true, [b.set(b.place(ideal), q)])
        b.process("q", [b.commit(record, [b.bool(true)]), b.commit(check, [b.bool(true)])])
        let result = slice(b.build())
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 2)
    }

    @Test("A symbolic constant stays while somebody reads it")
    func symbolic() {
        func vanished(read: Bool) -> [String] {
            let b = ProgramBuilder()
            let placement = b.variable("placement", .bool, role: .symbolicConstant)
            let x = b.variable("x", .bool)
            b.process("p", read ? [b.set(b.place(x), b.read(placement))] : [b.set(b.place(x), b.bool(true))])
            b.invariant("i", b.read(x))
            return slice(b.build()).vanished
        }
        #expect(vanished(read: true) == [])
        #expect(vanished(read: false) == ["placement"])
    }

    @Test("A handler that nobody calls is no reader")
    func neverCalled() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let local = b.local("v", .bool)
        _ = b.handler("unused", [b.bind(local, b.read(x)), b.stmt(.assert(name: "a", local))])
        b.process("p", [b.set(b.place(x), b.bool(true))])
        #expect(slice(b.build()).vanished == ["x"])
    }
}
