import Program
import ProgramBuilding
import Testing

@testable import Slicing

@Suite struct ConstantTests {
    @Test("A variable that only `init` writes is a constant, and keeps its cells")
    func writtenByInit() {
        let b = ProgramBuilder()
        let mode = b.variable("mode", .bool)
        let x = b.variable("x", .bool)
        b.initialize([b.set(b.place(mode), b.bool(true))])
        b.process("p", [b.set(b.place(x), b.read(mode))])
        b.invariant("i", b.read(x))
        let result = slice(b.build())
        #expect(result[mode].isConstant)
        #expect(!result[mode].isVanished)
        #expect(!result[x].isConstant)
    }

    @Test("A variable that nobody writes is its initial value, and code behind it folds")
    func neverWritten() {
        let b = ProgramBuilder()
        let mode = b.variable("mode", .bool, initial: .bool(false))
        let x = b.variable("x", .bool)
        b.process("p", [b.ifElse(b.read(mode), [b.set(b.place(x), b.bool(true))])])
        b.invariant("i", b.read(x))
        let result = slice(b.build())
        #expect(result.processes[0].body.statements.isEmpty)
        #expect(result[x].isConstant)
    }

    @Test("A cell with a changing `when` is no constant, though nobody writes it")
    func resetCell() {
        let b = ProgramBuilder()
        let alive = b.variable("alive", .bool)
        let x = b.variable("x", .bool, when: b.read(alive))
        let local = b.local("v", .bool)
        b.process("p", [b.set(b.place(alive), b.bool(false)), b.bind(local, b.read(x))])
        #expect(!slice(b.build())[x].isConstant)
    }

    @Test("Slicing again changes nothing")
    func idempotent() {
        let b = ProgramBuilder()
        let mm = b.domain("Mm", 2)
        let mode = b.variable("mode", .bool)
        let x = b.variable("x", .range(lower: 0, upper: 3, wraps: false), index: [mm])
        let unused = b.variable("unused", .bool)
        let m = b.parameter("m", mm)
        let local = b.local("v", .bool)
        b.process(
            "p",
            [
                b.bind(local, b.not(b.read(mode))),
                b.ifElse(local, [b.add(b.place(x, [m]), b.int(1)), b.set(b.place(unused), local)]),
            ])
        let once = slice(b.build())
        let twice = slice(once)
        #expect("\(once)" == "\(twice)")
        #expect(once.vanished == ["mode", "unused"])
    }
}
