import Exploration
import Model
import ModelTestSupport
import Testing

@Suite("Rest, deadlock and leaked locks")
struct RestTests {
    /// Takes a lock that is never free.
    private func waiting(kind: ProcessKind, startIsLoop: Bool, waitsAt location: Int) -> Model {
        var model = Model(name: "wait")
        let lock = model.variable("lock", [], .exclusiveLock)
        model.initial = [lock(to: c(1))]
        let process = model.process("p", kind: kind, locations: 2, startIsLoop: startIsLoop)
        if location == 1 { model.action(process, at: 0, [.jump(location: 1)]) }
        model.action(process, at: location, [.require(eq(lock.value, c(0))), .jump(location: 0)])
        return model
    }

    @Test(
        "a process that waits for ever is a deadlock unless it is a daemon or at the head of its loop",
        arguments: [
            (ProcessKind.ordinary, false, 0, true), (.ordinary, true, 0, false), (.ordinary, true, 1, true),
            (.daemon, true, 1, false), (.hardware, true, 1, false),
        ])
    func deadlock(kind: ProcessKind, startIsLoop: Bool, location: Int, expected: Bool) throws {
        let model = waiting(kind: kind, startIsLoop: startIsLoop, waitsAt: location).packed()
        let found = try explore(model).counterexample
        #expect((found?.judgement.name == "deadlock") == expected)
        if expected { #expect(found?.steps.count == location) }
    }

    @Test("hardware that can always move hides no deadlock")
    func hardware() throws {
        var model = waiting(kind: .ordinary, startIsLoop: true, waitsAt: 1)
        let clock = model.variable("clock", [], .bool)
        let process = model.process("hw", kind: .hardware, locations: 1)
        model.action(process, at: 0, [clock(to: not(clock.value)), .jump(location: 0)])
        let found = try #require(try explore(model.packed()).counterexample)
        #expect(found.judgement.name == "deadlock")
        #expect(found.steps.count == 1)
    }

    @Test("a daemon that can move is no deadlock")
    func daemon() throws {
        var model = waiting(kind: .ordinary, startIsLoop: true, waitsAt: 1)
        let process = model.process("d", kind: .daemon, locations: 1)
        model.action(process, at: 0, [.jump(location: 0)])
        #expect(try explore(model.packed()).isCompleted)
    }

    @Test("a process that ends with a lock leaks it")
    func leak() throws {
        var model = Model(name: "leak")
        let lock = model.variable("lock", [], .exclusiveLock)
        let held = HeldLock(lock: lock, indices: [], isShared: false)
        let process = model.process("p", locations: 2, end: 1, held: [1: [held]])
        model.action(process, at: 0, [lock(to: c(1)), .jump(location: 1)])
        let found = try #require(try explore(model.packed()).counterexample)
        #expect(found.judgement.source == .lockLeak)
        #expect(found.steps.count == 1)
    }

    @Test("an at-rest property is judged only where everybody rests")
    func atRest() throws {
        var model = Model(name: "rest")
        let flag = model.variable("flag", [], .bool)
        let process = model.process("p", locations: 2)
        model.action(process, at: 0, [flag(to: c(1)), .jump(location: 1)])
        model.action(process, at: 1, [flag(to: c(0)), .jump(location: 0)])
        model.property("clean", kind: .atRest, not(flag.value))
        #expect(try explore(model.packed()).isCompleted)
        model.property("never", not(flag.value))
        let found = try #require(try explore(model.packed()).counterexample)
        #expect(found.judgement.name == "never")
        #expect(found.conjunct == 0)
    }

    @Test("a violation in the initial state is a run without steps")
    func initialViolation() throws {
        var model = Model(name: "initial")
        let cell = model.variable("cell", [], .range(lower: 0, upper: 3))
        model.initialRegisterCount = 1
        model.initial = [choose(0, 4), cell(to: r(0))]
        model.property("small", .binary(.below, cell.value, c(2)))
        let found = try #require(try explore(model.packed()).counterexample)
        #expect(found.steps.isEmpty)
        #expect(found.initialChoices == [2])
    }
}
