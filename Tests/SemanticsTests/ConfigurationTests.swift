import Diagnostics
import Program
import Testing

struct ConfigurationTests {
    private let text = """
        module m
        domain Cpu
        const rounds: 1..9 or unbounded = unbounded
        const careful: bool = true
        var x: bool
        process a[c: Cpu] { x = true }
        process b { x = false }
        daemon process d { loop { await x; x = false } }
        invariant named { x or not x }
        scenario one { Cpu = 1 }
        scenario two = one with { Cpu = 2, rounds = 3 }
        scenario sweep = one with { Cpu = 1..2, rounds = 1..3 }
        scenario few { Cpu = 0, without d }
        scenario single { Cpu = 2, only b }
        variant wrong on two { careful = false, expect violated named }
        variant stuck on one { expect deadlock }
        """

    private func settings(_ program: Program?) -> [String] {
        program?.configuration.settings.map { "\($0.name)=\($0.value)" } ?? []
    }

    @Test("a scenario starts from its base, a variant from its scenario")
    func inheritance() {
        let found = FrontEnd(text)
        #expect(settings(found.program(of: "one")) == ["Cpu=1"])
        #expect(settings(found.program(of: "two")) == ["Cpu=2", "rounds=3"])
        #expect(settings(found.program(of: "wrong")) == ["Cpu=2", "rounds=3", "careful=false"])
        #expect(found.program(of: "wrong")?.configuration.expectation == .violated("named"))
        #expect(found.program(of: "stuck")?.configuration.expectation == .violated("deadlock"))
        #expect(found.program(of: "two")?.configuration.expectation == .holds)
    }

    @Test("sweeps are run for every combination, in order")
    func sweeps() {
        let found = FrontEnd(text)
        #expect(found.rendered == "")
        let runs = found.requests.filter { $0.scenario == "sweep" }.map {
            $0.sweep.map { "\($0.name)\($0.value)" }.joined()
        }
        #expect(runs == ["Cpu1rounds1", "Cpu1rounds2", "Cpu1rounds3", "Cpu2rounds1", "Cpu2rounds2", "Cpu2rounds3"])
    }

    @Test("without, only and domains of size 0 leave processes out")
    func selections() {
        let found = FrontEnd(text)
        func processes(_ name: String) -> [String]? { found.program(of: name)?.processes.map(\.name) }
        #expect(processes("one") == ["a", "b", "d"])
        #expect(processes("few") == ["b"])
        #expect(processes("single") == ["b"])
    }

    @Test("settings of the command line are the strongest, sweeps included")
    func overrides() {
        let found = FrontEnd(text, overrides: ["rounds=9", "Cpu=1..2"])
        #expect(found.requests.filter { $0.variant == "wrong" }.count == 2)
        #expect(settings(found.program(of: "wrong")) == ["Cpu=1", "careful=false", "rounds=9"])
        #expect(FrontEnd(text, overrides: ["without d"]).codes == ["FL0704"])
        #expect(FrontEnd(text, overrides: ["roundz=1"]).codes == ["FL0217"])
    }

    @Test("a file without scenarios is checked with domains of two elements")
    func libraries() {
        let found = FrontEnd("module m\ndomain D\nopen type T\nopen handler h(t: T) -> bool\nvar x[D]: bool")
        #expect(found.rendered == "")
        #expect(found.program?.domains.map(\.size) == [2, 2])
    }

    @Test("a switched-off field takes no cell, and what is written to it is still evaluated")
    func switchedOffFields() throws {
        let found = FrontEnd(
            """
            module m
            const on: bool = false
            record R { a: 0..3, b: 0..3 when on }
            var r: R
            handler next() -> 0..3 { r.a = 1; return 1 }
            process p { r.b = next() }
            invariant i { on implies r.b == 0 }
            scenario s {}
            """)
        #expect(found.rendered == "")
        let program = try #require(found.program)
        #expect(program.processes[0].body.statements.compactMap(\.calledHandler).count == 1)
        #expect(program.processes[0].body.statements.compactMap(\.writtenPlace).isEmpty)
    }
}
