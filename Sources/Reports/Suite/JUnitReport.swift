/// A suite as JUnit XML: a `testsuite` for each spec, a `testcase` for each configuration.
///
/// There is no standard; this keeps to what Jenkins, GitLab and Azure read. A violation that was not expected is a
/// `failure` with its race diagram, an inconclusive run an `error`, a known failure and what was not searched
/// `skipped`. Only the attributes `time` differ between two runs of the same thing; there is no time of day and no name
/// of a machine.
public struct JUnitReport: SuiteReport {
    public init() {}

    public func render(_ suite: SuiteResult) -> String {
        let suites = Self.suites(suite)
        let root = Tally(suites.flatMap(\.cases))
        return XMLElement(
            "testsuites", [("name", "faultline")] + root.attributes,
            children: suites.map(\.element)
        ).document
    }

    // MARK: Suites

    /// How a test case ended, as the counts of a suite tell it.
    private enum Ending { case passed, failed, error, skipped }

    private struct Case {
        let ending: Ending
        let seconds: Double
        let element: XMLElement
    }

    private struct Suite {
        let name: String
        var cases: [Case] = []
        var warnings: [String] = []

        var element: XMLElement {
            let tally = Tally(cases)
            let output = warnings.isEmpty ? [] : [XMLElement("system-err", text: warnings.joined(separator: "\n"))]
            return XMLElement(
                "testsuite", [("name", name)] + tally.attributes, children: cases.map(\.element) + output)
        }
    }

    private struct Tally {
        let attributes: [(String, String?)]

        init(_ cases: [Case]) {
            attributes = [
                ("tests", String(cases.count)), ("failures", String(cases.count { $0.ending == .failed })),
                ("errors", String(cases.count { $0.ending == .error })),
                ("skipped", String(cases.count { $0.ending == .skipped })),
                ("time", JUnitReport.time(cases.reduce(0) { $0 + $1.seconds })),
            ]
        }
    }

    /// In the order in which specs first come.
    private static func suites(_ suite: SuiteResult) -> [Suite] {
        var suites: [Suite] = []
        var indices: [String: Int] = [:]
        func change(_ name: String, _ body: (inout Suite) -> Void) {
            let index = indices[name] ?? suites.count
            if index == suites.count {
                suites.append(Suite(name: name))
                indices[name] = index
            }
            body(&suites[index])
        }
        for run in suite.runs { change(run.result.spec) { $0.cases.append(testCase(run)) } }
        for skipped in suite.skipped { change(skipped.spec) { $0.cases.append(testCase(skipped)) } }
        for library in suite.libraries { change(library) { $0.cases.append(libraryCase(library)) } }
        for diagnostic in suite.diagnostics where !diagnostic.isSaidByRun {
            change(diagnostic.file ?? "faultline") {
                if diagnostic.severity == "error" {
                    $0.cases.append(testCase(diagnostic))
                } else {
                    $0.warnings.append("\(diagnostic.place)\(diagnostic.code): \(diagnostic.text)")
                }
            }
        }
        return suites
    }

    // MARK: Cases

    private static func testCase(_ run: SuiteResult.Run) -> Case {
        let result = run.result
        var children: [XMLElement] = []
        var ending = Ending.passed
        let message = result.counterexample.map { "\(result.outcome): \($0.failure.title)" } ?? result.outcome
        let details = ([run.standing.note, result.scopeWords].compactMap { $0 }).joined(separator: "\n") + "\n"
        switch run.standing {
        case .passed, .repaired: break
        case .failed, .expired:
            ending = .failed
            let type = result.verdict == .violated ? "violated" : "not violated"
            children.append(
                XMLElement("failure", [("message", message), ("type", type)], text: details + diagram(result)))
        case .inconclusive:
            ending = .error
            children.append(XMLElement("error", [("message", message), ("type", "inconclusive")], text: details))
        case .excused:
            ending = .skipped
            children.append(XMLElement("skipped", [("message", run.standing.note)]))
        }
        children.append(XMLElement("system-out", text: output(run)))
        let seconds = run.isCached || !result.timing.seconds.isFinite ? 0 : max(0, result.timing.seconds)
        return Case(
            ending: ending, seconds: seconds,
            element: element(
                spec: result.spec, name: result.configuration, line: run.line, seconds: seconds, children))
    }

    /// What is worth reading of a run that did not fail.
    private static func output(_ run: SuiteResult.Run) -> String {
        let result = run.result
        var lines = ["\(result.outcome); \(result.size)", result.scopeWords]
        if run.isCached { lines.append("taken from the cache") }
        if let note = run.standing.note { lines.append(note) }
        if !result.unwitnessed.isEmpty {
            lines.append("never witnessed: reachable \(result.unwitnessed.joined(separator: ", "))")
        }
        lines += run.drift.map { "not as in the baseline: \($0.words)" }
        if case .excused = run.standing { lines.append(diagram(result)) }
        return lines.joined(separator: "\n")
    }

    private static func diagram(_ result: RunResult) -> String {
        result.counterexample.map { "\n" + RaceDiagram(width: 100).render($0) } ?? ""
    }

    private static func testCase(_ skipped: SuiteResult.Skipped) -> Case {
        let name = skipped.configuration.isEmpty ? "all configurations" : skipped.configuration
        return Case(
            ending: .skipped, seconds: 0,
            element: element(
                spec: skipped.spec, name: name, line: nil, seconds: 0,
                [XMLElement("skipped", [("message", skipped.reason.words)])]))
    }

    private static func libraryCase(_ spec: String) -> Case {
        Case(
            ending: .passed, seconds: 0,
            element: element(spec: spec, name: "names, types and rules", line: nil, seconds: 0, []))
    }

    private static func testCase(_ diagnostic: ReportDiagnostic) -> Case {
        let name = "\(diagnostic.code)\(diagnostic.line.map { " in line \($0)" } ?? "")"
        return Case(
            ending: .error, seconds: 0,
            element: element(
                spec: diagnostic.file ?? "faultline", name: name, line: diagnostic.line, seconds: 0,
                [
                    XMLElement(
                        "error", [("message", diagnostic.message), ("type", diagnostic.code)],
                        text: diagnostic.place + diagnostic.text)
                ]))
    }

    /// Readers take what comes before the last dot of `classname` for a package.
    private static func element(
        spec: String, name: String, line: Int?, seconds: Double, _ children: [XMLElement]
    ) -> XMLElement {
        let stem = spec.hasSuffix(".fl") ? String(spec.dropLast(3)) : spec
        let folders = stem.split(separator: "/").filter { $0 != "." && $0 != ".." }
        return XMLElement(
            "testcase",
            [
                ("name", name), ("classname", folders.joined(separator: ".")), ("file", spec),
                ("line", line.map(String.init)), ("time", time(seconds)),
            ], children: children)
    }

    /// Seconds with three digits after the point, whatever the locale.
    private static func time(_ seconds: Double) -> String {
        let milliseconds = Int((min(seconds, 1e12) * 1000).rounded())
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}

extension ReportDiagnostic {
    /// `a.fl:3:5: `, or nothing.
    fileprivate var place: String {
        guard let file else { return "" }
        return "\(file):" + (line.map { "\($0):" } ?? "") + (column.map { "\($0):" } ?? "") + " "
    }
}
