import Reports
import SchemaTestSupport
import Testing

@Suite("The SARIF report")
struct SARIFReportTests {
    private func text(_ suite: SuiteResult) -> String {
        SARIFReport(version: "0.1.0", paths: SuiteSamples.paths).render(suite)
    }

    private func run(_ suite: SuiteResult) throws -> JSON { try #require(try JSON(text(suite)).at("runs", "0")) }

    @Test("everything that it says is SARIF, also for nasty texts and for nothing")
    func valid() throws {
        #expect(SARIFValidator.problems(try JSON(text(SuiteSamples.everything))) == [])
        #expect(SARIFValidator.problems(try JSON(text(SuiteResult(runs: [])))) == [])
        for nasty in SuiteSamples.nasties where !nasty.isEmpty {
            #expect(SARIFValidator.problems(try JSON(text(SuiteSamples.nasty(nasty)))) == [], "\(nasty)")
        }
    }

    @Test("the published schema agrees", .enabled(if: Consumer.isInstalled, "\(Consumer.missing)"))
    func published() throws {
        let suites = [SuiteSamples.everything, SuiteResult(runs: [])] + SuiteSamples.nasties.map(SuiteSamples.nasty)
        for (index, problems) in try Consumer.sarif.read(suites.map(text)).enumerated() {
            #expect(problems == .array([]), "\(index)")
        }
        let broken = [("\"level\": \"note\"", "\"level\": \"bad\""), ("\"ruleIndex\"", "\"ruleIndices\"")].map {
            text(SuiteSamples.everything).replacing($0, with: $1)
        }
        for problems in try Consumer.sarif.read(broken) { #expect(!problems.elements.isEmpty) }
    }

    @Test("the validator notices what is missing, unknown, out of range, or does not fit together")
    func validator() throws {
        let document = try JSON(text(SuiteSamples.everything))
        let result = ["runs", "0", "results", "0"]
        let visit = result + ["codeFlows", "0", "threadFlows", "0", "locations", "1"]
        let changes: [([String], JSON?)] = [
            (["version"], .string("2.0.0")), (["runs", "0", "tool"], nil), (["surprise"], .null),
            (result + ["ruleIndex"], .number(99)), (result + ["ruleIndex"], .number(1)), (result + ["message"], nil),
            (result + ["level"], .string("fatal")), (result + ["locations"], .array([])),
            (result + ["locations", "0", "physicalLocation", "region", "startLine"], .number(0)),
            (result + ["locations", "0", "physicalLocation", "artifactLocation", "index"], .number(77)),
            (result + ["locations", "0", "physicalLocation", "artifactLocation", "uri"], .string("other.fl")),
            (result + ["locations", "0", "physicalLocation", "artifactLocation", "uriBaseId"], .string("HOME")),
            (result + ["message", "text"], .string("a {0}")), (result + ["message", "text"], .string("[a](1)")),
            (visit + ["importance"], .string("great")), (visit + ["executionOrder"], .number(99)),
            (visit + ["nestingLevel"], .number(-1)), (visit + ["location"], nil),
            (["runs", "0", "artifacts", "0", "location", "uri"], .string("a b.fl")),
            (["runs", "0", "artifacts", "0"], nil), (["runs", "0", "tool", "driver", "rules", "1"], nil),
            (result + ["partialFingerprints"], document.at("runs", "0", "results", "1", "partialFingerprints")),
        ]
        for (path, value) in changes {
            let changed = document.replacing(path[...], with: value)
            #expect(changed != document, "\(path)")
            #expect(!SARIFValidator.problems(changed).isEmpty, "\(path) = \(String(describing: value))")
        }
    }

    @Test("each thing to look at is a result, and what passed is none")
    func results() throws {
        let results = try #require(try run(SuiteSamples.everything)["results"]?.elements)
        let found = results.map { "\($0["level"]?.text ?? "") \($0["ruleId"]?.text ?? "")" }
        #expect(
            found == [
                "error cow.content", "warning faultline.drift", "warning faultline.inconclusive", "note cow.content",
                "error cow.content", "warning faultline.repaired", "error cow.swapped_twice", "error cow.content",
                "error FL0203", "warning FL0502",
            ])
        #expect(results.filter { $0["suppressions"] != nil }.count == 1)
        let suppression = results[3].at("suppressions", "0")
        #expect(suppression?["justification"]?.text == "the swap path is rewritten (mm team, until 2026-12-31)")
        #expect(suppression?.at("location", "physicalLocation", "region", "startLine")?.number == 4)
    }

    @Test("a counterexample is one flow in the order of time, a location for each statement and one for the claim")
    func codeFlow() throws {
        let flow = try #require(try run(SuiteSamples.everything).at("results", "0", "codeFlows", "0"))
        #expect(flow["threadFlows"]?.elements.count == 1)
        let visits = try #require(flow.at("threadFlows", "0", "locations")?.elements)
        func column(_ key: String) -> [JSON?] { visits.map { $0[key] } }
        #expect(visits.map { $0["executionOrder"]?.number } == [1, 2, 3, 4, 4, 5, 6, 7])
        #expect(visits.map { $0["nestingLevel"]?.number } == [0, 0, 1, 0, 0, 2, 0, 0])
        #expect(
            visits.map { $0["importance"]?.text } == [
                "important", "important", "important", "important", "essential", "important", "essential",
                "essential",
            ])
        let texts = visits.map { $0.at("location", "message", "text")?.text }
        #expect(texts[0] == "evictor: choose s in Slot; choose s = S0")
        #expect(texts[4] == "evictor: unlock ptl[m]; pte[M0]: mapped(F0, true) → swapped(S0)")
        #expect(texts[7]?.hasPrefix("invariant content violated: frame[f].data == ideal.value(m) where ") == true)
        #expect(visits[4].at("state", "pte[M0]", "text")?.text == "swapped(S0)")
        #expect(
            visits[5].at("location", "logicalLocations", "0", "fullyQualifiedName")?.text
                == "user[T0] › fault › wp_copy")
        #expect(flow.at("threadFlows", "0", "initialState", "pte[M0]", "text")?.text == "mapped(F0, true)")
    }

    @Test("of a very long counterexample the end is shown, as far as GitHub takes it")
    func longFlow() throws {
        var suite = SuiteResult(runs: [SuiteSamples.everything.runs[1]])
        let steps = (1...10_050).map { Samples.step($0, "user[T0]", ["x = \($0)"]) }
        suite.runs[0].result.counterexample = Samples.counterexample(processes: ["user[T0]"], steps: steps)
        let flow = try #require(try run(suite).at("results", "0", "codeFlows", "0"))
        #expect(flow.at("threadFlows", "0", "locations")?.elements.count == 10_000)
        #expect(flow.at("message", "text")?.text?.hasSuffix("the last 10,000 of 10,051 statements") == true)
    }

    @Test("a fingerprint stays when lines move and steps change, and no two results share one")
    func fingerprints() throws {
        func prints(_ suite: SuiteResult) throws -> [JSON?] {
            try run(suite)["results"]?.elements.map { $0["partialFingerprints"] } ?? []
        }
        let before = try prints(SuiteSamples.everything)
        var moved = SuiteSamples.everything
        for index in moved.runs.indices {
            moved.runs[index].line = moved.runs[index].line.map { $0 + 20 }
            moved.runs[index].result.states += 7
            guard var trace = moved.runs[index].result.counterexample else { continue }
            trace.steps.removeFirst()
            for step in trace.steps.indices {
                for label in trace.steps[step].labels.indices { trace.steps[step].labels[label].line += 20 }
            }
            moved.runs[index].result.counterexample = trace
        }
        for index in moved.diagnostics.indices { moved.diagnostics[index].line = 99 }
        #expect(try prints(moved) == before)
        #expect(Set(before).count == before.count)
        var twice = SuiteSamples.everything
        twice.diagnostics += twice.diagnostics
        #expect(Set(try prints(twice)).count == before.count + 2)
    }

    @Test("files are named from the root, from the modules of the tool, or absolutely")
    func files() throws {
        func address(_ file: String, spec: String = "specs/linux/cow.fl") throws -> [String?] {
            var suite = SuiteResult(runs: [SuiteSamples.everything.runs[1]])
            suite.runs[0].result.spec = spec
            suite.runs[0].result.counterexample?.steps[5].labels[0].file = file
            let place = try run(suite).at("results", "0", "locations", "0", "physicalLocation", "artifactLocation")
            return [place?["uriBaseId"]?.text, place?["uri"]?.text]
        }
        #expect(try address("specs/linux/cow.fl") == ["%SRCROOT%", "specs/linux/cow.fl"])
        #expect(try address("./specs//a b/ü.fl") == ["%SRCROOT%", "specs/a%20b/%C3%BC.fl"])
        #expect(try address("/src/k/specs/a.fl") == ["%SRCROOT%", "specs/a.fl"])
        #expect(try address("std/counts.fl") == ["FAULTLINE_MODULES", "std/counts.fl"])
        #expect(try address("../x/a.fl") == [nil, "file:///src/x/a.fl"])
        #expect(try address("/elsewhere/a:b.fl") == [nil, "file:///elsewhere/a%3Ab.fl"])
    }

    @Test("errors about no file and what was skipped are notifications, and a bad input is no success")
    func notifications() throws {
        let invocation = try #require(try run(SuiteSamples.everything).at("invocations", "0"))
        #expect(invocation["executionSuccessful"] == .bool(false))
        let texts = (invocation["toolExecutionNotifications"]?.elements ?? []).map { $0.at("message", "text")?.text }
        #expect(texts.first??.hasPrefix("FL0701: something about FL0701") == true)
        #expect(texts.contains("specs/a.fl was not searched: unchanged since the base revision"))
        #expect(texts.count == 4)
        #expect(try run(SuiteResult(runs: [])).at("invocations", "0", "executionSuccessful") == .bool(true))
    }

    @Test("of more results than GitHub takes, errors are kept")
    func bounded() throws {
        var suite = SuiteResult(runs: [])
        let warning = ReportDiagnostic(
            code: "FL0502", severity: "warning", message: "w", file: "a.fl", line: 1, column: 1, notes: [])
        suite.diagnostics = Array(repeating: warning, count: 25_001)
        suite.diagnostics.append(
            ReportDiagnostic(
                code: "FL0203", severity: "error", message: "e", file: "a.fl", line: 1, column: 1, notes: []))
        let rules = text(suite).matches(of: /"ruleId": "(FL[0-9]+)"/).map(\.1)
        #expect(rules.count == 25_000 && rules.first == "FL0203")
    }
}
