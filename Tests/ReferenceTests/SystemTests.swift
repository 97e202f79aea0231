import Program
import Reference
import Testing

/// Initial states, rest, deadlock, properties, the oracle and replay.
@Suite struct SystemTests {
    let b = Builder(domains: [("Thread", 2), ("Frame", 2)])
    let thread = Type.domain(DomainID(0))
    let frame = Type.domain(DomainID(1))

    // MARK: Initial states

    @Test("Symbolic constants take all values, then `init` runs with its choices; equal states come once")
    func initialStates() {
        let c = b.variable("c", .bool, index: [thread], role: .symbolicConstant)
        let x = b.variable("x", small)
        let binder = Binder(local: LocalID(0), set: .set([1, 2]), condition: nil)
        b.initialize(
            locals: [("a", small)],
            [
                b.s(.choose([binder], then: [], otherwise: nil)),
                b.when(b.read(c, [.value(.element(DomainID(0), 0), thread)]), [b.set(b.at(x), .local(0))]),
            ])
        let states = b.interpreter.initialStates()
        #expect(states.count == 6)
        #expect(states.first?.shared == [[.bool(false), .bool(false)], [.int(0)]])
        #expect(states.last?.shared == [[.bool(true), .bool(true)], [.int(2)]])
    }

    @Test("`init` without a witness leads to no state; a violation in it is reported")
    func initFailures() {
        let x = b.variable("x", small)
        let none = Binder(local: LocalID(0), set: .set([]), condition: nil)
        b.initialize(locals: [("a", small)], [b.s(.choose([none], then: [], otherwise: nil))])
        #expect(b.interpreter.initialOutcomes().isEmpty)
        b.initialize([b.set(b.at(x), .int(4))])
        let result = Oracle(b.interpreter).explore(limit: 10)
        #expect(result.violation?.name == "range" && result.violation?.length == 0)
    }

    @Test("Instances come in order of declaration, then by ascending index")
    func instances() {
        b.process("p", index: [thread], [])
        b.process("q", [])
        let i = b.interpreter
        #expect(i.processInstances.map { i.naming.process($0.process, $0.indices) } == ["p[T0]", "p[T1]", "q"])
    }

    // MARK: Rest and deadlock

    @Test("A process that waits at its start is at rest, and deadlocked; one at its outermost head is not")
    func deadlock() {
        let x = b.variable("x", .bool)
        b.process("p", [b.await(b.read(x))])
        let i = b.interpreter
        #expect(i.isAtRest(i.first) && i.isDeadlocked(i.first))
        let c = Builder()
        let y = c.variable("y", .bool)
        c.process("p", [c.loop([c.await(c.read(y).eq(.bool(false))), c.set(c.at(y), .bool(true))])])
        let j = c.interpreter
        let head = j.after(0, j.after(0, j.first))
        #expect(head.map { j.steps(in: $0).isEmpty && j.isAtRest($0) && !j.isDeadlocked($0) } == true)
    }

    @Test("Hardware hides no deadlock, a working daemon does, a waiting one does not")
    func kinds() {
        let x = b.variable("x", .bool)
        let y = b.variable("y", .bool)
        b.process("p", [b.await(b.read(x))])
        b.process("hw", kind: .hardware, [b.loop([b.set(b.at(y), .bool(true))])])
        b.process("d", kind: .daemon, [b.await(b.read(y)), b.await(.bool(false))])
        let i = b.interpreter
        #expect(i.isDeadlocked(i.first))
        let on = i.after(1, i.first)
        #expect(on.map(i.isDeadlocked) == false)
        let off = i.after(2, on)
        #expect(off.map(i.isDeadlocked) == true)
        #expect(off.map(i.isAtRest) == false)
    }

    // MARK: Properties

