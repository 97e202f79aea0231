import Diagnostics
import Reports
import SchemaTestSupport
import Testing

@Suite("The JSON report")
struct JSONReportTests {
    @Test("Keys are sorted, absent values are null, short values stay on a line")
    func layout() {
        let text = JSONReport().render([Samples.holds])
        #expect(
            text == """
                {
                  "diagnostics": [],
                  "runs": [
                    {
                      "asExpected": true,
                      "assumptions": {
                        "atomicClaims": 4,
                        "memoryModel": "sequential consistency",
                        "missedStateProbability": null,
                        "reductions": ["symmetry", "fusion.unlock"],
                        "settings": [{"name": "Thread", "value": "2"}, {"name": "Mm", "value": "2"}],
                        "store": "exact"
                      },
                      "depth": 62,
                      "expected": "holds",
                      "module": "cow",
                      "property": null,
                      "reason": null,
                      "scenario": "small",
                      "spec": "specs/linux/cow.fl",
                      "states": 81865,
                      "steps": null,
                      "sweep": [],
                      "switches": null,
                      "timing": {"diskBytes": 0, "memoryBytes": 4096, "seconds": 1.24},
                      "trace": null,
                      "transitions": 264343,
                      "unwitnessed": [],
                      "variant": null,
                      "verdict": "holds"
                    }
                  ],
                  "tool": "faultline",
                  "version": 3
                }

                """)
    }

    @Test("Runs of every kind have the same keys")
    func sameKeys() throws {
        let runs = [Samples.holds, Samples.violated(expected: false), Samples.inconclusive]
        let keys = try JSON(JSONReport().render(runs))["runs"]?.elements.map(\.keys) ?? []
        #expect(keys.count == 3)
        #expect(Set(keys).count == 1)
    }

    @Test("Two runs that differ only in time differ only in the field timing")
    func timing() throws {
        var later = Samples.violated(expected: true)
        later.timing = .init(seconds: 99, memoryBytes: 1)
        let first = try JSON(JSONReport().render([Samples.violated(expected: true)]))["runs"]?.elements.first
        let second = try JSON(JSONReport().render([later]))["runs"]?.elements.first
        #expect(first != second)
        #expect(first?.removing("timing") == second?.removing("timing"))
    }

    @Test("A time that is no number becomes null")
    func infinity() throws {
        var run = Samples.holds
        run.timing.seconds = .infinity
        let timing = try JSON(JSONReport().render([run]))["runs"]?.elements.first?["timing"]
        #expect(timing?["seconds"] == .null)
    }

    @Test(
        "Quotes, control characters and other alphabets survive", arguments: ["\"\\\n\t\r\u{1B}\u{0}\u{7F}", "é→日本🙂"])
    func strings(text: String) throws {
        var run = Samples.holds
        run.spec = text
        #expect(try JSON(JSONReport().render([run]))["runs"]?.elements.first?["spec"] == .string(text))
    }

    @Test("A diagnostic carries its code and resolved places")
    func diagnostics() throws {
        var sources = SourceMap()
        let id = sources.add(SourceText(name: "a.fl", text: "module a\n  x = 1\n"))
        let diagnostic = Diagnostic(
            .assignOrCompare, "`=` assigns", at: Span(id, 11, 12), severity: .warning,
            notes: [Note("here", at: Span(id, 0, 1)), Note("nowhere")])
        let report = JSONReport().render([], diagnostics: [ReportDiagnostic(diagnostic, in: sources)])
        #expect(
            report == """
                {
                  "diagnostics": [
                    {
                      "code": "FL0110",
                      "column": 3,
                      "file": "a.fl",
                      "line": 2,
                      "message": "`=` assigns",
                      "notes": [
                        {"column": 1, "file": "a.fl", "line": 1, "message": "here"},
                        {"column": null, "file": null, "line": null, "message": "nowhere"}
                      ],
                      "severity": "warning"
                    }
                  ],
                  "runs": [],
                  "tool": "faultline",
                  "version": 3
                }

                """)
    }
}
