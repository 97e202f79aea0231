import Diagnostics
import Program
import ProgramBuilding
import Rules

/// A small kernel: page-table entries under their locks, frames without.
struct Fixture {
    let b = ProgramBuilder()
    let mm: Type
    let ptl: VariableID
    let mmap: VariableID
    let sleep: VariableID
    let pte: VariableID
    let x: VariableID
    let y: VariableID
    let atomicCount: VariableID
    let count: VariableID
    let plain: VariableID
    let flags: VariableID
    let ghost: VariableID

    init() {
        mm = b.domain("Mm", 2)
        ptl = b.variable("ptl", .lock(.spin), index: [mm])
        mmap = b.variable("mmap", .lock(.readWrite))
        sleep = b.variable("sleep", .lock(.mutex))
        pte = b.variable("pte", .bool, index: [mm], guardedBy: [ptl])
        x = b.variable("x", .bool)
        y = b.variable("y", .bool)
        atomicCount = b.variable("refs", .range(lower: 0, upper: 7, wraps: false), isAtomic: true)
        count = b.variable("count", .range(lower: 0, upper: 7, wraps: false))
        let pair = b.record("Pair", [b.field("first", .bool), b.field("second", .bool)])
        plain = b.variable("pair", pair)
        flags = b.variable("flag", .bool, index: [mm])
        ghost = b.variable("ideal", .bool, role: .ghost)
    }

    func setX() -> Stmt { b.set(b.place(x), b.bool(true)) }

    /// The codes that the statements of one process give.
    func codes(_ body: [Stmt], kind: ProcessKind = .ordinary) -> [DiagnosticCode] {
        findings(body, kind: kind).map(\.code)
    }

    func findings(_ body: [Stmt], kind: ProcessKind = .ordinary) -> [Diagnostic] {
        b.process("p", kind: kind, body)
        return check(b.build())
    }

    /// `lock ptl[m]`, the statements, `unlock ptl[m]`.
    func locked(_ m: Expr, _ body: [Stmt]) -> [Stmt] {
        [b.lock(b.place(ptl, [m]))] + body + [b.unlock(b.place(ptl, [m]))]
    }
}