    @Test("An `at rest` invariant is looked at only where all rest; `old` is the state before")
    func properties() {
        let x = b.variable("x", small)
        b.process("p", [b.add(b.at(x), .int(1)), b.add(b.at(x), .int(1))])
        let even = b.read(x).op(.notEqual, .int(1))
        b.property("rest", .invariant(atRest: true, [even]))
        b.property("always", .invariant(atRest: false, [.bool(true), even]))
        let before = Expr(.old(b.read(x)), small, Builder.span)
        b.property("grows", .transition([before.op(.less, b.read(x)), b.read(x).op(.less, .int(2))]))
        let i = b.interpreter
        let one = i.after(0, i.first)
        let two = i.after(0, one)
        let p = i.program.properties
        #expect(one.map { i.failingConjuncts(p[0], in: $0) } == [])
        #expect(one.map { i.failingConjuncts(p[1], in: $0) } == [1])
        #expect(one.map { i.failingConjuncts(p[2], in: $0, old: i.first) } == [])
        #expect(two.map { i.failingConjuncts(p[2], in: $0, old: one) } == [1])
    }

    @Test("The attributes of a process tell whether it has started and finished")
    func attributes() {
        let p = b.process("p", index: [thread], [b.await(.bool(true)), b.await(.bool(true))])
        let who = Expr.value(.element(DomainID(0), 0), thread)
        b.property("s", .reachable(Expr(.process(p, [who], .started), .bool, Builder.span)))
        b.property("f", .reachable(Expr(.process(p, [who], .finished), .bool, Builder.span)))
        let i = b.interpreter
        let states = [i.first, i.after(0, i.first), i.after(0, i.after(0, i.first))].compactMap(\.self)
        #expect(states.map { i.isWitness($0, of: i.program.properties[0]) } == [false, true, true])
        #expect(states.map { i.isWitness($0, of: i.program.properties[1]) } == [false, false, true])
        #expect(i.after(1, i.first).map { i.isWitness($0, of: i.program.properties[0]) } == false)
    }

    @Test("An explanation names the elements of the outermost `all`, and what was read")
    func explain() {
        let x = b.variable("x", small, index: [frame])
        let y = b.variable("y", small, initial: .int(1))
        b.initialize([b.set(b.at(x, [element(1)]), .int(2))])
        b.process("p", [])
        let body = b.read(x, [.local(0, frame)]).op(.less, b.read(y).plus(1))
        let binder = Binder(local: LocalID(0), set: .all(frame), condition: nil)
        let conjunct = Expr(.quantified(.all, [binder], body), .bool, Builder.span)
        b.property("low", .invariant(atRest: false, [conjunct]), locals: [("f", frame)])
        let i = b.interpreter
        let found = i.explain(conjunct, of: i.program.properties[0], in: i.first)
        #expect(found.binders.map { "\($0.name) = \(i.naming.text($0.value))" } == ["f = F1"])
        #expect(found.reads.map { "\($0.place): \(i.naming.text($0.value))" } == ["x[F1]: 2", "y: 1"])
    }

    // MARK: Oracle and replay

    /// Two threads that add 1 with a load and a store.
    private func race() -> (Interpreter, VariableID) {
        let x = b.variable("x", small)
        let p = b.process(
            "p", index: [thread], locals: [("v", small)],
            [
                b.bind(1, b.read(x)), b.set(b.at(x), .local(1).plus(1)),
            ])
        let done = { (number: Int) in
            Expr(.process(p, [.value(.element(DomainID(0), number), self.thread)], .finished), .bool, Builder.span)
        }
        let lost = done(0).op(.and, done(1)).op(.implies, b.read(x).eq(.int(2)))
        b.property("sum", .invariant(atRest: false, [lost]))
        b.property("two", .reachable(b.read(x).eq(.int(2))))
        return (b.interpreter, x)
    }

