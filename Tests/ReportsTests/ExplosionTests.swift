import Reports
import SchemaTestSupport
import Testing

@Suite("What makes the states so many")
struct ExplosionTests {
    private var full: Explosion {
        var explosion = Explosion(
            extent: .init(states: 1000, among: 4000, depth: 7),
            places: [
                .init(process: "user", handler: "fault", file: "mm.fl", line: 8, text: "lock ptl[m]", states: 370),
                .init(process: "evictor", handler: nil, file: "mm.fl", line: 19, text: "await full", states: 4),
            ], underWay: [0, 250, 750], isFull: true)
        explosion.variables = [
            .init(name: "frame.data", elements: 3, values: 8, elementValues: 2, statesWithout: 40),
            .init(name: "next", elements: 1, values: 4, elementValues: 4, statesWithout: 1_250),
            .init(name: "idle", elements: 1, values: 1, elementValues: 1, statesWithout: 2_000),
        ]
        explosion.variablesExtent = .init(states: 2000, among: 2000, depth: nil)
        let more = Explosion.Count(states: 5000, isAll: false)
        explosion.trials = Explosion.Trials(
            mostStates: 5000, count: more,
            bounds: [
                .init(
                    name: "Frame", value: "3", lowered: "2", count: .init(states: 1234, isAll: true), atDepth: nil,
                    command: "faultline check --set Frame=2 mm.fl"),
                .init(
                    name: "Proc", value: "2", lowered: "1", count: more,
                    atDepth: .init(depth: 9, states: 4100, other: 3900), command: "faultline check --set Proc=1 mm.fl"),
            ],
            reductions: [
                .init(
                    name: "symmetry", isOn: false, with: more, without: more,
                    atDepth: .init(depth: 6, states: 900, other: 4500), scope: nil),
                .init(
                    name: "slicing", isOn: true, with: .init(states: 1234, isAll: true), without: more, atDepth: nil,
                    scope: .init(name: "Frame", value: "2")),
                .init(name: "fusion", isOn: true, with: more, without: more, atDepth: nil, scope: nil),
            ])
        return explosion
    }

    private func text(_ explosion: Explosion) -> String {
        var run = Samples.inconclusive
        run.explosion = explosion
        return TextReport().render(run).split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3)
            .joined(separator: "\n")
    }

    @Test("is shown in full where it was asked for")
    func shownInFull() {
        #expect(
            text(full) == """
                      of 1,000 of the 4,000 states up to depth 7, processes under way: 1 in 25 %, 2 in 75 %
                         37 %  user in fault at mm.fl:8: lock ptl[m]
                        < 1 %  evictor at mm.fl:19: await full
                      of the 2,000 states, so many would be left without one variable:
                        frame.data     40  8 values; at most 2 in one of 3 elements
                        next        1,250  4 values
                      what to lower first, by searches of at most 5,000 states:
                        Frame = 2 instead of 3: 1,234 states instead of more than 5,000
                          faultline check --set Frame=2 mm.fl
                        Proc = 1 instead of 2: 3,900 states instead of 4,100 up to depth 9, more than 5,000 in all
                          faultline check --set Proc=1 mm.fl
                      what each reduction gives:
                        symmetry (off): 900 states with it, 4,500 without, up to depth 6
                        slicing, at Frame = 2: 1,234 states with it, more than 5,000 without
                        fusion: not measured, more than 5,000 states with it and without it

                """)
    }

    @Test("is shown in brief at the end of a budget, with where there is more")
    func shownInBrief() {
        var brief = full
        brief.isFull = false
        #expect(
            text(brief) == """
                      of 1,000 of the 4,000 states up to depth 7, processes under way: 1 in 25 %, 2 in 75 %
                      most often under way: user in fault at mm.fl:8 (37 %), evictor at mm.fl:19 (< 1 %)
                      lower Frame first: Frame = 2 instead of 3: 1,234 states instead of more than 5,000
                      --explain-states says which variables, bounds and reductions matter most

                """)
    }

    @Test("a command is never broken into lines")
    func commands() {
        var explosion = full
        let command = "faultline check --set " + String(repeating: "Frame ", count: 60) + "mm.fl"
        explosion.trials?.bounds[0].command = command
        #expect(text(explosion).contains("\n          \(command)\n"))
    }

    @Test("has a place in the report as JSON, with every key")
    func json() throws {
        let validator = try SchemaValidator("report.schema.json")
        var bare = full
        (bare.variables, bare.variablesExtent, bare.trials) = (nil, nil, nil)
        for explosion in [full, bare] {
            var run = Samples.inconclusive
            run.explosion = explosion
            let document = try JSON(JSONReport().render([run]))
            #expect(try validator.problems(document) == [])
            let written = try #require(document["runs"]?.elements.first)
            let part = try #require(written["explosion"])
            for key in part.keys {
                let changed = document.setting(
                    "runs", to: .array([written.setting("explosion", to: part.removing(key))]))
                #expect(try validator.problems(changed).count == 1, "\(key)")
            }
        }
        #expect(try JSON(JSONReport().render([Samples.holds]))["runs"]?.elements.first?["explosion"] == nil)
    }
}
