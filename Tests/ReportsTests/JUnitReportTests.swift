import Foundation
import Reports
import SchemaTestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The JUnit report")
struct JUnitReportTests {
    /// What a strict reader knows: elements, the attributes that each must and may have, and where each may stand.
    private final class Reader: NSObject, XMLParserDelegate {
        private static let attributes: [String: (required: Set<String>, allowed: Set<String>)] = [
            "testsuites": (["name", "tests", "failures", "errors", "skipped", "time"], []),
            "testsuite": (["name", "tests", "failures", "errors", "skipped", "time"], []),
            "testcase": (["name", "classname", "file", "time"], ["line"]),
            "failure": (["message", "type"], []), "error": (["message", "type"], []), "skipped": (["message"], []),
            "system-out": ([], []), "system-err": ([], []),
        ]
        private static let parents: [String: String] = [
            "testsuite": "testsuites", "testcase": "testsuite", "failure": "testcase", "error": "testcase",
            "skipped": "testcase", "system-out": "testcase", "system-err": "testsuite",
        ]

        var problems: [String] = []
        private var open: [String] = []

        func parser(
            _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
            attributes: [String: String]
        ) {
            let found = Set(attributes.keys)
            if let (required, allowed) = Self.attributes[name] {
                if !found.isSuperset(of: required) || !found.isSubset(of: required.union(allowed)) {
                    problems.append("\(name) has \(found.sorted())")
                }
            } else {
                problems.append("there is no element \(name)")
            }
            if open.last != Self.parents[name] { problems.append("\(name) in \(open)") }
            open.append(name)
        }

        func parser(_: XMLParser, didEndElement _: String, namespaceURI _: String?, qualifiedName _: String?) {
            open.removeLast()
        }

        static func problems(_ text: String) -> [String] {
            let reader = Reader()
            let parser = XMLParser(data: Data(text.utf8))
            parser.delegate = reader
            let isWellFormed = parser.parse()
            return reader.problems
                + (isWellFormed ? [] : ["not well-formed: \(String(describing: parser.parserError))"])
        }
    }

    private func text(_ suite: SuiteResult) -> String { JUnitReport().render(suite) }

    @Test("it is well-formed and has the elements and attributes that readers know, also for nasty texts")
    func wellFormed() {
        #expect(Reader.problems(text(SuiteSamples.everything)) == [])
        #expect(Reader.problems(text(SuiteResult(runs: []))) == [])
        for nasty in SuiteSamples.nasties {
            #expect(Reader.problems(text(SuiteSamples.nasty(nasty))) == [], "\(nasty)")
        }
    }

    @Test("what XML can't write becomes a replacement character, and everything else is kept")
    func characters() {
        let text = text(SuiteSamples.nasty("a\u{0}b\u{1B}c\u{FFFE}d\u{FFFF}e\u{7F}<&\"é"))
        #expect(text.contains("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e\u{FFFD}&lt;&amp;&quot;é"))
        let isAllowed = text.unicodeScalars.allSatisfy {
            $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value & 0xFFFE != 0xFFFE)
        }
        #expect(isAllowed)
    }

    @Test("only the attributes called time differ between two runs of the same thing")
    func times() {
        var other = SuiteSamples.everything
        for index in other.runs.indices {
            other.runs[index].result.timing = .init(seconds: 77.7777, memoryBytes: 12_345, diskBytes: 9)
        }
        let texts = [SuiteSamples.everything, other].map(text)
        #expect(texts[0] != texts[1])
        let timeless = texts.map { $0.replacing(#/ time="[0-9]+\.[0-9]{3}"/#, with: "") }
        #expect(timeless[0] == timeless[1])
    }

    @Test("times have three digits, and those of cached runs and of broken clocks are 0")
    func timeFormat() {
        for (seconds, expected) in [
            (0.0005, "0.001"), (1.24, "1.240"), (3661.9996, "3662.000"), (-1, "0.000"), (.infinity, "0.000"),
            (.nan, "0.000"),
        ] {
            var run = SuiteSamples.everything.runs[0]
            run.result.timing.seconds = seconds
            #expect(text(SuiteResult(runs: [run])).contains("line=\"30\" time=\"\(expected)\""), "\(seconds)")
            run.isCached = true
            #expect(text(SuiteResult(runs: [run])).contains("line=\"30\" time=\"0.000\""))
        }
    }

    @Test("junitparser reads it, and counts what we count", .enabled(if: Consumer.isInstalled, "\(Consumer.missing)"))
    func consumer() throws {
        let read = try Consumer.junit.read(text(SuiteSamples.everything))
        let suites = try #require(read["suites"]?.elements)
        #expect(
            suites.map { $0["name"]?.text } == [
                "specs/linux/cow.fl", "specs/a.fl", "specs/std/counts.fl", "specs/typo.fl", "faultline",
            ])
        let counts = ["tests", "failures", "errors", "skipped"].map { suites[0][$0]?.number }
        #expect(counts == [11, 4, 1, 3])
        #expect(read["stated"] == .array([15, 4, 3, 4].map { .number($0) }))
        #expect(read["stated"] == read["counted"])
        let cases = try #require(suites[0]["cases"]?.elements)
        let kinds = cases.map { $0.at("results", "0", "kind")?.text ?? "" }
        #expect(
            kinds == [
                "", "Failure", "Error", "Skipped", "Failure", "", "Failure", "Failure", "", "Skipped", "Skipped",
            ])
        #expect(cases[1]["classname"]?.text == "specs.linux.cow" && cases[1]["name"]?.text == "small/swap_aba")
        #expect(cases[1].at("results", "0", "text")?.text?.contains("pte[M0]: mapped(F0, true)") == true)
        #expect(cases[3].at("results", "0", "message")?.text?.contains("2026-12-31") == true)
        #expect(cases[5]["output"]?.text?.contains("known-failures.txt:4 should go") == true)
        #expect(suites[0]["warnings"]?.text?.contains("FL0502") == true)
        let nasties = SuiteSamples.nasties.map { text(SuiteSamples.nasty($0)) }
        for (nasty, read) in zip(SuiteSamples.nasties, try Consumer.junit.read(nasties)) {
            #expect(read["stated"] == read["counted"], "\(nasty)")
        }
    }
}