    @Test("The oracle counts states and transitions, and finds the shortest violation")
    func oracle() {
        let (i, _) = race()
        let all = Oracle(i).explore(limit: 100, expecting: "nothing")
        #expect(all.states == 12 && all.transitions == 14 && all.depth == 4 && all.isComplete)
        #expect(all.violation == nil && all.witnesses == ["two": 4])
        let found = Oracle(i).explore(limit: 100)
        #expect(found.violation?.name == "sum" && found.violation?.length == 4)
        #expect(!Oracle(i).explore(limit: 3).isComplete)
    }

    @Test("Replay follows a trace and finds what it leads to")
    func replay() {
        let (i, x) = race()
        let (p, q) = (i.processInstances[0], i.processInstances[1])
        func step(_ instance: ProcessInstance, _ value: Int64) -> EngineStep {
            EngineStep(instance: instance, sharedAfter: [x: [.int(value)]], maxMicroSteps: 1)
        }
        let start: [VariableID: [Value]] = [x: [.int(0)]]
        let lost = [step(p, 0), step(q, 0), step(q, 1), step(p, 1)]
        guard case .reproduced(_, let path) = Replay(i).follow(start: start, lost, to: .violation("sum")) else {
            Issue.record("not reproduced")
            return
        }
        #expect(path.map(\.engineStep) == [0, 1, 2, 3])
        #expect(
            path.last?.step.next.map { i.naming.leafChanges(from: i.first.shared, to: $0.shared).map(\.name) } == ["x"])
        let serial = [step(p, 0), step(p, 1), step(q, 1), step(q, 2)]
        guard case .reproduced = Replay(i).follow(start: start, serial, to: .witness("two")) else {
            Issue.record("no witness")
            return
        }
        if case .ended = Replay(i).follow(start: start, serial, to: .violation("sum")) {} else { Issue.record("ended") }
        if case .stuck(at: 1) = Replay(i).follow(start: start, [step(p, 0), step(p, 2)], to: .violation("sum")) {
        } else {
            Issue.record("stuck")
        }
        if case .noStart = Replay(i).follow(start: [x: [.int(1)]], [], to: .violation("sum")) {
        } else {
            Issue.record("no start")
        }
    }

    @Test("A step of an engine may stand for several: an unlock or a read joins the step before, a write does not")
    func replayJoined() {
        let x = b.variable("x", small)
        b.process(
            "p", locals: [("v", small)],
            [
                b.set(b.at(x), .int(1)), b.bind(0, b.read(x)), b.set(b.at(x), .local(0).plus(1)),
            ])
        b.property("below", .invariant(atRest: false, [b.read(x).eq(.int(2)).eq(.bool(false))]))
        let i = b.interpreter
        func follow(_ values: [Int64]) -> ReplayOutcome {
            let trace = values.map {
                EngineStep(instance: i.processInstances[0], sharedAfter: [x: [.int($0)]], maxMicroSteps: 3)
            }
            return Replay(i).follow(start: [:], trace, to: .violation("below"))
        }
        guard case .reproduced(_, let path) = follow([1, 2]) else {
            Issue.record("not reproduced")
            return
        }
        #expect(path.map(\.engineStep) == [0, 0, 1])
        if case .stuck(at: 0) = follow([2]) {} else { Issue.record("a write was joined") }
    }

    @Test("Replay meets a violation inside the last step")
    func replayInside() {
        let x = b.variable("x", small, initial: .int(3))
        b.process("p", [b.await(.bool(true)), b.assert("low", b.read(x).eq(.int(0)))])
        let i = b.interpreter
        let trace = [EngineStep(instance: i.processInstances[0], sharedAfter: nil, maxMicroSteps: 2)]
        guard case .reproduced(_, let path) = Replay(i).follow(start: [:], trace, to: .violation("low")) else {
            Issue.record("not reproduced")
            return
        }
        #expect(path.count == 2 && path.last?.step.violations.map(\.name) == ["low"])
    }

    private func element(_ number: Int) -> Expr { .value(.element(DomainID(1), number), frame) }
}
