import Diagnostics
import Foundation
import Reports
import SchemaTestSupport
import Testing

@Suite("The JSON schemas")
struct SchemaTests {
    private let runs = [
        Samples.holds, Samples.violated(expected: true), Samples.violated(expected: false), Samples.inconclusive,
        Samples.walked, Samples.walkedInVain,
    ]

    @Test("A report with every kind of run and diagnostic is valid")
    func report() throws {
        let validator = try SchemaValidator("report.schema.json")
        let diagnostics = [
            ReportDiagnostic(
                code: "FL0301", severity: "error", message: "two accesses", file: "a.fl", line: 3, column: 5,
                notes: [.init(message: "the other", file: nil, line: nil, column: nil)]),
            ReportDiagnostic(Diagnostic(.notASpec, "no spec", at: nil), in: SourceMap()),
        ]
        #expect(try validator.problems(JSON(JSONReport().render(runs, diagnostics: diagnostics))) == [])
        #expect(try validator.problems(JSON(JSONReport().render([]))) == [])
    }

    @Test("A counterexample is valid, also without a variant, a conjunct, or any step")
    func counterexample() throws {
        let validator = try SchemaValidator("counterexample.schema.json")
        var bare = Samples.two
        bare.variant = nil
        bare.failure.conjunct = nil
        bare.steps = []
        var walked = Samples.two
        walked.mayBeShorter = true
        for sample in [Samples.two, bare, walked] {
            #expect(try validator.problems(JSON(CounterexampleFile.encode(sample))) == [])
        }
    }

    @Test("Every key of a report and of a counterexample is required")
    func requiredKeys() throws {
        let report = try SchemaValidator("report.schema.json")
        let document = try JSON(JSONReport().render([Samples.violated(expected: true)]))
        let run = try #require(document["runs"]?.elements.first)
        for key in run.keys {
            #expect(try report.problems(document.setting("runs", to: .array([run.removing(key)]))).count == 1, "\(key)")
        }
        let file = try SchemaValidator("counterexample.schema.json")
        let trace = try JSON(CounterexampleFile.encode(Samples.two))
        for key in trace.keys { #expect(try file.problems(trace.removing(key)).count == 1, "\(key)") }
    }

    @Test("The schemas refuse unknown keys, unknown words and wrong types")
    func refusals() throws {
        let validator = try SchemaValidator("report.schema.json")
        let document = try JSON(JSONReport().render([Samples.violated(expected: true)]))
        let run = try #require(document["runs"]?.elements.first)
        let wrong: [(String, JSON)] = [
            ("surprise", .null), ("verdict", .string("OK")), ("states", .string("12")), ("depth", .number(1.5)),
            ("reason", .string("bored")), ("variant", .bool(true)), ("trace", .object([:])), ("states", .number(-1)),
        ]
        for (key, value) in wrong {
            let changed = document.setting("runs", to: .array([run.setting(key, to: value)]))
            #expect(try !validator.problems(changed).isEmpty, "\(key) = \(value)")
        }
        #expect(try !validator.problems(document.setting("version", to: .number(4))).isEmpty)
    }

    @Test("The validator fails on a keyword that it does not know")
    func unknownKeyword() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try #"{"maxLength": 3}"#.write(to: folder.appendingPathComponent("s.json"), atomically: true, encoding: .utf8)
        #expect(try SchemaValidator("s.json", folder: folder).problems(.string("a")).count == 1)
    }
}
