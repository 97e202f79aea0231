import Program
import ProgramBuilding
import Testing

@testable import Rules

@Suite struct GuardTests {
    @Test("Writing a guarded variable without its lock is an error that says where the lock was released")
    func writeAfterUnlock() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let body = f.locked(m, []) + [f.b.set(f.b.place(f.pte, [m]), f.b.bool(true))]
        let found = f.findings(body)
        #expect(found.map(\.code) == [.guardNotHeld])
        #expect(found.first?.notes.map(\.message) == ["it was released here"])
        #expect(found.first?.notes.first?.span == body.dropLast().last?.span)
    }

    @Test("The lock of another element does not guard")
    func otherElement() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let n = f.b.parameter("n", f.mm)
        #expect(f.codes(f.locked(m, [f.b.set(f.b.place(f.pte, [n]), f.b.bool(true))])) == [.guardNotHeld])
    }

    @Test("A copy of an index is the same index")
    func copiedIndex() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let n = f.b.local("n", f.mm)
        let body = [f.b.bind(n, m)] + f.locked(m, [f.b.set(f.b.place(f.pte, [n]), f.b.bool(true))])
        #expect(f.codes(body).isEmpty)
    }

    @Test("An index passed to a handler is the same index there")
    func parameterIndex() {
        let f = Fixture()
        let p = f.b.parameter("p", f.mm)
        let clear = f.b.handler("clear", [f.b.set(f.b.place(f.pte, [p]), f.b.bool(false))])
        let m = f.b.parameter("m", f.mm)
        #expect(f.codes(f.locked(m, [f.b.call(clear, [m])])).isEmpty)
    }

    @Test("A finding inside a handler says where it was called from")
    func calledFrom() {
        let f = Fixture()
        let p = f.b.parameter("p", f.mm)
        let clear = f.b.handler("clear", [f.b.set(f.b.place(f.pte, [p]), f.b.bool(false))])
        let m = f.b.parameter("m", f.mm)
        let found = f.findings([f.b.call(clear, [m])])
        #expect(found.first?.notes.last?.message == "called from here")
    }

    @Test("A guarded read needs the lock, `racy`, or `atomic`")
    func reads() {
        func read(_ f: Fixture, racy: Bool) -> Stmt {
            let m = f.b.parameter("m", f.mm)
            return f.b.bind(f.b.local("v", .bool), f.b.read(f.pte, [m], racy: racy))
        }
        let plain = Fixture()
        #expect(plain.codes([read(plain, racy: false)]) == [.guardNotHeld])
        let racy = Fixture()
        #expect(racy.codes([read(racy, racy: true)]).isEmpty)
        let atomic = Fixture()
        #expect(atomic.codes([atomic.b.atomic([read(atomic, racy: false)])]).isEmpty)
    }

    @Test("`atomic` does not replace the lock for a write")
    func writeInAtomic() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        #expect(f.codes([f.b.atomic([f.b.set(f.b.place(f.pte, [m]), f.b.bool(true))])]) == [.guardNotHeld])
    }

    @Test("Of two guards a read needs one, a write both")
    func twoGuards() {
        func fixture(_ body: (Fixture, VariableID) -> Stmt) -> [String] {
            let f = Fixture()
            let vma = f.b.variable("vma", .bool, guardedBy: [f.mmap, f.sleep])
            return f.codes([f.b.lock(f.b.place(f.mmap)), body(f, vma), f.b.unlock(f.b.place(f.mmap))]).map(\.rawValue)
        }
        #expect(fixture { f, vma in f.b.bind(f.b.local("v", .bool), f.b.read(vma)) } == [])
        #expect(fixture { f, vma in f.b.set(f.b.place(vma), f.b.bool(true)) } == ["FL0302"])
    }

    @Test("A lock in shared mode lets read and not write")
    func sharedMode() {
        func codes(_ body: (Fixture, VariableID) -> Stmt) -> [String] {
            let f = Fixture()
            let vma = f.b.variable("vma", .bool, guardedBy: [f.mmap])
            return f.codes([
                f.b.lock(f.b.place(f.mmap), .shared), body(f, vma), f.b.unlock(f.b.place(f.mmap)),
            ]).map(\.rawValue)
        }
        #expect(codes { f, vma in f.b.bind(f.b.local("v", .bool), f.b.read(vma)) } == [])
        #expect(codes { f, vma in f.b.set(f.b.place(vma), f.b.bool(true)) } == ["FL0302"])
    }

    @Test("An excepted field may be written without the lock, another may not")
    func exceptedField() {
        func codes(field: Int) -> [String] {
            let f = Fixture()
            let leaf = f.b.record("Leaf", [f.b.field("frame", .bool), f.b.field("dirty", .bool)])
            let entry = f.b.variable("entry", leaf, guardedBy: [f.sleep], except: ["dirty"])
            return f.codes([f.b.set(f.b.place(entry, fields: [field]), f.b.bool(true))]).map(\.rawValue)
        }
        #expect(codes(field: 1) == [])
        #expect(codes(field: 0) == ["FL0302"])
    }

    @Test("A value read from a cell with an excepted field may not be stored back, the lock held or not")
    func unlockedWriter() {
        func codes(atomic: Bool, direct: Bool) -> [String] {
            let f = Fixture()
            let leaf = f.b.record("Leaf", [f.b.field("frame", .bool), f.b.field("dirty", .bool)], isWord: true)
            let entry = f.b.variable("entry", leaf, guardedBy: [f.sleep], except: ["dirty"])
            let old = f.b.local("old", leaf)
            let source = direct ? f.b.read(entry) : old
            let changed = Expr(
                .withRecord(source, [FieldUpdate(field: 0, value: f.b.bool(true))]), leaf, f.b.span())
            let store = f.b.set(f.b.place(entry), changed)
            let body = direct ? [store] : [f.b.bind(old, f.b.read(entry)), store]
            let inner = atomic ? [f.b.atomic(body)] : body
            return f.codes([f.b.lock(f.b.place(f.sleep))] + inner + [f.b.unlock(f.b.place(f.sleep))]).map(\.rawValue)
        }
        #expect(codes(atomic: false, direct: true) == ["FL0305"])
        #expect(codes(atomic: false, direct: false) == ["FL0305"])
        #expect(codes(atomic: true, direct: false) == [])
    }

    @Test("A guarded cell may be read and written in one statement under its lock")
    func guardedLoadAndStore() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let body = f.locked(m, [f.b.set(f.b.place(f.pte, [m]), f.b.not(f.b.read(f.pte, [m])))])
        #expect(f.codes(body).isEmpty)
    }
}
