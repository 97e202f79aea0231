import Program
import Reference
import Testing

@Suite struct LockTests {
    let b = Builder()

    @Test("A lock is taken in one step and waited for; the holder is known")
    func lock() {
        let l = b.variable("l", .lock(.spin))
        for name in ["p", "q"] { b.process(name, [b.lock(b.at(l)), b.unlock(b.at(l))]) }
        let i = b.interpreter
        let held = i.after(0, i.first)
        #expect(i.value(l, held) == .lockExclusive)
        #expect(i.point(0, held)?.held.map(\.variable) == [l])
        #expect(held.map { i.steps(1, $0).isEmpty } == true)
        let free = i.after(0, held)
        #expect(i.value(l, free) == .lockFree && i.after(1, free) != nil)
    }

    @Test("Readers share a reader-writer lock, a writer excludes them, a downgrade lets them in")
    func readWrite() {
        let l = b.variable("l", .lock(.readWrite))
        for name in ["p", "q"] { b.process(name, [b.lock(b.at(l), .shared), b.unlock(b.at(l))]) }
        b.process("w", [b.lock(b.at(l)), b.s(.downgrade(b.at(l))), b.unlock(b.at(l))])
        let i = b.interpreter
        let two = i.after(1, i.after(0, i.first))
        #expect(i.value(l, two) == .lockShared(2))
        #expect(i.after(2, two) == nil)
        #expect(i.value(l, i.after(0, two)) == .lockShared(1))
        let written = i.after(2, i.first)
        #expect(i.after(0, written) == nil)
        let downgraded = i.after(2, written)
        #expect(i.value(l, downgraded) == .lockShared(1))
        #expect(i.value(l, i.after(2, i.after(0, downgraded))) == .lockShared(1))
    }

    @Test("`try lock` is one step: held, or `otherwise`")
    func tryLock() {
        let l = b.variable("l", .lock(.spin))
        let x = b.variable("x", .bool)
        b.process("p", [b.lock(b.at(l)), b.unlock(b.at(l))])
        let leave = b.s(.returnValue(nil))
        let attempt = b.s(.tryLock(b.at(l), .exclusive, otherwise: b.block([leave])))
        b.process("q", [attempt, b.set(b.at(x), .bool(true)), b.unlock(b.at(l))])
        let i = b.interpreter
        #expect(i.point(1, i.after(1, i.first))?.held.count == 1)
        let refused = i.after(1, i.after(0, i.first))
        #expect(i.point(1, refused)?.isFinal == true && i.value(x, refused) == .bool(false))
    }

    @Test("Locking what one holds is `double_lock`, without a next state")
    func doubleLock() {
        let l = b.variable("l", .lock(.spin))
        b.process("p", [b.lock(b.at(l)), b.lock(b.at(l))])
        let i = b.interpreter
        let steps = i.after(0, i.first).map { i.steps(0, $0) } ?? []
        #expect(steps.map { $0.violations.map(\.name) } == [["double_lock"]])
        #expect(steps.allSatisfy { $0.next == nil })
        #expect(i.after(0, i.first).map(i.isDeadlocked) == false)
    }

    @Test("Releasing what one does not hold is `stranger_unlock`, and changes nothing")
    func stranger() {
        let l = b.variable("l", .lock(.spin))
        b.process("p", [b.lock(b.at(l)), b.unlock(b.at(l))])
        b.process("q", [b.unlock(b.at(l))])
        let i = b.interpreter
        let steps = i.after(0, i.first).map { i.steps(1, $0) } ?? []
        #expect(steps.map { $0.violations.map(\.name) } == [["stranger_unlock"]])
        #expect(i.value(l, steps.first?.next) == .lockExclusive)
    }

    @Test("Coming to rest, or to the end, with a lock is `lock_leak`")
    func leak() {
        let l = b.variable("l", .lock(.spin))
        let m = b.variable("m", .lock(.spin))
        b.process("p", [b.lock(b.at(l))])
        b.process("q", [b.lock(b.at(m)), b.loop([b.unlock(b.at(m)), b.lock(b.at(m))])])
        let i = b.interpreter
        #expect(i.steps(0, i.first).map { $0.violations.map(\.name) } == [["lock_leak"]])
        #expect(i.steps(1, i.first).map { $0.violations.map(\.name) } == [["lock_leak"]])
    }

    @Test("The locals of a lock's name live while the lock is held; the lock itself knows its indices")
    func lockNames() {
        let domain = Type.domain(DomainID(0))
        let c = Builder(domains: [("Mm", 2)])
        let l = c.variable("l", .lock(.spin), index: [domain])
        let take = c.handler("take", parameters: 1, locals: [("m", domain)], [c.lock(c.at(l, [.local(0, domain)]))])
        c.process(
            "p", locals: [("a", domain)],
            [
                c.s(.choose([Binder(local: LocalID(0), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
                c.call(take, [.local(0, domain)]), c.await(.bool(false)),
            ])
        c.process(
            "q", locals: [("a", domain)],
            [
                c.s(.choose([Binder(local: LocalID(0), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
                c.lock(c.at(l, [.local(0, domain)])), c.await(.bool(false)),
            ])
        let i = c.interpreter
        let held = i.steps(0, i.first)[1].next.flatMap { i.after(0, $0) }
        #expect(i.point(0, held)?.held.map(\.indices) == [[.element(DomainID(0), 1)]])
        #expect(i.point(0, held)?.locals.isEmpty == true)
        let here = i.steps(1, i.first)[1].next.flatMap { i.after(1, $0) }
        #expect(i.point(1, here)?.locals.map(\.value) == [.element(DomainID(0), 1)])
    }
}
