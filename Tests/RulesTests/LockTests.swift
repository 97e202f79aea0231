import Program
import ProgramBuilding
import Testing

@testable import Rules

@Suite struct LockTests {
    @Test("Two lock variables taken in both orders are a cycle that names both places")
    func lockOrder() {
        let f = Fixture()
        let other = f.b.variable("other", .lock(.mutex))
        let a = f.b.place(f.sleep)
        let b = f.b.place(other)
        f.b.process("q", [f.b.lock(a), f.b.lock(b), f.b.unlock(b), f.b.unlock(a)])
        let found = f.findings([f.b.lock(b), f.b.lock(a), f.b.unlock(a), f.b.unlock(b)])
        #expect(found.map(\.code) == [.lockOrder])
        #expect(found.first?.notes.contains { $0.message.contains("is taken here while `other` is held") } == true)
    }

    @Test("One order everywhere is no cycle")
    func oneOrder() {
        let f = Fixture()
        let other = f.b.variable("other", .lock(.mutex))
        let a = f.b.place(f.sleep)
        let b = f.b.place(other)
        f.b.process("q", [f.b.lock(a), f.b.lock(b), f.b.unlock(b), f.b.unlock(a)])
        #expect(f.codes([f.b.lock(a), f.b.lock(b), f.b.unlock(a), f.b.unlock(b)]).isEmpty)
    }

    @Test("Three locks taken in a circle are one finding")
    func circleOfThree() {
        let f = Fixture()
        let locks = (0..<3).map { f.b.place(f.b.variable("l\($0)", .lock(.mutex))) }
        for i in 0..<3 {
            let (a, b) = (locks[i], locks[(i + 1) % 3])
            f.b.process("p\(i)", [f.b.lock(a), f.b.lock(b), f.b.unlock(b), f.b.unlock(a)])
        }
        #expect(check(f.b.build()).map(\.code) == [.lockOrder])
    }

