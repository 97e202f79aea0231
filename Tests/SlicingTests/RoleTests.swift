import Program
import ProgramBuilding
import Testing

@Suite struct RoleTests {
    /// The role of the first statement of one process.
    private func role(_ make: (ProgramBuilder, VariableID) -> Stmt) -> StepRole? {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        b.process("p", [make(b, x)])
        return b.build().processes[0].body.statements.first?.role
    }

    @Test("What touches shared state, or may wait, is an access; what touches locals is none")
    func plainStatements() {
        #expect(role { b, x in b.set(b.place(x), b.bool(true)) } == .access)
        #expect(role { b, x in b.bind(b.local("v", .bool), b.read(x)) } == .access)
        #expect(role { b, x in b.bind(b.local("v", .bool), b.bool(true)) } == .local)
        #expect(role { b, _ in b.stmt(.await(b.bool(true))) } == .access)
        #expect(role { b, _ in b.atomic([]) } == .access)
        #expect(role { b, _ in b.stmt(.either([b.block([])])) } == .access)
        #expect(role { b, x in b.ifElse(b.read(x), []) } == .access)
        #expect(role { b, x in b.ifElse(b.parameter("c", .bool), [b.set(b.place(x), b.bool(true))]) } == .local)
    }

    @Test("Reading through a function is an access")
    func throughFunction() {
        let b = ProgramBuilder()
        let x = b.variable("x", .bool)
        let get = b.function("get", .bool, b.read(x))
        b.process("p", [b.bind(b.local("v", .bool), Expr(.call(get, []), .bool, b.span()))])
        #expect(b.build().processes[0].body.statements.first?.role == .access)
    }

    @Test("Choosing among locals is a choice; with a shared condition or a claim it is an access")
    func choices() {
        #expect(
            role { b, _ in b.stmt(.choose([b.binder(b.local("v", .bool))], then: [], otherwise: nil)) } == .choice)
        #expect(
            role { b, x in
                b.stmt(.choose([b.binder(b.local("v", .bool), where: b.read(x))], then: [], otherwise: nil))
            } == .access)
        #expect(
            role { b, x in
                b.stmt(
                    .choose([b.binder(b.local("v", .bool))], then: [b.set(b.place(x), b.bool(true))], otherwise: nil))
            } == .access)
    }

    @Test("A commit is a choice, whatever its arguments read")
    func commits() {
        #expect(
            role { b, x in
                _ = b.parameter("p", .bool)
                let watch = b.handler("watch", isGhost: true, [])
                return b.commit(watch, [b.read(x)])
            } == .choice)
    }

    @Test("A loop whose body always makes an access is none itself; one that can go round without is")
    func loops() {
        #expect(role { b, x in b.loop([b.set(b.place(x), b.bool(true))]) } == .local)
        #expect(role { b, _ in b.loop([]) } == .access)
        #expect(
            role { b, x in b.loop([b.ifElse(b.parameter("c", .bool), [b.set(b.place(x), b.bool(true))])]) } == .access)
        #expect(
            role { b, x in
                b.labelled { id in
                    .loop(
                        atMost: nil, counter: nil,
                        b.block([
                            b.ifElse(b.parameter("c", .bool), [b.stmt(.continueLoop(id))]),
                            b.set(b.place(x), b.bool(true)),
                        ]))
                }
            } == .access)
        #expect(
            role { b, x in
                b.labelled { id in
                    .loop(
                        atMost: nil, counter: nil,
                        b.block([
                            b.ifElse(b.parameter("c", .bool), [b.stmt(.breakOut(id))]), b.set(b.place(x), b.bool(true)),
                        ]))
                }
            } == .local)
    }

    @Test("An `each` is a choice; an access where a round can pass without one")
    func each() {
        func role(_ body: @escaping (ProgramBuilder, VariableID) -> [Stmt]) -> StepRole? {
            self.role { b, x in
                let mm = b.domain("Mm", 2)
                return b.each(b.local("m", mm), todo: b.local("todo", .set(mm)), body(b, x))
            }
        }
        #expect(role { b, x in [b.set(b.place(x), b.bool(true))] } == .choice)
        #expect(role { _, _ in [] } == .access)
    }

    @Test("A call counts for the loop around it by what its handler does")
    func calls() {
        func role(_ body: @escaping (ProgramBuilder, VariableID) -> [Stmt]) -> StepRole? {
            self.role { b, x in
                let handler = b.handler("h", body(b, x))
                return b.loop([b.call(handler)])
            }
        }
        #expect(role { b, x in [b.set(b.place(x), b.bool(true))] } == .local)
        #expect(role { _, _ in [] } == .access)
        #expect(
            role { b, x in
                let early = b.ifElse(b.local("c", .bool), [b.stmt(.returnValue(nil))])
                return [early, b.set(b.place(x), b.bool(true))]
            } == .access)
    }
}
