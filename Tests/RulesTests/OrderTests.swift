import Program
import ProgramBuilding
import Testing

@testable import Rules

@Suite struct OrderTests {
    private func codes(atomic: Bool = true, _ body: (Fixture, Expr) -> [Stmt]) -> [String] {
        let f = Fixture()
        let m = f.b.local("m", f.mm)
        let todo = f.b.local("todo", .set(f.mm))
        let each = f.b.each(m, todo: todo, body(f, m))
        return f.codes([atomic ? f.b.atomic([each]) : each]).map(\.rawValue)
    }

    @Test("Inside `atomic` a loop may write the cells of its element")
    func ownCells() {
        #expect(codes { f, m in [f.b.set(f.b.place(f.flags, [m]), f.b.bool(true))] } == [])
    }

    @Test("Inside `atomic` a loop must not write a cell that all its elements share")
    func sharedCell() {
        let last = codes { f, m in
            let holder = f.b.variable("last", f.mm)
            return [f.b.set(f.b.place(holder), m)]
        }
        #expect(last == ["FL0310"])
    }

    @Test("Outside `atomic` the order is a choice of its own")
    func outside() {
        let last = codes(atomic: false) { f, m in
            let holder = f.b.variable("last", f.mm)
            return [f.b.set(f.b.place(holder), m)]
        }
        #expect(last == [])
    }

    @Test("Adding up commutes")
    func commuting() {
        #expect(codes { f, _ in [f.b.add(f.b.place(f.count), f.b.int(1))] } == [])
    }

    @Test("Reading what is written for another element depends on the order")
    func readsOther() {
        let found = codes { f, m in
            let n = f.b.parameter("n", f.mm)
            return [f.b.set(f.b.place(f.flags, [m]), f.b.read(f.flags, [n]))]
        }
        #expect(found == ["FL0310"])
    }

    @Test("A local that keeps the last element depends on the order")
    func localOfLast() {
        let found = codes { f, m in
            let last = f.b.local("last", f.mm, isMutable: true)
            return [f.b.stmt(.assignLocal(f.b.id(last), [], .set, m))]
        }
        #expect(found == ["FL0310"])
    }

    @Test("Writes made by a called handler are looked at")
    func throughHandler() {
        func codes(own: Bool) -> [String] {
            let f = Fixture()
            let p = f.b.parameter("p", f.mm)
            let target = own ? f.b.place(f.flags, [p]) : f.b.place(f.x)
            let handler = f.b.handler("clear", [f.b.set(target, f.b.not(f.b.read(f.y)))])
            let m = f.b.local("m", f.mm)
            let todo = f.b.local("todo", .set(f.mm))
            return f.codes([f.b.atomic([f.b.each(m, todo: todo, [f.b.call(handler, [m])])])]).map(\.rawValue)
        }
        #expect(codes(own: true) == [])
        #expect(codes(own: false) == ["FL0310"])
    }
}
