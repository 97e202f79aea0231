import Reports
import Testing

@testable import Suites

struct KnownFailuresTests {
    private static let line = "specs/a.fl | small | violated content | alice | 2026-12-31 | the next series | moves it"

    private func standing(
        _ result: RunResult, _ known: KnownFailures, today: String = "2026-06-01"
    ) throws -> SuiteResult.Standing {
        SuiteJudge(known: known, baseline: nil, today: try #require(CalendarDay(today))).standing(result)
    }

    @Test("comments and empty lines say nothing, and a reason may have bars")
    func reading() throws {
        let known = KnownFailures("# list\n\n  \(Self.line)  \r\n   # end\n")
        #expect(known.diagnostics == [])
        #expect(known.entries.map(\.known.line) == [3])
        #expect(known.entries.first?.known.reason == "the next series | moves it")
        #expect(known.entries.first?.verdict == "violated content")
    }

    @Test("a failure is excused up to its day, and no longer")
    func days() throws {
        let known = KnownFailures(Self.line)
        let entry = try #require(known.entries.first?.known)
        #expect(try standing(.violated, known, today: "2026-12-31") == .excused(entry))
        #expect(try standing(.violated, known, today: "2027-01-01") == .expired(entry))
    }

    @Test("another failure of the run is not excused")
    func others() throws {
        let known = KnownFailures(Self.line)
        #expect(try standing(.sample(.violated, property: "other", asExpected: false), known) == .failed)
        #expect(
            try standing(.sample(.violated, property: "content", asExpected: false, variant: "v"), known) == .failed)
        #expect(
            try standing(.sample(.violated, property: "content", asExpected: false, spec: "b.fl"), known) == .failed)
        #expect(try standing(.sample(.inconclusive, asExpected: false), known) == .inconclusive)
    }

    @Test("a run that holds where a violation was expected, and one without an end, can be excused, too")
    func verdicts() throws {
        let known = KnownFailures(
            "specs/a.fl | small | holds | a | 2026-12-31 | r\nspecs/a.fl | small | inconclusive | a | 2026-12-31 | r")
        #expect(
            try standing(.sample(.holds, asExpected: false), known) == .excused(try #require(known.entries.first).known)
        )
        #expect(
            try standing(.sample(.inconclusive, asExpected: false), known)
                == .excused(try #require(known.entries.last).known))
    }

    @Test("what passes is repaired, whatever the day")
    func repaired() throws {
        let known = KnownFailures(Self.line)
        #expect(
            try standing(.sample(), known, today: "2030-01-01") == .repaired(try #require(known.entries.first).known))
    }

    @Test(
        "a line that is not understood is said, with its place",
        arguments: [
            ("specs/a.fl | small", "has 2"), (" | small | holds | a | 2026-12-31 | r", "the spec is missing"),
            ("a.fl | small | fails | a | 2026-12-31 | r", "`fails` is no verdict"),
            ("a.fl | small | violated | a | 2026-12-31 | r", "`violated` is no verdict"),
            ("a.fl | small | holds | a | soon | r", "`soon` is no day"),
            ("a.fl | small | holds | | 2026-12-31 | r", "the owner is missing"),
            ("a.fl | small | holds | a | 2026-12-31 |", "the reason is missing"),
        ])
    func wrong(line: String, message: String) {
        let known = KnownFailures("# first\n\(line)\n\(Self.line)\n")
        #expect(known.entries.count == 1)
        #expect(known.diagnostics.count == 1)
        #expect(known.diagnostics.first?.message.contains(message) == true)
        #expect(known.diagnostics.first?.span?.start == 8)
    }

    @Test("a failure that is listed twice is a mistake")
    func twice() {
        #expect(KnownFailures("\(Self.line)\n\(Self.line)").diagnostics.count == 1)
        #expect(KnownFailures("\(Self.line)\n./\(Self.line)").diagnostics.count == 1)
    }

    @Test("an entry about a configuration that is not there is said, where the spec was tested whole")
    func unmatched() {
        let known = KnownFailures(Self.line)
        #expect(known.unmatched([("specs/a.fl", "small")]) == [])
        #expect(known.unmatched([("specs/b.fl", "small")]) == [])
        #expect(known.unmatched([("specs/a.fl", "large")]).count == 1)
    }

    @Test("paths are relative to the folder of the list")
    func paths() throws {
        let known = KnownFailures(Self.line, file: "/x/list/known.txt")
        #expect(known.entries(spec: "/x/list/specs/a.fl", configuration: "small").count == 1)
        #expect(known.entries(spec: "/x/list/../list/./specs//a.fl", configuration: "small").count == 1)
        #expect(known.entries(spec: "/x/specs/a.fl", configuration: "small").isEmpty)
        #expect(SpecPath(relativeTo: "/x/list/known.txt").name(of: "/x/specs/a.fl") == "../specs/a.fl")
    }
}
