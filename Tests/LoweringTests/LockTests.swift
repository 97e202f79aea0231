import Lowering
import Model
import Program
import Testing

import enum Model.Expr

private typealias Code = Expr

@Suite("Locks, fusions and locals of lowered programs")
struct LockTests {
    private let domain = Type.domain(.init(0))

    private func check(_ builder: Builder, sourceLocation: SourceLocation = #_sourceLocation) throws -> Explored {
        let lowered = try builder.runner().explore()
        let expected = referenceExploration(builder.finished)
        #expect(lowered == expected, sourceLocation: sourceLocation)
        #expect(expected.states > 1, sourceLocation: sourceLocation)
        return lowered
    }

    /// Two threads that add under a lock, reading the guarded cell first.
    private func adders(tryLock: Bool = false, except: Bool = false, looks: Bool = false) -> Builder {
        let b = Builder(domains: [("M", 2), ("T", 2)])
        let ptl = b.variable("ptl", .lock(.spin), index: [domain])
        let guardPlace = b.at(ptl, [.local(0, domain)])
        let record = b.record("R", [("a", small, nil), ("b", small, nil)])
        let x = b.variable(
            "x", .record(record), index: [domain], guards: [guardPlace], except: except ? ["a"] : [])
        let m = SourceExpr.local(1, domain)
        var body = [
            b.s(.choose([Binder(local: .init(1), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
            b.lock(b.at(ptl, [m])), b.bind(2, b.read(x, [m], fields: [0])),
            b.set(b.at(x, [m], fields: [0]), SourceExpr.local(2, small).plus(1)), b.unlock(b.at(ptl, [m])),
        ]
        if tryLock {
            let leave = b.block([b.s(.returnValue(nil))])
            body += [b.s(.tryLock(b.at(ptl, [m]), .exclusive, otherwise: leave)), b.unlock(b.at(ptl, [m]))]
        }
        if looks {
            let seen = SourceExpr(.locked(b.at(ptl, [.local(0, domain)])), .bool, Builder.span)
            let binder = Binder(local: .init(0), set: .all(domain), condition: nil)
            b.property(
                "free", .invariant(atRest: false, [SourceExpr(.quantified(.all, [binder], seen), .bool, Builder.span)]),
                locals: [("m", domain)])
        }
        b.process("p", index: [.domain(.init(1))], locals: [("let m", domain), ("a", small)], body)
        return b
    }

    @Test("Without fusions the states are those of the interpreter")
    func unfused() throws {
        _ = try check(adders())
        _ = try check(adders(tryLock: true))
    }

    @Test("With fusions there are fewer locations, and both fusions are listed")
    func fused() throws {
        let plain = try adders().runner()
        let fused = try adders().runner(LoweringOptions())
        #expect(plain.model.fusions.isEmpty)
        #expect(fused.model.fusions == ["fusion.unlock", "fusion.guarded-read"])
        // Start, lock, read, write, unlock, end; the read joins the lock, the unlock joins the write.
        #expect(plain.model.processes[0].locations.count == 6)
        #expect(fused.model.processes[0].locations.count == 4)
        #expect(fused.explore().states < plain.explore().states)
    }

    @Test("A try lock or a look at the lock switches its fusions off", arguments: [true, false])
    func visibleLocks(tryLock: Bool) throws {
        let fused = try adders(tryLock: tryLock, looks: !tryLock).runner(LoweringOptions())
        #expect(fused.model.fusions.isEmpty)
    }

    @Test("A field that is written without the guard is not read in the step before")
    func exceptedField() throws {
        let fused = try adders(except: true).runner(LoweringOptions())
        #expect(fused.model.fusions == ["fusion.unlock"])
        #expect(fused.model.processes[0].locations.count == 5)
    }

    @Test("A location knows the locks that are held, also under the name that a handler gives them")
    func heldLocks() throws {
        let b = Builder(domains: [("M", 2)])
        let ptl = b.variable("ptl", .lock(.spin), index: [domain])
        let x = b.variable("x", small, index: [domain], guards: [b.at(ptl, [.local(0, domain)])])
        let n = SourceExpr.local(0, domain)
        let get = b.handler(
            "get", parameters: 1, locals: [("let n", domain), ("a", small)],
            [b.lock(b.at(ptl, [n])), b.bind(1, b.read(x, [n])), b.set(b.at(x, [n]), .local(1, small))])
        let m = SourceExpr.local(0, domain)
        b.process(
            "p", locals: [("let m", domain)],
            [
                b.s(.choose([Binder(local: .init(0), set: .all(domain), condition: nil)], then: [], otherwise: nil)),
                b.call(get, [m]), b.add(b.at(x, [m]), .int(1)), b.unlock(b.at(ptl, [m])),
            ])
        let model = try b.runner().model
        let held = model.processes[0].locations.filter { !$0.held.isEmpty }
        #expect(held.count == 4)
        let name = model.variables.firstIndex { $0.name == "p.let m" } ?? -1
        // What names an element is kept as an optional: its lowest bit tells that the local is alive.
        let index = Code.binary(.shiftRight, .read(VariableID(name), []), .constant(1))
        for location in held {
            #expect(location.held == [HeldLock(lock: VariableID(0), indices: [index], isShared: false)])
        }
        // The parameter is the caller's local: it has no cell of its own.
        #expect(!model.variables.contains { $0.name == "p.get.let n" })
        _ = try check(b)
    }

    @Test("A local that nobody reads any more is reset, and one that is used inside one step has no cell")
    func deadLocals() throws {
        let b = Builder()
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small), ("b", small)],
            [
                b.bind(0, b.read(x)), b.bind(1, .local(0, small)), b.set(b.at(x), SourceExpr.local(1, small).plus(1)),
                b.set(b.at(x), .int(0)),
            ])
        b.process("q", [b.set(b.at(x), .int(2)), b.set(b.at(x), .int(1))])
        let model = try b.runner().model
        #expect(model.variables.filter { $0.role == .local }.map(\.name) == ["p.b"])
        let write = try #require(model.actions.first { $0.process == 0 && $0.location == 1 })
        let cell = try #require(model.variables.firstIndex { $0.name == "p.b" })
        #expect(write.body.contains(.assign(VariableID(cell), [], .constant(0))))
        _ = try check(b)
    }

    @Test("Taking a lock twice is double_lock, also through another name")
    func doubleLock() throws {
        let b = Builder(domains: [("M", 2)])
        let ptl = b.variable("ptl", .lock(.spin), index: [domain])
        let pick = { (local: Int) in
            b.s(.choose([Binder(local: .init(local), set: .all(domain), condition: nil)], then: [], otherwise: nil))
        }
        b.process(
            "p", locals: [("let a", domain), ("let b", domain)],
            [pick(0), pick(1), b.lock(b.at(ptl, [.local(0, domain)])), b.lock(b.at(ptl, [.local(1, domain)]))])
        let explored = try b.runner().explore()
        #expect(explored.violations.contains { $0.contains("double_lock") })
        let none = try adders().runner().explore()
        #expect(!none.violations.contains { $0.contains("double_lock") })
    }

    @Test("Coming to rest with a lock is lock_leak, at the end and at the head of a loop")
    func lockLeak() throws {
        let b = Builder()
        let a = b.variable("a", .lock(.spin))
        let c = b.variable("c", .lock(.mutex))
        b.process("p", [b.lock(b.at(a))])
        b.process("q", [b.lock(b.at(c)), b.loop([b.unlock(b.at(c)), b.lock(b.at(c))])])
        let explored = try check(b)
        #expect(explored.violations.first == ["lock_leak"])
    }

    @Test("A read-write lock has many readers or one writer, and can be downgraded")
    func readWrite() throws {
        let b = Builder(domains: [("T", 2)])
        let lock = b.variable("mmap", .lock(.readWrite))
        let x = b.variable("x", small)
        b.process(
            "r", index: [domain], [b.lock(b.at(lock), .shared), b.set(b.at(x), .int(1)), b.unlock(b.at(lock))])
        b.process(
            "w",
            [
                b.lock(b.at(lock)), b.set(b.at(x), .int(2)), b.s(.downgrade(b.at(lock))), b.set(b.at(x), .int(3)),
                b.unlock(b.at(lock)),
            ])
        let explored = try check(b)
        #expect(explored.violations.flatMap { $0 } == [])
    }

    @Test("A loop under a lock whose every access would be fused still makes a step of each round")
    func fusedLoop() throws {
        let b = Builder()
        let ptl = b.variable("ptl", .lock(.spin))
        let x = b.variable("x", small, guards: [b.at(ptl)])
        b.process(
            "p",
            [
                b.lock(b.at(ptl)), b.s(.whileLoop(b.read(x).eq(.int(0)), b.block([]))), b.unlock(b.at(ptl)),
            ])
        let explored = try b.runner(LoweringOptions()).explore()
        #expect(explored.states == 2)
    }
}
