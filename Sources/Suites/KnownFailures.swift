import Diagnostics
import Reports

/// Failures that somebody has taken on: excused until their day.
///
/// A text, an entry a line, fields between `|`; empty lines and those that start with `#` say nothing:
/// ```text
/// # spec           | configuration  | what it does     | owner | last day   | reason
/// specs/cow.fl     | small/swap_aba | violated content | alice | 2026-12-31 | the flush is moved in the next series
/// ```
/// Paths are relative to the folder of the list.
public struct KnownFailures: Sendable {
    public struct Entry: Sendable, Hashable {
        /// Relative to the folder of the list.
        public let spec: String
        /// `small`, `small/swap_aba`, `tight (Frame = 2)`
        public let configuration: String
        /// What the run does instead of what it should: `holds`, `violated NAME`, `inconclusive`.
        public let verdict: String
        public let known: SuiteResult.KnownFailure
        public let lastDay: CalendarDay
        public let span: Span
    }

    public let entries: [Entry]
    /// Why lines are not understood.
    public let diagnostics: [Diagnostic]
    private let paths: SpecPath

    public static let none = KnownFailures(SourceText(name: "", text: ""), SourceID(index: 0))

    /// - Parameter source: the number of the text, for the places of diagnostics.
    public init(_ text: SourceText, _ source: SourceID) {
        paths = SpecPath(relativeTo: text.name)
        var entries: [Entry] = []
        var diagnostics: [Diagnostic] = []
        for (number, start) in text.lineStarts.enumerated() {
            let end = text.lineStarts.indices.contains(number + 1) ? text.lineStarts[number + 1] : text.utf8.count
            let line = text.text(start, end)
            let trimmed = line.trimmingWhitespace()
            guard !trimmed.isEmpty, !trimmed.hasPrefix("#") else { continue }
            let span = Span(source, start, start + line.utf8.count - (line.utf8.last == UInt8(ascii: "\n") ? 1 : 0))
            do throws(Diagnostic) {
                let entry = try Self.entry(trimmed, text.name, number + 1, span, paths)
                if let other = entries.first(where: { $0.isSame(as: entry) }) {
                    throw Diagnostic(
                        .badKnownFailures, "this failure is listed twice", at: span,
                        notes: [Note("the first time here", at: other.span)])
                }
                entries.append(entry)
            } catch { diagnostics.append(error) }
        }
        self.entries = entries
        self.diagnostics = diagnostics
    }

    private static func entry(
        _ line: Substring, _ file: String, _ number: Int, _ span: Span, _ paths: SpecPath
    ) throws(Diagnostic) -> Entry {
        func wrong(_ message: String) -> Diagnostic { Diagnostic(.badKnownFailures, message, at: span) }
        let fields = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
            .map { String($0.trimmingWhitespace()) }
        guard fields.count == 6 else {
            throw Diagnostic(
                .badKnownFailures, "an entry has six fields between `|`, and this one has \(fields.count)", at: span,
                notes: [Note("spec | configuration | what it does | owner | last day | reason")])
        }
        for (name, field) in zip(["spec", "configuration", "verdict", "owner", "last day", "reason"], fields)
        where field.isEmpty { throw wrong("the \(name) is missing") }
        let words = fields[2].split(separator: " ")
        guard fields[2] == "holds" || fields[2] == "inconclusive" || (words.first == "violated" && words.count == 2)
        else { throw wrong("`\(fields[2])` is no verdict: `violated NAME`, `holds` or `inconclusive` is") }
        guard let day = CalendarDay(fields[4]) else {
            throw wrong("`\(fields[4])` is no day, such as `2026-12-31` is one")
        }
        let known = SuiteResult.KnownFailure(
            owner: fields[3], expires: fields[4], reason: fields[5], file: file, line: number)
        return Entry(
            spec: paths.normalised(fields[0]), configuration: fields[1], verdict: words.joined(separator: " "),
            known: known, lastDay: day, span: span)
    }

    /// Those about one configuration.
    func entries(spec: String, configuration: String) -> [Entry] {
        guard !entries.isEmpty else { return [] }
        let name = paths.name(of: spec)
        return entries.filter { $0.spec == name && $0.configuration == configuration }
    }

    /// A warning for each entry about a spec that is no more, or that was named from another folder.
    ///
    /// - Parameter isThere: whether there is such a file.
    public func missing(_ isThere: (String) -> Bool) -> [Diagnostic] {
        var known: [String: Bool] = [:]
        return entries.compactMap { entry in
            let isThere = known[entry.spec] ?? isThere(paths.path(of: entry.spec))
            known[entry.spec] = isThere
            guard !isThere else { return nil }
            return Diagnostic(
                .badKnownFailures, "there is no spec `\(entry.spec)`", at: entry.span, severity: .warning,
                notes: [Note("specs are named relative to the folder of this list")])
        }
    }

    /// A warning for each entry about a run that fails in another way, and so is not excused.
    public func otherwise(_ runs: [SuiteResult.Run]) -> [Diagnostic] {
        guard !entries.isEmpty else { return [] }
        return runs.flatMap { run -> [Diagnostic] in
            switch run.standing {
            case .passed, .excused, .repaired, .expired: return []
            case .failed, .inconclusive: break
            }
            let result = run.result
            return entries(spec: result.spec, configuration: result.configuration).map { entry in
                Diagnostic(
                    .badKnownFailures,
                    "not excused: the run comes to `\(result.verdictWords)`, and not to `\(entry.verdict)`",
                    at: entry.span, severity: .warning)
            }
        }
    }

    /// A warning for each entry about a configuration that is not there, where all those of its spec were tested.
    public func unmatched(_ tested: [(spec: String, configuration: String)]) -> [Diagnostic] {
        let names = Dictionary(grouping: tested) { paths.name(of: $0.spec) }
        return entries.compactMap { entry in
            guard let configurations = names[entry.spec],
                !configurations.contains(where: { $0.configuration == entry.configuration })
            else { return nil }
            return Diagnostic(
                .badKnownFailures, "`\(entry.spec)` has no configuration `\(entry.configuration)`", at: entry.span,
                severity: .warning)
        }
    }
}

extension KnownFailures.Entry {
    fileprivate func isSame(as other: Self) -> Bool {
        spec == other.spec && configuration == other.configuration && verdict == other.verdict
    }
}

extension StringProtocol {
    func trimmingWhitespace() -> SubSequence {
        let start = self.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start[start.endIndex...] }
        return start[...last]
    }
}
