/// Something of a suite that its reader should look at, with a place: what annotations and SARIF results are made of.
struct SuiteFinding {
    enum Level { case error, warning, note }

    enum Subject {
        case run(SuiteResult.Run)
        case drift(SuiteResult.Run)
        case repaired(SuiteResult.KnownFailure)
        case diagnostic(ReportDiagnostic)
    }

    let subject: Subject
    let level: Level
    /// `cow_swap.content`, `faultline.drift`, `FL0203`: stays the same as long as the finding is of the same kind.
    let rule: String
    /// Nil where it has no place in a file.
    let file: String?
    /// From 1.
    let line: Int?
    let column: Int?
    /// The spec whose result names the file.
    let spec: String?
    /// A few words.
    let title: String
    /// Sentences in lines.
    let message: String
    /// What stays when lines move.
    let identity: [String]
}

extension SuiteFinding {
    /// In the order of the runs, then of the diagnostics. `paths` decides which statement of the last step is shown: one
    /// that lies below the root, if there is one.
    static func all(_ suite: SuiteResult, _ paths: ReportPaths) -> [SuiteFinding] {
        suite.runs.flatMap { run in
            [finding(run, paths), drift(run)].compactMap { $0 }
        } + suite.diagnostics.filter { !$0.isSaidByRun }.map(diagnostic)
    }

    private static func finding(_ run: SuiteResult.Run, _ paths: ReportPaths) -> SuiteFinding? {
        let level: Level
        switch run.standing {
        case .passed: return nil
        case .repaired(let known): return repaired(known, run)
        case .failed, .expired: level = .error
        case .inconclusive: level = .warning
        case .excused: level = .note
        }
        let result = run.result
        let place = result.blamed(paths)
        let title = result.counterexample?.failure.title ?? result.verdictWords
        let rule = result.verdict == .inconclusive ? "faultline.inconclusive" : result.claim
        return SuiteFinding(
            subject: .run(run), level: level, rule: rule, file: place?.file ?? result.spec,
            line: place?.line ?? run.line ?? 1, column: nil, spec: result.spec,
            title: "\(result.configuration): \(title)", message: message(run),
            identity: [result.spec, result.configuration, rule])
    }

    private static func message(_ run: SuiteResult.Run) -> String {
        let result = run.result
        var lines = ["\(result.spec) \(result.configuration): \(result.outcome)"]
        if let failure = result.counterexample?.failure {
            lines.append(failure.message.isEmpty ? failure.title : "\(failure.title): \(failure.message)")
            if let conjunct = failure.conjunct {
                lines.append("failed: \(conjunct.text) at \(conjunct.file):\(conjunct.line)")
            }
            if !failure.values.isEmpty {
                lines.append("where " + failure.values.map { "\($0.name) = \($0.value)" }.joined(separator: ", "))
            }
        }
        if !result.unwitnessed.isEmpty {
            lines.append("never witnessed: reachable \(result.unwitnessed.joined(separator: ", "))")
        }
        lines.append(result.scopeWords)
        if let note = run.standing.note { lines.append(note) }
        return lines.joined(separator: "\n")
    }

    private static func repaired(_ known: SuiteResult.KnownFailure, _ run: SuiteResult.Run) -> SuiteFinding {
        SuiteFinding(
            subject: .repaired(known), level: .warning, rule: "faultline.repaired", file: known.file, line: known.line,
            column: nil, spec: nil, title: "\(run.result.configuration): a known failure passes",
            message: "\(run.result.spec) \(run.result.configuration): \(run.standing.note ?? "")",
            identity: [run.result.spec, run.result.configuration, "faultline.repaired"])
    }

    private static func drift(_ run: SuiteResult.Run) -> SuiteFinding? {
        guard !run.drift.isEmpty else { return nil }
        let name = "\(run.result.spec) \(run.result.configuration)"
        return SuiteFinding(
            subject: .drift(run), level: .warning, rule: "faultline.drift", file: run.result.spec, line: run.line ?? 1,
            column: nil, spec: run.result.spec, title: "\(run.result.configuration): figures drifted",
            message: "\(name): not as in the baseline\n" + run.drift.map(\.words).joined(separator: "\n"),
            identity: [run.result.spec, run.result.configuration, "faultline.drift"])
    }

    private static func diagnostic(_ diagnostic: ReportDiagnostic) -> SuiteFinding {
        SuiteFinding(
            subject: .diagnostic(diagnostic), level: diagnostic.severity == "error" ? .error : .warning,
            rule: diagnostic.code, file: diagnostic.sourceFile, line: diagnostic.line, column: diagnostic.column,
            spec: nil,
            title: diagnostic.code, message: diagnostic.text,
            identity: [diagnostic.file ?? "", diagnostic.code, diagnostic.message])
    }
}

extension RunResult {
    /// `cow_swap.content`: the claim that failed, or should have.
    var claim: String {
        let expectedName = expected.hasPrefix("violated ") ? String(expected.dropFirst("violated ".count)) : expected
        return "\(module).\(property ?? expectedName)"
    }

    /// The statement that broke the claim: the last of the last step; where that lies in a module of the tool, the last
    /// one that does not.
    fileprivate func blamed(_ paths: ReportPaths) -> Counterexample.Label? {
        guard let counterexample else { return nil }
        let last = counterexample.steps.last?.labels ?? []
        let near = last.last { label in
            if case .root = paths.place(of: label.file, in: spec) { true } else { false }
        }
        return near ?? last.last ?? counterexample.failure.conjunct
    }
}
