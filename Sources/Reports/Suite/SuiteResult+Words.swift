import Diagnostics

/// The phrases that several reports of a suite share.
extension SuiteResult {
    /// `12 runs: 10 passed, 1 failed, 1 inconclusive; 2 skipped`
    var summary: String {
        var counts: [String: Int] = [:]
        for run in runs { counts[run.standing.word, default: 0] += 1 }
        let parts = Standing.words.compactMap { word in counts[word].map { "\($0.grouped) \(word)" } }
        let total =
            runs.isEmpty ? "nothing was checked" : "\(runs.count.counted("run")): \(parts.joined(separator: ", "))"
        var extras: [String] = []
        if !skipped.isEmpty { extras.append("\(skipped.count.grouped) skipped") }
        let errors = diagnostics.count { $0.severity == "error" && !$0.isSaidByRun }
        if errors > 0 { extras.append(errors.counted("error")) }
        return ([total] + extras).joined(separator: "; ")
    }
}

extension SuiteResult.Standing {
    /// That of a run where nobody has taken on a failure.
    public init(of result: RunResult) {
        self = result.asExpected ? .passed : result.verdict == .inconclusive ? .inconclusive : .failed
    }

    static let words = ["passed", "failed", "inconclusive", "excused", "expired", "repaired"]

    var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .inconclusive: "inconclusive"
        case .excused: "excused"
        case .expired: "expired"
        case .repaired: "repaired"
        }
    }

    var knownFailure: SuiteResult.KnownFailure? {
        switch self {
        case .passed, .failed, .inconclusive: nil
        case .excused(let known), .expired(let known), .repaired(let known): known
        }
    }

    /// What the list of known failures has to do with it.
    var note: String? {
        switch self {
        case .passed, .failed, .inconclusive: nil
        case .excused(let known): "known failure, excused until \(known.expires) by \(known.owner): \(known.reason)"
        case .expired(let known):
            "known failure of \(known.owner), excused until \(known.expires) only: \(known.reason)"
        case .repaired(let known):
            "listed as a known failure of \(known.owner), and passes: the entry at \(known.file):\(known.line) should go"
        }
    }
}

extension SuiteResult.Skipped.Reason {
    var words: String {
        switch self {
        case .unchanged: "unchanged since the base revision"
        case .failFast: "a failure had ended the suite before"
        case .interrupted: "the suite was interrupted"
        }
    }
}

extension SuiteResult.Drift {
    var words: String { "\(figure): \(before) → \(now)" }
}

extension ReportDiagnostic {
    /// Whether a run with its standing says the same: that an expectation was not met.
    var isSaidByRun: Bool { code == "FL0601" }

    /// Nil where what it speaks about lies in no file, but on the command line.
    var sourceFile: String? { file == SourceText.commandLine ? nil : file }

    /// `FL0203: there is no …`, and the notes below it.
    var text: String {
        ([message]
            + notes.map { note in
                let place = note.file.map { file in " (\(file)\(note.line.map { ":\($0)" } ?? ""))" } ?? ""
                return "note: \(note.message)\(place)"
            }).joined(separator: "\n")
    }
}

extension RunResult {
    /// `holds, as expected; 81,865 states, …`
    var outcome: String {
        let length = steps.map { " (\($0.counted("step")))" } ?? ""
        return "\(verdictWords)\(length), \(asExpected ? "as expected" : "expected \(expected)")"
    }
}