    @Test("Taking a held lock is a double lock, also through a copy of the index")
    func doubleLock() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let n = f.b.local("n", f.mm)
        let body = [f.b.bind(n, m)] + f.locked(m, [f.b.lock(f.b.place(f.ptl, [n]))])
        #expect(f.codes(body) == [.doubleLock])
    }

    @Test("Releasing what is not held is found")
    func strangerUnlock() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        #expect(f.codes([f.b.unlock(f.b.place(f.ptl, [m]))]) == [.strangerUnlock])
    }

    @Test("An index chosen anew in each round is another index")
    func rebound() {
        let f = Fixture()
        let m = f.b.local("m", f.mm)
        let choose = f.b.stmt(.choose([f.b.binder(m)], then: [], otherwise: nil))
        let again = f.b.stmt(.choose([f.b.binder(m)], then: [], otherwise: nil))
        let body = [choose, f.b.lock(f.b.place(f.ptl, [m])), again, f.b.unlock(f.b.place(f.ptl, [m]))]
        #expect(f.codes(body) == [.strangerUnlock, .lockLeak])
    }

    @Test("A process must not end with a lock")
    func leakAtEnd() {
        let f = Fixture()
        #expect(f.codes([f.b.lock(f.b.place(f.sleep))]) == [.lockLeak])
        let g = Fixture()
        let parameter = g.b.parameter("c", .bool)
        let early = g.b.ifElse(parameter, [g.b.stmt(.returnValue(nil))])
        #expect(g.codes([g.b.lock(g.b.place(g.sleep)), early, g.b.unlock(g.b.place(g.sleep))]) == [.lockLeak])
    }

    @Test("A process must not rest with a lock, at the first round or a later one")
    func leakAtRest() {
        let f = Fixture()
        let lock = f.b.place(f.sleep)
        #expect(f.codes([f.b.lock(lock), f.b.loop([f.setX()])]) == [.lockLeak])
        let g = Fixture()
        #expect(g.codes([g.b.loop([g.b.lock(g.b.place(g.sleep))])]) == [.lockLeak])
        let h = Fixture()
        let place = h.b.place(h.sleep)
        #expect(h.codes([h.b.loop([h.b.lock(place), h.setX(), h.b.unlock(place)])]).isEmpty)
    }

    @Test("A handler returns with a lock only where its `holding` says so")
    func holding() {
        func codes(declared: Bool, takes: Bool) -> [String] {
            let f = Fixture()
            let p = f.b.parameter("p", f.mm)
            let place = f.b.place(f.ptl, [p])
            let holding = declared ? [Holding(place: place, mode: .exclusive)] : []
            let take = f.b.handler("take", holding: holding, takes ? [f.b.lock(place)] : [f.setX()])
            let m = f.b.parameter("m", f.mm)
            let release = declared ? [f.b.unlock(f.b.place(f.ptl, [m]))] : []
            return f.codes([f.b.call(take, [m])] + release).map(\.rawValue)
        }
        #expect(codes(declared: true, takes: true) == [])
        #expect(codes(declared: false, takes: true) == ["FL0308"])
        #expect(codes(declared: true, takes: false) == ["FL0308"])
    }

    @Test("A handler must not release its caller's lock for good")
    func callersLock() {
        let f = Fixture()
        let drop = f.b.handler("drop", [f.b.unlock(f.b.place(f.sleep))])
        #expect(f.codes([f.b.lock(f.b.place(f.sleep)), f.b.call(drop), f.b.unlock(f.b.place(f.sleep))]) == [.lockLeak])
    }

    @Test("A spinlock must not be held across a wait; a mutex may")
    func sleeping() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        #expect(f.codes(f.locked(m, [f.b.stmt(.await(f.b.read(f.x)))]) + [f.setX()]) == [.sleepUnderSpinlock])
        let g = Fixture()
        let place = g.b.place(g.sleep)
        #expect(g.codes([g.b.lock(place), g.b.stmt(.await(g.b.read(g.x))), g.b.unlock(place), g.setX()]).isEmpty)
    }

    @Test("Taking a sleeping lock under a spinlock is a wait; taking a spinlock under a sleeping lock is none")
    func sleepingLock() {
        let f = Fixture()
        let m = f.b.parameter("m", f.mm)
        let place = f.b.place(f.sleep)
        #expect(f.codes(f.locked(m, [f.b.lock(place), f.b.unlock(place)])) == [.sleepUnderSpinlock])
        let g = Fixture()
        let n = g.b.parameter("n", g.mm)
        let outer = g.b.place(g.sleep)
        #expect(g.codes([g.b.lock(outer)] + g.locked(n, [g.setX()]) + [g.b.unlock(outer)]).isEmpty)
    }

    @Test("A claim under a spinlock may wait; the branch of an `either` that another can replace does not")
    func otherWaits() {
        let f = Fixture()
        let p = f.b.parameter("p", f.mm)
        let m = f.b.local("m", f.mm)
        let claim = f.b.stmt(
            .choose(
                [f.b.binder(m, where: f.b.not(f.b.read(f.flags, [m])))],
                then: [f.b.set(f.b.place(f.flags, [m]), f.b.bool(true))], otherwise: nil))
        #expect(f.codes(f.locked(p, [claim])) == [.sleepUnderSpinlock])
        let g = Fixture()
        let n = g.b.parameter("n", g.mm)
        let wait = g.b.stmt(.await(g.b.read(g.x)))
        let either = g.b.stmt(.either([g.b.block([wait]), g.b.block([])]))
        #expect(g.codes(g.locked(n, [either]) + [g.setX()]).isEmpty)
    }

    @Test("Waiting under a spinlock for an interrupt that takes no lock is spinning")
    func interrupts() {
        let f = Fixture()
        f.b.process("ipi", kind: .daemon, [f.b.loop([f.setX()])])
        let m = f.b.parameter("m", f.mm)
        #expect(f.codes(f.locked(m, [f.b.stmt(.await(f.b.read(f.x)))])).isEmpty)
    }

    @Test("Two locks of one array need a reason, unless their indices have an order")
    func nested() {
        func codes(nested: String?, index: (Fixture) -> Type) -> [String] {
            let f = Fixture()
            let type = index(f)
            let locks = f.b.variable("locks", .lock(.mutex), index: [type])
            let m = f.b.parameter("m", type)
            let n = f.b.parameter("n", type)
            let (a, b) = (f.b.place(locks, [m]), f.b.place(locks, [n]))
            return f.codes([f.b.lock(a), f.b.lock(b, nested: nested), f.b.unlock(b), f.b.unlock(a)]).map(\.rawValue)
        }
        #expect(codes(nested: nil) { $0.mm } == ["FL0311"])
        #expect(codes(nested: "why") { $0.mm } == [])
        #expect(codes(nested: nil) { _ in .range(lower: 0, upper: 1, wraps: false) } == [])
    }

    @Test("A wait that only hardware ends is found; one that a daemon ends is none")
    func hardware() {
        func codes(_ kind: ProcessKind) -> [String] {
            let f = Fixture()
            f.b.process("device", kind: kind, [f.b.loop([f.setX()])])
            return f.codes([f.b.stmt(.await(f.b.read(f.x)))]).map(\.rawValue)
        }
        #expect(codes(.hardware) == ["FL0312"])
        #expect(codes(.daemon) == [])
    }

    @Test("A lock that is held on one branch only is found where the branches meet")
    func heldDiffers() {
        let f = Fixture()
        let c = f.b.parameter("c", .bool)
        let place = f.b.place(f.sleep)
        #expect(f.codes([f.b.ifElse(c, [f.b.lock(place)]), f.b.unlock(place)]) == [.heldDiffers])
    }

    @Test("A branch that leaves does not meet the other")
    func leavingBranch() {
        let f = Fixture()
        let c = f.b.parameter("c", .bool)
        let place = f.b.place(f.sleep)
        let leave = f.b.ifElse(c, [f.b.unlock(place), f.b.stmt(.returnValue(nil))])
        #expect(f.codes([f.b.lock(place), leave, f.setX(), f.b.unlock(place)]).isEmpty)
    }

    @Test("An inner loop that comes round with another lock is found at its head")
    func loopDiffers() {
        let f = Fixture()
        let inner = f.b.labelled { id in
            .loop(atMost: nil, counter: nil, f.b.block([f.b.lock(f.b.place(f.sleep))]))
        }
        #expect(f.codes([f.b.loop([inner])]) == [.heldDiffers])
    }

    @Test("`try lock` holds behind it, and does not in its `otherwise`")
    func tryLock() {
        let f = Fixture()
        let place = f.b.place(f.sleep)
        let attempt = f.b.stmt(
            .tryLock(place, .exclusive, otherwise: f.b.block([f.b.stmt(.returnValue(nil))])))
        #expect(f.codes([attempt, f.b.unlock(place)]).isEmpty)
        let g = Fixture()
        let other = g.b.place(g.sleep)
        let falling = g.b.stmt(.tryLock(other, .exclusive, otherwise: g.b.block([])))
        #expect(g.codes([falling, g.b.unlock(other)]) == [.heldDiffers])
    }

    @Test("After `downgrade` a guarded write is an error")
    func downgrade() {
        let f = Fixture()
        let vma = f.b.variable("vma", .bool, guardedBy: [f.mmap])
        let place = f.b.place(f.mmap)
        let write = f.b.set(f.b.place(vma), f.b.bool(true))
        #expect(
            f.codes([f.b.lock(place), f.b.stmt(.downgrade(place)), write, f.b.unlock(place)]) == [.guardNotHeld])
    }
}
