import Diagnostics
import Program
import Testing

struct ImportTests {
    private let library = TestLibrary(texts: [
        "lib": """
        module lib
        open domain Owner
        open const limit: 0..7 = 3
        open fun start(o: Owner): int = 0
        open var held[o: Owner]: bool
        open ghost handler noticed(o: Owner) {}
        domain Ticket
        var count[o: Owner]: 0..7
        handler take(o: Owner) {
            if count[o] < limit { fail "busy" }
            commit noticed(o)
        }
        handler mark(o: Owner) { held[o] = true }
        """,
        "leaf": "module leaf\nopen type T = bool\nvar x: T",
    ])

    private func spec(_ imports: String, _ rest: String = "", scenario: String = "Cpu = 2") -> FrontEnd {
        FrontEnd(
            """
            module m
            \(imports)
            domain Cpu, Gpu
            record Slot { flag: bool, n: 0..3 }
            var slot[Cpu]: Slot
            var flags[Cpu]: bool
            var grid[Cpu, 0..1]: bool
            ghost var log: set<Cpu>
            ghost handler note(c: Cpu) { log += c }
            handler real(c: Cpu) {}
            \(rest)
            scenario s { Gpu = 2, \(scenario) }
            """, library: library)
    }

    private func names(_ found: FrontEnd) -> [String] { found.program?.variables.map(\.name) ?? [] }

    @Test("equal bindings share an instance, also where they are spelled differently")
    func sharing() {
        let found = spec(
            "import leaf as a with { T = Cpu }\nimport leaf as b with { T = Cpu }\nimport leaf as c with { T = a.T }"
                + "\nimport leaf as d")
        #expect(found.rendered == "")
        #expect(names(found).filter { $0.hasSuffix(".x") } == ["a.x", "d.x"])
    }

    @Test("a binding may name an import that comes later")
    func laterImports() {
        let found = spec(
            "import leaf as c with { T = a.T }\nimport leaf as a with { T = Cpu }\nimport leaf as b with { T = Cpu }")
        #expect(found.rendered == "")
        #expect(names(found).filter { $0.hasSuffix(".x") } == ["a.x"])
    }

    @Test("different bindings make different instances")
    func differentInstances() {
        let found = spec("import leaf as a with { T = Cpu }\nimport leaf as b with { T = Gpu }")
        #expect(names(found).filter { $0.hasSuffix(".x") } == ["a.x", "b.x"])
    }

    @Test("a bound place keeps its field and its index")
    func boundPlaces() throws {
        let found = spec(
            "import lib as l with { Owner = Cpu, held[o] = slot[o].flag }",
            "process p { choose c in Cpu; l.mark(c) }\ninvariant i { all c in Cpu: not slot[c].flag }",
            scenario: "Cpu = 2, l.Ticket = 1")
        #expect(found.rendered == "")
        let program = try #require(found.program)
        let mark = try #require(program.handlers.first { $0.name == "l.mark" })
        guard case .assign(let place, .set, _) = mark.body.statements.first?.kind else {
            Issue.record("no assignment")
            return
        }
        #expect(program[place.variable].name == "slot")
        #expect(place.fields == [0])
    }

    @Test("an indexed place may swap or fix indices")
    func boundPlaceWithFixedIndex() {
        let found = spec(
            "import lib as l with { Owner = Cpu, held[o] = grid[o, 1] }", scenario: "Cpu = 2, l.Ticket = 1")
        #expect(found.rendered == "")
    }

    @Test(
        "what is bound to a hole must fit it",
        arguments: [
            ("held = slot", "FL0206"), ("held = grid", "FL0206"), ("held[o] = slot[o].n", "FL0206"),
            ("held = log", "FL0206"), ("held[o, q] = grid[o, q]", "FL0207"), ("held = flags, noticed = real", "FL0206"),
            ("held = flags, start = real", "FL0205"), ("held = flags, limit = 9", "FL0209"),
            ("held = flags, count = flags", "FL0203"), ("held = flags, held = flags", "FL0204"),
        ])
    func misfits(_ binding: String, _ code: String) {
        let found = spec("import lib as l with { Owner = Cpu, \(binding) }", scenario: "Cpu = 2, l.Ticket = 1")
        #expect(found.codes.contains(code), "\(found.rendered)")
    }

    @Test("a constant of a library is bound, set by the scenario, or has its default")
    func constants() throws {
        func limit(_ binding: String, _ setting: String) throws -> String {
            let found = spec(
                "import lib as l with { Owner = Cpu, held = flags\(binding) }", "invariant i { l.limit == 3 }",
                scenario: "Cpu = 2, l.Ticket = 1\(setting)")
            guard let program = found.program else { return found.codes.joined() }
            guard case .invariant(_, let conjuncts) = program.properties[0].kind,
                case .binary(.equal, let left, _) = conjuncts[0].kind, case .constant(let value) = left.kind
            else { return "?" }
            return Naming(program).text(value)
        }
        #expect(try limit("", "") == "3")
        #expect(try limit(", limit = 5", "") == "5")
        #expect(try limit("", ", l.limit = 6") == "6")
        #expect(try limit(", limit = 5", ", l.limit = 6") == "FL0217")
    }

    @Test("the handler bound to an event is called")
    func boundHandlers() throws {
        let found = spec(
            "import lib as l with { Owner = Cpu, held = flags, noticed = note }",
            "process p { choose c in Cpu; l.take(c) }", scenario: "Cpu = 2, l.Ticket = 1")
        let program = try #require(found.program)
        let take = try #require(program.handlers.first { $0.name == "l.take" })
        #expect(take.body.statements.compactMap(\.calledHandler).map { program[$0].name } == ["note"])
    }

    @Test("a handler that calls itself through a hole is recursion")
    func recursionThroughHoles() {
        let found = spec(
            "import lib as l with { Owner = Cpu, held = flags, noticed = again }",
            "ghost handler again(c: Cpu) { l2(c) }\n"
                + "ghost handler l2(c: Cpu) { again(c) }", scenario: "Cpu = 2, l.Ticket = 1")
        #expect(found.codes == ["FL0212"])
    }

    @Test("the init block of a library runs before that of the root")
    func initOrder() throws {
        let texts = ["lib": "module lib\nvar a: 0..3\ninit { a = 1 }"]
        let found = FrontEnd(
            "module m\nimport lib\nvar b: 0..3\ninit { b = 1; lib.a = 2 }\nscenario s {}",
            library: TestLibrary(texts: texts))
        let program = try #require(found.program)
        let written = program.initialization.body.statements.compactMap(\.writtenPlace).map {
            program[$0.variable].name
        }
        #expect(written == ["lib.a", "b", "lib.a"])
    }
}
