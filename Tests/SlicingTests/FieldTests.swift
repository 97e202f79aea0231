import Program
import ProgramBuilding
import Testing

@testable import Slicing

@Suite struct FieldTests {
    private func program(_ body: (ProgramBuilder, VariableID) -> [Stmt]) -> Program {
        let b = ProgramBuilder()
        let pair = b.record("Pair", [b.field("first", .bool), b.field("second", .bool)])
        let x = b.variable("x", pair)
        b.process("p", body(b, x))
        b.invariant("i", b.read(x, fields: [0]))
        return slice(b.build())
    }

    @Test("A field of a plain record that nothing reads vanishes with its writes")
    func unread() {
        let result = program { b, x in
            [b.set(b.place(x, fields: [0]), b.bool(true)), b.set(b.place(x, fields: [1]), b.bool(true))]
        }
        #expect(result.vanished == ["Pair.second"])
        #expect(result.records[0].fields.map(\.isVanished) == [false, true])
        #expect(result.processes[0].body.statements.count == 1)
    }

    @Test("Reading or comparing a whole record reads all its fields")
    func whole() {
        let result = program { b, x in
            let v = b.local("v", b.program[x].type)
            let same = b.binary(.equal, v, v)
            return [
                b.set(b.place(x, fields: [1]), b.bool(true)), b.bind(v, b.read(x)),
                b.stmt(.assert(name: "a", same)),
            ]
        }
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 3)
    }

    @Test("A field that a condition of another field names stays")
    func condition() {
        let b = ProgramBuilder()
        let alive = Expr(.sibling(0), .bool, b.span())
        let info = b.record("Info", [b.field("used", .bool), b.field("data", .bool, when: alive)])
        let x = b.variable("x", info)
        b.process(
            "p", [b.set(b.place(x, fields: [0]), b.bool(true)), b.set(b.place(x, fields: [1]), b.bool(true))])
        let result = slice(b.build())
        #expect(result.vanished.isEmpty)
        #expect(result.processes[0].body.statements.count == 2)
    }
}
