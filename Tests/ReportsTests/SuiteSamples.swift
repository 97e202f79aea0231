import Reports

/// Suites that show everything a report of a suite can show.
enum SuiteSamples {
    static let paths = ReportPaths(
        root: "/src/k", library: "/opt/faultline/specs",
        modules: ["specs/linux/cow.fl": ["std/counts.fl": "/opt/faultline/specs/std/counts.fl"]])

    static let known = SuiteResult.KnownFailure(
        owner: "mm team", expires: "2026-12-31", reason: "the swap path is rewritten", file: "known-failures.txt",
        line: 4)

    /// One run of each standing, everything that was not searched, and a diagnostic of each kind.
    static let everything = SuiteResult(
        runs: [
            run(Samples.holds, .passed, line: 30),
            run(Samples.violated(expected: false), .failed, drift: [.init(figure: "states", before: "9", now: "10")]),
            run(Samples.inconclusive, .inconclusive, line: 32),
            run(named("old", Samples.violated(expected: false)), .excused(known)),
            run(named("older", Samples.violated(expected: false)), .expired(known)),
            run(named("mended", Samples.holds), .repaired(known)),
            run(unwitnessed, .failed, line: 40), run(notFound, .failed, line: 41),
            SuiteResult.Run(result: named("kept", Samples.holds), standing: .passed, isCached: true),
        ],
        skipped: [
            .init(spec: "specs/a.fl", configuration: "", reason: .unchanged),
            .init(spec: "specs/linux/cow.fl", configuration: "small/late", reason: .failFast),
            .init(spec: "specs/linux/cow.fl", configuration: "large", reason: .interrupted),
        ], libraries: ["specs/std/counts.fl"],
        diagnostics: [
            diagnostic("FL0203", "error", file: "specs/typo.fl"),
            diagnostic("FL0502", "warning", file: "specs/linux/cow.fl"), diagnostic("FL0701", "error", file: nil),
            diagnostic("FL0601", "error", file: "specs/linux/cow.fl"),
        ])

    /// Everything that any format gives a meaning to.
    static let nasties = [
        "a:b,c%25d\ne\rf\u{1B}[31m\u{0}g::error file=x::h", "</testsuite>]]><!-- & \" ' \u{FFFE}\u{FFFF}",
        "| a | `b` ``` *c* _d_ <script>alert(1)</script> [x](http://e.org) ![i](j) &amp; \\| $x$ # {0} ](1)",
        "http://example.org www.example.org a@example.org ~~gone~~ \u{2028}\u{85}", "\\", "\\|", "`", "", " ",
        "日本語 ✓ e\u{301} \u{202E}", "../..//./x.fl", "%SRCROOT%",
    ]

    /// Each nasty text at each place where a text of a user can stand.
    static func nasty(_ text: String) -> SuiteResult {
        var result = Samples.violated(expected: false)
        result.spec = text
        result.scenario = text
        result.property = text
        result.expected = "violated \(text)"
        result.unwitnessed = [text]
        let step = Samples.step(
            1, text, [text, text], stack: [text], choices: [(text, text)], changes: [(text, text, text)], held: [text])
        result.counterexample = Samples.counterexample(
            processes: [text], steps: [step],
            failure: .init(
                kind: text, property: text, message: text,
                conjunct: .init(file: text, line: 1, text: text, callStack: [text]),
                values: [.init(name: text, value: text)]))
        let known = SuiteResult.KnownFailure(owner: text, expires: text, reason: text, file: text, line: 1)
        let drift = SuiteResult.Drift(figure: text, before: text, now: text)
        var passed = Samples.holds
        passed.spec = text
        return SuiteResult(
            runs: [
                run(result, .failed, drift: [drift]), run(result, .excused(known)), run(result, .expired(known)),
                run(passed, .repaired(known)),
            ], skipped: [.init(spec: text, configuration: text, reason: .unchanged)], libraries: [text],
            diagnostics: [
                .init(
                    code: "FL0203", severity: "error", message: text, file: text, line: 1, column: 1,
                    notes: [.init(message: text, file: text, line: 1, column: 1)]),
                .init(
                    code: "FL0502", severity: "warning", message: text, file: nil, line: nil, column: nil, notes: []),
            ])
    }

    /// Many runs, a tenth of them failed.
    static func large(_ count: Int) -> SuiteResult {
        SuiteResult(
            runs: (0..<count).map { index in
                index % 10 == 0
                    ? run(named("v\(index)", Samples.violated(expected: false)), .failed)
                    : run(named("v\(index)", Samples.holds), .passed)
            })
    }

    static let reports: [(kind: SuiteReportKind, report: any SuiteReport)] = SuiteReportKind.allCases.map {
        ($0, $0.report(version: "0.1.0", paths: paths))
    }

    private static func run(
        _ result: RunResult, _ standing: SuiteResult.Standing, drift: [SuiteResult.Drift] = [], line: Int? = nil
    ) -> SuiteResult.Run {
        SuiteResult.Run(result: result, standing: standing, isCached: false, drift: drift, line: line)
    }

    private static func named(_ variant: String, _ result: RunResult) -> RunResult {
        var result = result
        result.variant = variant
        return result
    }

    private static let unwitnessed: RunResult = {
        var result = named("unreached", Samples.holds)
        result.verdict = .violated
        result.asExpected = false
        result.property = "swapped_twice"
        result.unwitnessed = ["swapped_twice"]
        return result
    }()

    private static let notFound: RunResult = {
        var result = named("harmless", Samples.holds)
        result.asExpected = false
        result.expected = "violated content"
        return result
    }()

    private static func diagnostic(_ code: String, _ severity: String, file: String?) -> ReportDiagnostic {
        ReportDiagnostic(
            code: code, severity: severity, message: "something about \(code)", file: file,
            line: file == nil ? nil : 3, column: file == nil ? nil : 5,
            notes: [
                .init(message: "see here", file: file, line: file == nil ? nil : 9, column: nil),
                .init(message: "and know this", file: nil, line: nil, column: nil),
            ])
    }
}
