import Reports
import SchemaTestSupport
import Testing

@Suite("The Markdown summary")
struct MarkdownReportTests {
    private func text(_ suite: SuiteResult) -> String { MarkdownReport().render(suite) }

    @Test("it has what failed, diagnostics, drift, known failures with their dates, what was skipped, and all runs")
    func sections() {
        let text = text(SuiteSamples.everything)
        for part in [
            "## Faultline: 9 runs: 2 passed, 3 failed, 1 inconclusive, 1 excused, 1 expired, 1 repaired; 3 skipped; 2 errors\n",
            "### Not passed", "### Diagnostics", "### Drift",
            "### Known failures", "2026-12-31", "### Skipped", "### Runs",
            "<details><summary>failed: specs/linux/cow.fl",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(!text.contains("1.2 s"))
    }

    @Test("the same suite gives the same text, however long its runs took")
    func times() {
        var other = SuiteSamples.everything
        for index in other.runs.indices { other.runs[index].result.timing = .init(seconds: 77, memoryBytes: 1) }
        #expect(text(other) == text(SuiteSamples.everything))
    }

    @Test("GitHub's parser shows it as it is meant", .enabled(if: Consumer.isInstalled, "\(Consumer.missing)"))
    func consumer() throws {
        let page = try Consumer.markdown.read(text(SuiteSamples.everything))
        #expect(page["unbalanced"] == .array([]))
        #expect(
            page["headings"]?.elements.compactMap(\.text).dropFirst() == [
                "Not passed", "Diagnostics", "Drift", "Known failures", "Skipped", "Runs",
            ])
        #expect(page["summaries"]?.elements.count == 6)
        #expect(page["blocks"]?.elements.count == 3)
        #expect(page.at("blocks", "0")?.text?.contains("invariant content violated: an address space reads") == true)
        let tables = try #require(page["tables"]?.elements)
        #expect(tables.count == 5)
        #expect(tables.map { $0.elements.count } == [4, 2, 4, 4, 10])
        #expect(tables.allSatisfy { Set($0.elements.map { $0.elements.count }).count == 1 })
    }

    @Test("no text becomes a link, HTML, or another cell", .enabled(if: Consumer.isInstalled, "\(Consumer.missing)"))
    func nasty() throws {
        let allowed: Set<String> = [
            "h2", "h3", "details", "summary", "p", "pre", "code", "table", "thead", "tbody", "tr", "th", "td",
        ]
        let pages = try Consumer.markdown.read(SuiteSamples.nasties.map { text(SuiteSamples.nasty($0)) })
        for (nasty, page) in zip(SuiteSamples.nasties, pages) {
            #expect(page["unbalanced"] == .array([]), "\(nasty)")
            let tags = Set(page["tags"]?.keys ?? [])
            #expect(tags.isSubset(of: allowed.union(nasty.contains("a@example") ? ["a"] : [])), "\(nasty): \(tags)")
            let tables = try #require(page["tables"]?.elements)
            #expect(tables.count == 5, "\(nasty)")
            #expect(tables.map { $0.elements.count } == [3, 2, 4, 2, 5], "\(nasty)")
            #expect(page["summaries"]?.elements.count == 3 && page["blocks"]?.elements.count == 3, "\(nasty)")
            // The reason in the table of known failures is shown as it was given.
            let shown = tables[2].at("1", "5")?.text ?? ""
            let meant = String(
                nasty.unicodeScalars.map { scalar -> Character in
                    switch scalar {
                    case "\n", "\r", "\t": " "
                    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": "\u{FFFD}"
                    default: Character(scalar)
                    }
                })
            #expect(
                shown.unicodeScalars.elementsEqual(meant.trimmed.unicodeScalars), "\(nasty) is shown as \(shown)")
        }
    }

    @Test("it is never larger than GitHub takes, and says what it left out")
    func bounded() {
        let text = text(SuiteSamples.large(20_000))
        #expect(text.utf8.count <= 1_000_000)
        #expect(text.matches(of: /more have no room here/).count == 2)
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
