import Program
import ProgramBuilding
import Testing

@testable import Rules

@Suite struct AccessTests {
    @Test("A statement that reads one unprotected cell and writes another is two accesses")
    func twoCells() {
        let f = Fixture()
        let found = f.findings([f.b.set(f.b.place(f.x), f.b.read(f.y))])
        #expect(found.map(\.code) == [.twoAccesses])
        #expect(found.first?.message.contains("reads `y` and writes `x`; no held lock protects either") == true)
    }

    @Test("A store of a constant is one access")
    func oneStore() {
        let f = Fixture()
        #expect(f.codes([f.setX()]).isEmpty)
    }

    @Test("`atomic` may touch any number of cells")
    func atomic() {
        let f = Fixture()
        #expect(f.codes([f.b.atomic([f.b.set(f.b.place(f.x), f.b.read(f.y))])]).isEmpty)
    }

    @Test("Both sides of `and` count, though the second is not always evaluated")
    func worstPathOfAnd() {
        let f = Fixture()
        let condition = f.b.binary(.and, f.b.read(f.x), f.b.read(f.y))
        #expect(f.codes([f.b.ifElse(condition, [])]) == [.twoAccesses])
    }

    @Test("Of the branches of a conditional only one is evaluated")
    func worstPathOfConditional() {
        let f = Fixture()
        let local = f.b.local("v", .bool)
        let parameter = f.b.parameter("c", .bool)
        let e = Expr(.conditional(parameter, f.b.read(f.x), f.b.read(f.y)), .bool, f.b.span())
        #expect(f.codes([f.b.bind(local, e)]).isEmpty)
    }

    @Test("The same expression twice is the same cell")
    func sameCell() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let local = f.b.local("v", .bool)
        let e = f.b.binary(.equal, f.b.read(f.flags, [m]), f.b.read(f.flags, [m]))
        #expect(f.codes([f.b.bind(local, e)]).isEmpty)
    }

    @Test("Two indices may be two cells")
    func otherIndex() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let n = f.b.parameter("n", f.mm)
        let local = f.b.local("v", .bool)
        let e = f.b.binary(.equal, f.b.read(f.flags, [m]), f.b.read(f.flags, [n]))
        #expect(f.codes([f.b.bind(local, e)]) == [.twoAccesses])
    }

    @Test("Reads of guarded cells are free while the lock is held")
    func guardedReadsAreFree() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let body = f.locked(m, [f.b.set(f.b.place(f.x), f.b.read(f.pte, [m]))])
        #expect(f.codes(body).isEmpty)
    }

    @Test("`racy` counts")
    func racyCounts() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let e = f.b.read(f.pte, [m], racy: true)
        #expect(f.codes([f.b.set(f.b.place(f.x), e)]) == [.twoAccesses])
    }

    @Test("The body of a function counts where it is called")
    func functionsCount() {
        let f = Fixture()
        let both = f.b.function("both", .bool, f.b.binary(.or, f.b.read(f.x), f.b.read(f.y)))
        let local = f.b.local("v", .bool)
        #expect(f.codes([f.b.bind(local, Expr(.call(both, []), .bool, f.b.span()))]) == [.twoAccesses])
    }

    @Test("A quantifier over an array looks at several cells")
    func quantifier() {
        let f = Fixture()
        let m = f.b.local("m", f.mm)
        let e = f.b.quantified(.all, m, f.b.read(f.flags, [m]))
        let found = f.findings([f.b.stmt(.await(e))])
        #expect(found.map(\.code) == [.twoAccesses])
        #expect(found.first?.message.contains("of several elements") == true)
    }

    @Test("A whole plain record is one access per field, also when written at once")
    func plainRecord() {
        let f = Fixture()
        let local = f.b.local("v", .bool)
        #expect(f.codes([f.b.bind(local, f.b.read(f.plain))]) == [.twoAccesses])
    }

    @Test("An index that reads a shared cell is an access of its own")
    func sharedIndex() {
        let f = Fixture()
        let current = f.b.variable("current", f.mm)
        let local = f.b.local("v", .bool)
        #expect(f.codes([f.b.bind(local, f.b.read(f.flags, [f.b.read(current)]))]) == [.twoAccesses])
    }

    @Test("A value stored back into its own cell is a load and a store")
    func loadAndStore() {
        let f = Fixture()
        #expect(f.codes([f.b.set(f.b.place(f.x), f.b.not(f.b.read(f.x)))]) == [.loadAndStore])
        let g = Fixture()
        #expect(g.codes([g.b.add(g.b.place(g.count), g.b.int(1))]) == [.loadAndStore])
    }

    @Test("Adding to an atomic cell is one access")
    func atomicCell() {
        let f = Fixture()
        #expect(f.codes([f.b.add(f.b.place(f.atomicCount), f.b.int(1))]).isEmpty)
    }

    @Test("Adding an unprotected value to an atomic cell is two accesses")
    func atomicCellPlusRead() {
        let f = Fixture()
        #expect(f.codes([f.b.add(f.b.place(f.atomicCount), f.b.read(f.count))]) == [.twoAccesses])
    }

    @Test("A claim of the cell that `where` looks at is one access")
    func claim() {
        let f = Fixture()
        let m = f.b.local("m", f.mm)
        let binder = f.b.binder(m, where: f.b.not(f.b.read(f.flags, [m])))
        let then = f.b.set(f.b.place(f.flags, [m]), f.b.bool(true))
        #expect(f.codes([f.b.stmt(.choose([binder], then: [then], otherwise: nil))]).isEmpty)
        let g = Fixture()
        let n = g.b.local("n", g.mm)
        let other = g.b.binder(n, where: g.b.not(g.b.read(g.flags, [n])))
        #expect(g.codes([g.b.stmt(.choose([other], then: [g.setX()], otherwise: nil))]) == [.twoAccesses])
    }

    @Test("`else` of a choice among unprotected cells needs `atomic`")
    func chooseElse() {
        func choice(_ f: Fixture) -> Stmt {
            let m = f.b.local("m", f.mm)
            let binder = f.b.binder(m, where: f.b.read(f.flags, [m]))
            return f.b.stmt(.choose([binder], then: [], otherwise: f.b.block([f.b.stmt(.returnValue(nil))])))
        }
        let f = Fixture()
        let found = f.findings([choice(f)])
        #expect(found.map(\.code) == [.twoAccesses])
        #expect(found.first?.message.hasPrefix("`else` speaks about all elements") == true)
        let g = Fixture()
        #expect(g.codes([g.b.atomic([choice(g)])]).isEmpty)
    }

    @Test("Arguments of a commit are free")
    func commitIsFree() {
        let f = Fixture()
        _ = f.b.parameter("v", .bool)
        let watch = f.b.handler("watch", isGhost: true, [])
        let e = f.b.binary(.and, f.b.read(f.x), f.b.read(f.y))
        #expect(f.codes([f.b.commit(watch, [e])]).isEmpty)
    }
}
