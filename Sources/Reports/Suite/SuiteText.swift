/// A suite for people: the lines of ``TextReport`` for each run, with what the suite knows of it.
///
/// ```text
/// know  specs/linux/cow_swap.fl small: violated content (31 steps), expected holds; 81,865 states, …
///       in this scope: …
///       known, and excused until 2026-12-31: alice: the flush is moved in the next series (known.txt:3)
///       since the baseline: states 81,123 → 81,865
///       from the cache
/// ```
public struct SuiteText: Sendable {
    private let text: TextReport

    public init(_ text: TextReport) { self.text = text }

    /// Several lines, each ended; a failure with its counterexample.
    public func render(_ run: SuiteResult.Run) -> String {
        var notes: [String] = []
        if let words = run.standing.words { notes.append(words) }
        if !run.drift.isEmpty {
            let figures = run.drift.map { "\($0.figure) \($0.before) → \($0.now)" }
            notes.append("since the baseline: \(figures.joined(separator: ", "))")
        }
        if run.isCached { notes.append("from the cache") }
        return text.render(run.result, run.standing.mark, notes: notes, showsTrace: run.standing.showsTrace)
    }

    /// One line, ended.
    public func render(_ skipped: SuiteResult.Skipped) -> String {
        let mark = Layout.padded(RunResult.Mark.skipped.rawValue, to: RunResult.Mark.width)
        let what = skipped.configuration.isEmpty ? skipped.spec : "\(skipped.spec) \(skipped.configuration)"
        return text.diagram.paint(mark, RunResult.Mark.skipped.style)
            + "  \(Layout.clean(what)): \(skipped.reason.note)\n"
    }

    /// `12 runs: 10 as expected, 1 not as expected, 1 known failure; 8 from the cache; 2 skipped`
    public func renderSummary(_ suite: SuiteResult) -> String {
        let marks = suite.runs.map(\.standing.mark)
        func count(_ mark: RunResult.Mark) -> Int { marks.count { $0 == mark } }
        let (failed, unknown, known) = (count(.failed), count(.unknown), count(.known))
        var line = suite.runs.isEmpty ? "nothing was checked" : suite.runs.count.counted("run")
        if failed + unknown + known > 0 {
            var parts = ["\(count(.ok)) as expected"]
            if failed > 0 { parts.append("\(failed) not as expected") }
            if known > 0 { parts.append(known.counted("known failure")) }
            if unknown > 0 { parts.append("\(unknown) inconclusive") }
            line += ": " + parts.joined(separator: ", ")
        } else if !suite.runs.isEmpty {
            line += suite.runs.count == 1 ? ", as expected" : ", all as expected"
        }
        let drifted = suite.runs.count { !$0.drift.isEmpty }
        if drifted > 0 { line += "; \(drifted) not as in the baseline" }
        let cached = suite.runs.count(where: \.isCached)
        if cached > 0 { line += "; \(cached) from the cache" }
        if !suite.skipped.isEmpty { line += "; \(suite.skipped.count) skipped" }
        let style: RunResult.Mark = failed > 0 ? .failed : marks.allSatisfy { $0 == .ok } ? .ok : .unknown
        return text.diagram.paint(line, style.style) + "\n"
    }
}

extension SuiteResult.Standing {
    fileprivate var mark: RunResult.Mark {
        switch self {
        case .passed, .repaired: .ok
        case .failed, .expired: .failed
        case .inconclusive: .unknown
        case .excused: .known
        }
    }

    fileprivate var showsTrace: Bool {
        switch self {
        case .failed, .expired: true
        case .passed, .repaired, .inconclusive, .excused: false
        }
    }

    fileprivate var words: String? {
        switch self {
        case .passed, .failed, .inconclusive: nil
        case .excused(let known): "known, and excused until \(known.expires): \(known.words)"
        case .expired(let known): "known, but excused only until \(known.expires): \(known.words)"
        case .repaired(let known): "known as a failure, and passes: remove the entry of \(known.words)"
        }
    }
}

extension SuiteResult.KnownFailure {
    fileprivate var words: String { "\(owner): \(reason) (\(file):\(line))" }
}

extension SuiteResult.Skipped.Reason {
    fileprivate var note: String {
        switch self {
        case .unchanged: "skipped: unchanged"
        case .failFast: "skipped: another run has failed"
        case .interrupted: "skipped: interrupted"
        }
    }
}
