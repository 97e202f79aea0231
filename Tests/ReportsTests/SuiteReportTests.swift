import Reports
import SchemaTestSupport
import Testing

@Suite("All reports of a suite")
struct SuiteReportTests {
    @Test("the JSON is valid, also for nasty texts and for nothing")
    func schema() throws {
        let validator = try SchemaValidator("suite.schema.json")
        for suite in [SuiteSamples.everything, SuiteResult(runs: [])] + SuiteSamples.nasties.map(SuiteSamples.nasty) {
            #expect(try validator.problems(JSON(SuiteJSONReport().render(suite))) == [])
        }
    }

    @Test("every key of the JSON is required, and unknown ones are refused")
    func keys() throws {
        let validator = try SchemaValidator("suite.schema.json")
        let document = try JSON(SuiteJSONReport().render(SuiteSamples.everything))
        let places: [[String]] = [
            [], ["counts"], ["runs", "3"], ["runs", "3", "knownFailure"], ["runs", "1", "drift", "0"],
            ["runs", "0", "result"], ["skipped", "0"], ["diagnostics", "0"],
        ]
        for place in places {
            let object = place.reduce(document) { $0.at($1) ?? .null }
            #expect(!object.keys.isEmpty, "\(place)")
            for key in object.keys {
                let changed = document.replacing((place + [key])[...], with: nil)
                #expect(try !validator.problems(changed).isEmpty, "\(place).\(key)")
            }
            let changed = document.replacing((place + ["surprise"])[...], with: .null)
            #expect(try !validator.problems(changed).isEmpty, "\(place)")
        }
        #expect(document["counts"]?["failed"] == .number(3) && document["counts"]?["passed"] == .number(2))
        #expect(document.at("runs", "3", "standing") == .string("excused"))
    }

    @Test("the order of the runs is kept, and equal suites give equal bytes", arguments: SuiteReportKind.allCases)
    func bytes(_ kind: SuiteReportKind) {
        let report = kind.report(version: "0.1.0", paths: SuiteSamples.paths)
        #expect(report.render(SuiteSamples.everything) == report.render(SuiteSamples.everything))
        let text = report.render(SuiteResult(runs: []))
        #expect(text.isEmpty == (kind == .github))
        #expect(text.isEmpty || text.hasSuffix("\n"))
    }

    @Test("no report shows a secret time: but for JUnit and JSON, no time at all", arguments: SuiteReportKind.allCases)
    func times(_ kind: SuiteReportKind) {
        var other = SuiteSamples.everything
        for index in other.runs.indices { other.runs[index].result.timing = .init(seconds: 77.5, memoryBytes: 1) }
        let report = kind.report(version: "0.1.0", paths: SuiteSamples.paths)
        let texts = [SuiteSamples.everything, other].map(report.render)
        #expect((texts[0] == texts[1]) == ![.junit, .json].contains(kind))
    }
}
