import Lowering
import Model
import Program
import Testing

/// The rules of "Control points and steps": a lowered program has as many states and steps as the interpreter gives it.
@Suite("Steps of lowered programs")
struct StepTests {
    private func check(_ builder: Builder, _ comment: Comment? = nil) throws {
        let lowered = try builder.runner().explore()
        let expected = referenceExploration(builder.finished)
        #expect(lowered == expected, comment)
        #expect(expected.states > 1)
    }

    @Test("Local statements join the step before them, and those at the start the step after them")
    func localStatements() throws {
        let b = Builder()
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small)],
            [
                b.bind(0, .value(.int(2), small)), b.set(b.at(x), .local(0, small)),
                b.setLocal(0, .value(.int(1), small)), b.set(b.at(x), .local(0, small)),
            ])
        let runner = try b.runner()
        #expect(runner.model.processes[0].locations.count == 3)
        #expect(runner.model.actions.count == 2)
        try check(b)
    }

    @Test("Two processes that load and store have all interleavings of the two accesses")
    func loadAndStore() throws {
        let b = Builder(domains: [("T", 2)])
        let x = b.variable("x", small)
        b.process(
            "p", index: [.domain(DomainID(0))], locals: [("a", small)],
            [b.bind(1, b.read(x)), b.set(b.at(x), SourceExpr.local(1, small).plus(1))])
        try check(b)
    }

    @Test("A choice joins the step before it, and is a step of its own at the start")
    func choices() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let pick = { (local: Int) in
            b.s(.choose([Binder(local: .init(local), set: .all(small), condition: nil)], then: [], otherwise: nil))
        }
        b.process(
            "p", locals: [("a", small), ("b", small)],
            [
                pick(0), b.set(b.at(x), .local(0, small)), pick(1), b.when(SourceExpr.local(1, small).eq(.int(2)), []),
                b.set(b.at(x), .local(1, small)),
            ])
        try check(b)
    }

    @Test("An either picks the branch together with its first access, and offers no branch that must wait")
    func either() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let y = b.variable("y", .bool)
        b.process(
            "p", locals: [("a", small)],
            [
                b.either([
                    [b.await(b.read(y)), b.set(b.at(x), .int(3))], [b.set(b.at(x), .int(1))], [],
                    [b.bind(0, .value(.int(1), small)), b.set(b.at(x), .local(0, small))],
                ]),
                b.set(b.at(y), .bool(true)),
            ])
        b.process("q", [b.set(b.at(y), .bool(true)), b.set(b.at(y), .bool(false))])
        try check(b)
    }

    @Test("An atomic block is one step, and waiting inside disables it")
    func atomicBlock() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let y = b.variable("y", small)
        b.process(
            "p",
            [
                b.atomic([
                    b.set(b.at(x), .int(1)), b.await(b.read(y).eq(.int(1))),
                    b.when(b.read(x).eq(.int(1)), [b.s(.returnValue(nil))]), b.set(b.at(x), .int(2)),
                ]), b.set(b.at(x), .int(3)),
            ])
        b.process("q", [b.set(b.at(y), .int(1)), b.set(b.at(y), .int(2))])
        try check(b)
    }

    @Test("A handler is inlined: its statements are steps of the caller, its result arrives with its last one")
    func handlers() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let get = b.handler(
            "get", parameters: 1, locals: [("let n", small), ("a", small)], result: small,
            [
                b.bind(1, b.read(x)),
                b.when(SourceExpr.local(1, small).eq(.int(0)), [b.s(.returnValue(.local(0, small)))]),
                b.set(b.at(x), .local(1, small)), b.s(.returnValue(.local(1, small))),
            ])
        b.process(
            "p", locals: [("r", small)],
            [
                b.call(get, [.value(.int(2), small)], result: 0), b.set(b.at(x), .local(0, small)),
                b.call(get, [.local(0, small)]),
            ])
        b.process("q", [b.set(b.at(x), .int(1)), b.set(b.at(x), .int(0))])
        try check(b)
        let runner = try b.runner()
        #expect(runner.model.processes[0].locations.contains { $0.callStack == ["get"] })
    }

    @Test("Endless, counted and conditional loops stop at the heads of outermost loops")
    func outermostLoops() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let n = Type.range(lower: 0, upper: 2, wraps: false)
        b.process(
            "p", locals: [("left", n), ("i", small)],
            [
                b.set(b.at(x), .int(0)),
                b.s(
                    .loop(
                        atMost: .int(2), counter: .init(0), b.block([b.set(b.at(x), .int(1)), b.set(b.at(x), .int(2))]))
                ),
                b.setLocal(1, .value(.int(0), small)),
                b.s(
                    .whileLoop(
                        SourceExpr.local(1, small).op(.less, .int(2)),
                        b.block([b.setLocal(1, SourceExpr.local(1, small).plus(1)), b.set(b.at(x), .local(1, small))]))),
                b.set(b.at(x), .int(0)),
                b.loop([b.set(b.at(x), .int(1)), b.set(b.at(x), .int(0))]),
            ])
        try check(b)
    }

    @Test("Each round of a loop without an access is a step")
    func spinning() throws {
        let b = Builder()
        let x = b.variable("x", small)
        let id = b.reserve()
        b.process(
            "p", locals: [("i", small)],
            [
                b.set(b.at(x), .int(1)), b.setLocal(0, .value(.int(0), small)),
                b.s(
                    id,
                    .loop(
                        atMost: nil, counter: nil,
                        b.block([
                            b.when(SourceExpr.local(0, small).eq(.int(3)), [b.s(.breakOut(id))]),
                            b.setLocal(0, SourceExpr.local(0, small).plus(1)),
                        ]))), b.set(b.at(x), .int(2)),
            ])
        try check(b)
    }

    @Test("An each takes its elements in any order, and inside atomic in ascending order")
    func each() throws {
        let b = Builder(domains: [("F", 2)])
        let domain = Type.domain(DomainID(0))
        let x = b.variable("x", small, index: [domain])
        let s = b.variable("s", .set(domain), initial: .all(domain))
        let take = { (first: Int, body: [Stmt]) in
            b.s(.each(.init(first), set: b.read(s), todo: .init(first + 1), b.block(body)))
        }
        b.process(
            "p", locals: [("f", domain), ("todo", .set(domain)), ("g", domain), ("todo2", .set(domain))],
            [
                take(0, [b.set(b.at(x, [.local(0, domain)]), .int(1)), b.set(b.at(x, [.local(0, domain)]), .int(2))]),
                b.atomic([take(2, [b.add(b.at(x, [.local(2, domain)]), .int(1))])]),
            ])
        b.process("q", [b.s(.assign(b.at(s), .subtract, .value(.element(DomainID(0), 0), domain)))])
        try check(b)
    }

    @Test("Choosing with a condition and else, and claiming a cell")
    func claims() throws {
        let b = Builder(domains: [("F", 2), ("T", 2)])
        let frame = Type.domain(DomainID(0))
        let refs = b.variable("refs", small, index: [frame])
        let claim = Binder(
            local: .init(1), set: .all(frame), condition: b.read(refs, [.local(1, frame)]).eq(.int(0)))
        b.process(
            "p", index: [.domain(DomainID(1))], locals: [("f", frame)],
            [
                b.s(.choose([claim], then: [b.set(b.at(refs, [.local(1, frame)]), .int(1))], otherwise: nil)),
                b.add(b.at(refs, [.local(1, frame)]), .int(1)),
                b.s(.choose([claim], then: [], otherwise: b.block([b.s(.returnValue(nil))]))),
                b.set(b.at(refs, [.local(1, frame)]), .int(3)),
            ])
        try check(b)
    }

    @Test("A while with a shared condition makes a step of each test")
    func sharedCondition() throws {
        let b = Builder()
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("a", small)],
            [
                b.s(.whileLoop(b.read(x).op(.less, .int(2)), b.block([b.add(b.at(x), .int(1))]))),
                b.set(b.at(x), .int(0)),
            ])
        b.process("q", [b.set(b.at(x), .int(1)), b.set(b.at(x), .int(3))])
        try check(b)
    }

    @Test("A process that begins with its loop comes back to its start")
    func startIsHead() throws {
        let b = Builder()
        let x = b.variable("x", .bool)
        b.process("p", [b.loop([b.set(b.at(x), .bool(true)), b.set(b.at(x), .bool(false))])])
        let model = try b.runner().model
        #expect(model.processes[0].locations.count == 2)
        #expect(model.processes[0].locations[0].isLoopHead)
    }
}
