/// Results for people: a verdict line per run, what it rests on, and the diagram of a violation.
///
/// ```text
/// ok    specs/linux/cow_swap.fl small: holds, as expected; 81,865 states, 264,343 transitions, depth 62
///       holds for this scope: Thread = 2, Mm = 2; sequential consistency; 4 atomic claims; reductions: symmetry
/// ```
///
/// Shows no times: equal results give equal bytes.
public struct TextReport: Sendable {
    /// How violations are drawn; its width and colours also hold for the lines of the verdict.
    public let diagram: RaceDiagram
    /// Whether to draw also the violations that were expected.
    public let showExpected: Bool

    public init(diagram: RaceDiagram = RaceDiagram(), showExpected: Bool = false) {
        self.diagram = diagram
        self.showExpected = showExpected
    }

    /// All runs and the summary.
    public func render(_ runs: [RunResult]) -> String {
        runs.map(render).joined() + renderSummary(runs)
    }

    /// One run, as soon as it is known; several lines, each ended.
    public func render(_ run: RunResult) -> String { render(run, run.mark, showsTrace: !run.asExpected) }

    /// - Parameter notes: further lines, in words.
    func render(_ run: RunResult, _ runMark: RunResult.Mark, notes: [String] = [], showsTrace: Bool) -> String {
        let mark = Layout.padded(runMark.rawValue, to: RunResult.Mark.width)
        let title = "\(run.spec) \(run.configuration): \(verdict(run)); \(run.size)"
        let lines =
            ["\(diagram.paint(mark, runMark.style))  \(Layout.clean(title))"]
            + (details(run) + notes).flatMap { indented($0) }
            + (run.explosion?.lines ?? []).flatMap { indented($0.text, by: $0.indent, wraps: !$0.isCommand) }
        return lines.joined(separator: "\n") + "\n" + (showsTrace || showExpected ? trace(run) : "")
    }

    /// One line.
    public func renderSummary(_ runs: [RunResult]) -> String {
        let style: Paint.Style =
            runs.contains { $0.mark == .failed } ? .bad : runs.allSatisfy { $0.mark == .ok } ? .good : .doubtful
        return diagram.paint(RunResult.summary(runs), style) + "\n"
    }

    /// `violated content (31 steps), expected holds`
    private func verdict(_ run: RunResult) -> String {
        let length = run.steps.map { " (\($0.counted("step")))" } ?? ""
        let expectation = run.asExpected ? "as expected" : "expected \(run.expected)"
        return "\(run.verdictWords)\(length), \(expectation)"
    }

    private func details(_ run: RunResult) -> [String] {
        var lines: [String] = []
        switch run.verdict {
        case .holds, .proved: lines.append(run.scopeWords)
        case .violated:
            lines += run.walks?.wordsOfViolation(shortened: run) ?? []
            lines.append(run.scopeWords)
        case .inconclusive:
            lines += run.walks?.wordsOfWarning ?? []
            lines.append("\(run.whyInconclusive): \(run.coverage)")
            if let wordsOfViolation = run.wordsOfViolation { lines.append(wordsOfViolation) }
            lines.append(run.inThisScope)
        }
        lines += run.solving?.failedStep?.lines ?? []
        if let words = run.solving?.conditionWords { lines.append(words) }
        if let exactness = run.exactness { lines.append(exactness) }
        lines += run.checkpoint?.words ?? []
        if !run.unwitnessed.isEmpty {
            lines.append("never witnessed: reachable \(run.unwitnessed.joined(separator: ", "))")
        }
        return lines
    }

    private func indented(_ text: String, by more: Int = 0, wraps: Bool = true) -> [String] {
        let indent = RunResult.Mark.width + 2 + more
        return Layout.wrapped(Layout.clean(text), to: wraps ? diagram.width - indent : .max)
            .map { String(repeating: " ", count: indent) + $0 }
    }

    private func trace(_ run: RunResult) -> String {
        guard let counterexample = run.counterexample else { return "" }
        return "\n" + diagram.render(counterexample) + "\n"
    }
}
