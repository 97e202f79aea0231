/// A suite as GitHub Flavored Markdown, for the summary of a job: what failed with its race diagram folded below it, what
/// was inconclusive, drift, known failures, what was skipped, and at last a table of all runs.
///
/// GitHub takes a summary of one megabyte, or nothing of it. What has no more room is counted instead. Shows no times.
public struct MarkdownReport: SuiteReport {
    /// Bytes of the whole document at most; below GitHub's limit of 1 MiB.
    static let mostBytes = 1_000_000
    /// Bytes for what failed, so that something is left for the tables.
    private static let mostDiagramBytes = 600_000

    public init() {}

    public func render(_ suite: SuiteResult) -> String {
        var page = Page()
        page.text = "## Faultline: \(MarkdownText.inline(suite.summary))\n"
        failures(suite, &page)
        diagnostics(suite, &page)
        drift(suite, &page)
        knownFailures(suite, &page)
        skipped(suite, &page)
        runs(suite, &page)
        return page.text
    }

    /// What is written, and how much room is left.
    private struct Page {
        var text = ""

        /// A heading, and under it as many of the items as there is room for. `head` is the head of a table.
        mutating func section(
            _ title: String, head: String = "", _ items: some Collection<String>, most: Int = mostBytes - 1_000
        ) {
            guard !items.isEmpty else { return }
            text += "\n### \(title)\n\n\(head)"
            var left = items.count
            var used = text.utf8.count
            for item in items {
                used += item.utf8.count
                guard used <= most else { break }
                text += item
                left -= 1
            }
            if left > 0 { text += "\n\(left.grouped) more have no room here.\n" }
        }
    }

    private static func head(_ titles: String...) -> String {
        MarkdownText.row(titles) + MarkdownText.row(titles.map { _ in "---" })
    }

    // MARK: Sections

    private func failures(_ suite: SuiteResult, _ page: inout Page) {
        let items = suite.runs.lazy.filter(\.isBad).map { run in
            let result = run.result
            let title = "\(run.standing.word): \(result.spec) \(result.configuration): \(result.outcome)"
            var body = [run.standing.note, result.scopeWords].compactMap { $0 }.map { MarkdownText.inline($0) + "\n" }
            if !result.unwitnessed.isEmpty {
                body.append(
                    MarkdownText.inline("never witnessed: " + result.unwitnessed.joined(separator: ", ")) + "\n")
            }
            if let counterexample = result.counterexample {
                let diagram = RaceDiagram(width: 110).render(counterexample)
                body.append(MarkdownText.block(String(diagram.dropLast())))
            }
            return "<details><summary>\(MarkdownText.html(title))</summary>\n\n\(body.joined(separator: "\n"))\n"
                + "</details>\n\n"
        }
        page.section("Not passed", Array(items), most: Self.mostDiagramBytes)
    }

    private func diagnostics(_ suite: SuiteResult, _ page: inout Page) {
        let rows = suite.diagnostics.filter { !$0.isSaidByRun }.map { diagnostic in
            let place = diagnostic.file.map { $0 + (diagnostic.line.map { ":\($0)" } ?? "") } ?? ""
            return MarkdownText.row(
                [diagnostic.severity, diagnostic.code, place, diagnostic.message].map(MarkdownText.inline))
        }
        page.section("Diagnostics", head: Self.head("severity", "code", "place", "message"), rows)
    }

    private func drift(_ suite: SuiteResult, _ page: inout Page) {
        let rows = suite.runs.flatMap { run in
            run.drift.map { drift in
                MarkdownText.row(
                    [run.result.spec, run.result.configuration, drift.figure, drift.before, drift.now]
                        .map(MarkdownText.inline))
            }
        }
        page.section("Drift", head: Self.head("spec", "configuration", "figure", "baseline", "now"), rows)
    }

    private func knownFailures(_ suite: SuiteResult, _ page: inout Page) {
        let rows = suite.runs.compactMap { run in
            run.standing.knownFailure.map { known in
                MarkdownText.row(
                    [
                        run.result.spec, run.result.configuration, run.standing.word, known.expires, known.owner,
                        known.reason,
                    ].map(MarkdownText.inline))
            }
        }
        page.section(
            "Known failures", head: Self.head("spec", "configuration", "standing", "until", "owner", "reason"), rows)
    }

    private func skipped(_ suite: SuiteResult, _ page: inout Page) {
        let rows = suite.skipped.map { skipped in
            MarkdownText.row(
                [
                    skipped.spec, skipped.configuration.isEmpty ? "all" : skipped.configuration, skipped.reason.words,
                ].map(MarkdownText.inline))
        }
        page.section("Skipped", head: Self.head("spec", "configuration", "why"), rows)
    }

    private func runs(_ suite: SuiteResult, _ page: inout Page) {
        let rows = suite.runs.map { run in
            let result = run.result
            return MarkdownText.row(
                [
                    run.standing.word, result.spec, result.configuration, result.verdictOfStore, result.expected,
                    result.walks == nil ? result.states.grouped : "", result.depth.grouped,
                    result.steps?.grouped ?? "", run.isCached ? "yes" : "",
                    result.restsOn,
                ].map(MarkdownText.inline))
        }
        page.section(
            "Runs",
            head: Self.head(
                "standing", "spec", "configuration", "verdict", "expected", "states", "depth", "steps", "cached",
                "rests on"), rows)
    }
}

extension SuiteResult.Run {
    /// Whether its reader has to do something about it, now or later.
    fileprivate var isBad: Bool {
        switch standing {
        case .failed, .inconclusive, .expired, .excused: true
        case .passed, .repaired: false
        }
    }
}
