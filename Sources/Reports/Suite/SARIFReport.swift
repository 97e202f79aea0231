import Digests

/// A suite as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", 2020), one run of it.
///
/// A result is what a reader should look at: a run that did not pass, drift, a known failure that passes, a diagnostic with
/// a place. What passed has none. A counterexample is a code flow ([decision 023]: one thread flow in the order of time).
/// A known failure has a `suppression`. Files are relative to `%SRCROOT%`, the folder in which the tool ran, or to the
/// modules of the tool. There are no times.
public struct SARIFReport: SuiteReport {
    static let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    /// What GitHub takes of one file; the first count, and errors come first where there are more.
    static let mostResults = 25_000

    private let version: String
    private let paths: ReportPaths

    /// `version` is that of the tool.
    public init(version: String, paths: ReportPaths) {
        self.version = version
        self.paths = paths
    }

    public func render(_ suite: SuiteResult) -> String {
        let findings = SuiteFinding.all(suite, paths)
        // GitHub takes no results without a place; the standard has notifications for them.
        let placed = Self.bounded(findings.filter { $0.file != nil })
        let rules = SARIFRules(placed)
        var files = SARIFFiles(paths)
        var fingerprints = SARIFFingerprints()
        let results = placed.map { result($0, rules, &files, &fingerprints) }
        let run = JSONValue.object([
            "tool": .object([
                "driver": .object([
                    "name": .string("Faultline"), "semanticVersion": .string(version), "rules": rules.json,
                ])
            ]),
            "invocations": .array([invocation(suite, findings.filter { $0.file == nil })]),
            "originalUriBaseIds": SARIFFiles.bases,
            "columnKind": .string("unicodeCodePoints"),
            "results": .array(results),
            "artifacts": files.json,
        ])
        return JSONValue.object([
            "$schema": .string(Self.schema), "version": .string("2.1.0"), "runs": .array([run]),
        ]).text
    }

    private static func bounded(_ findings: [SuiteFinding]) -> [SuiteFinding] {
        guard findings.count > mostResults else { return findings }
        return Array(
            [SuiteFinding.Level.error, .warning, .note].flatMap { level in findings.filter { $0.level == level } }
                .prefix(mostResults))
    }

    // MARK: Results

    private func result(
        _ finding: SuiteFinding, _ rules: SARIFRules, _ files: inout SARIFFiles,
        _ fingerprints: inout SARIFFingerprints
    ) -> JSONValue {
        var members: [String: JSONValue] = [
            "ruleId": .string(finding.rule),
            "ruleIndex": .int(rules.index(of: finding.rule)),
            "level": .string(finding.level.sarif),
            "message": Self.message(finding.message),
            "locations": .array([
                .object([
                    "physicalLocation": files.physical(
                        finding.file ?? "", finding.line, finding.column, in: finding.spec)
                ])
            ]),
            "partialFingerprints": fingerprints.next(finding.identity),
        ]
        switch finding.subject {
        case .run(let run):
            if let counterexample = run.result.counterexample {
                members["codeFlows"] = .array([SARIFCodeFlow(counterexample, run.result.spec).json(&files)])
            }
            let related = self.related(run, &files)
            if !related.isEmpty { members["relatedLocations"] = .array(related) }
            if case .excused(let known) = run.standing {
                members["suppressions"] = .array([suppression(known, &files)])
            }
        case .diagnostic(let diagnostic):
            let related = self.related(diagnostic, &files)
            if !related.isEmpty { members["relatedLocations"] = .array(related) }
        case .drift, .repaired: break
        }
        return .object(members)
    }

    /// The claim that failed, and the configuration.
    private func related(_ run: SuiteResult.Run, _ files: inout SARIFFiles) -> [JSONValue] {
        var related: [JSONValue] = []
        if let conjunct = run.result.counterexample?.failure.conjunct {
            related.append(
                files.location(
                    conjunct.file, conjunct.line, in: run.result.spec, id: related.count,
                    message: "the claim that fails: \(conjunct.text)"))
        }
        if let line = run.line {
            related.append(
                files.location(
                    run.result.spec, line, in: run.result.spec, id: related.count,
                    message: "the configuration \(run.result.configuration)"))
        }
        return related
    }

    private func related(_ diagnostic: ReportDiagnostic, _ files: inout SARIFFiles) -> [JSONValue] {
        var related: [JSONValue] = []
        for note in diagnostic.notes {
            guard let file = note.file else { continue }
            related.append(files.location(file, note.line, in: nil, id: related.count, message: note.message))
        }
        return related
    }

    private func suppression(_ known: SuiteResult.KnownFailure, _ files: inout SARIFFiles) -> JSONValue {
        .object([
            "kind": .string("external"), "status": .string("accepted"),
            "justification": .string("\(known.reason) (\(known.owner), until \(known.expires))"),
            "location": files.location(known.file, known.line, in: nil, id: nil, message: nil),
        ])
    }

    // MARK: The invocation

    /// Whether all could be read, and what has no place in a file.
    private func invocation(_ suite: SuiteResult, _ unplaced: [SuiteFinding]) -> JSONValue {
        let said = unplaced.map { Self.notification("\($0.title): \($0.message)", $0.level.sarif) }
        let skipped = suite.skipped.map { skipped in
            let name = [skipped.spec, skipped.configuration].filter { !$0.isEmpty }.joined(separator: " ")
            return Self.notification("\(name) was not searched: \(skipped.reason.words)", "note")
        }
        let hasErrors = suite.diagnostics.contains { $0.severity == "error" && !$0.isSaidByRun }
        return .object([
            "executionSuccessful": .bool(!hasErrors), "toolExecutionNotifications": .array(said + skipped),
        ])
    }

    private static func notification(_ text: String, _ level: String) -> JSONValue {
        .object(["level": .string(level), "message": message(text)])
    }

    static func message(_ text: String) -> JSONValue { .object(["text": .string(plain(text))]) }

    /// In a plain message `{0}` is a placeholder and `[text](1)` a link. Nothing else is changed: readers show doubled
    /// braces and backslashes as they are.
    static func plain(_ text: String) -> String {
        text.replacing(/\{([0-9]+)\}/) { "{{\($0.1)}}" }.replacing("](", with: "] (")
    }
}

/// What a result is recognised by when lines have moved: the spec, its configuration and the rule; for a diagnostic its
/// file, code and message. Equal ones are numbered in their order.
struct SARIFFingerprints {
    private var seen: [String: Int] = [:]

    /// GitHub reads `primaryLocationLineHash` only; where it is there, it does not look at the line itself.
    mutating func next(_ identity: [String]) -> JSONValue {
        let digest = String(SHA256.digest(identity.joined(separator: "\u{0}")).prefix(32))
        seen[digest, default: 0] += 1
        let fingerprint = JSONValue.string("\(digest):\(seen[digest] ?? 1)")
        return .object(["faultline/v1": fingerprint, "primaryLocationLineHash": fingerprint])
    }
}

extension SuiteFinding.Level {
    fileprivate var sarif: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }
}
