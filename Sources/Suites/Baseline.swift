import Foundation
import Reports

/// What runs came to before: verdicts and figures, to see when they drift.
///
/// A JSON file with sorted keys, the same for the same results. Paths are relative to its folder. Runs that were
/// inconclusive are not in it: their figures depend on the machine.
public struct Baseline: Sendable {
    /// Raised with every change of the format or of how the figures are counted.
    public static let version = 1
    private static let format = "faultline-baseline"

    public struct Figures: Codable, Hashable, Sendable {
        /// `holds`, `violated content`
        public var verdict: String
        public var states: Int
        public var transitions: Int
        public var depth: Int
        /// Of the counterexample.
        public var steps: Int?
    }

    private struct Content: Codable {
        var format: String
        var version: Int
        /// By spec and configuration.
        var runs: [String: [String: Figures]]
    }

    private struct Head: Decodable {
        var format: String
        var version: Int
    }

    /// Why a text is no baseline.
    public enum Problem: Error, Hashable {
        case damaged
        case otherVersion(Int)
    }

    private var runs: [String: [String: Figures]]
    private let paths: SpecPath

    /// One without runs.
    public init(file: String) {
        paths = SpecPath(relativeTo: file)
        runs = [:]
    }

    public init(_ data: Data, file: String) throws(Problem) {
        self.init(file: file)
        guard let head = try? JSONDecoder().decode(Head.self, from: data), head.format == Self.format else {
            throw .damaged
        }
        guard head.version == Self.version else { throw .otherVersion(head.version) }
        guard let content = try? JSONDecoder().decode(Content.self, from: data) else { throw .damaged }
        runs = content.runs
    }

    /// Ended by a line feed.
    public var data: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let content = Content(format: Self.format, version: Self.version, runs: runs)
            return try encoder.encode(content) + Data("\n".utf8)
        }
    }

    public func figures(spec: String, configuration: String) -> Figures? {
        runs[paths.name(of: spec)]?[configuration]
    }

    /// Configurations of a spec that are no more: `specs/cow.fl small`.
    public func gone(_ tested: [(spec: String, configuration: String)]) -> [String] {
        let names = Dictionary(grouping: tested) { paths.name(of: $0.spec) }
        return names.keys.sorted().flatMap { spec in
            let there = Set((names[spec] ?? []).map(\.configuration))
            return (runs[spec] ?? [:]).keys.filter { !there.contains($0) }.sorted().map { "\(spec) \($0)" }
        }
    }

    /// Configurations of specs whose files are no more.
    ///
    /// - Parameter isThere: whether there is such a file.
    public func deleted(_ isThere: (String) -> Bool) -> [String] {
        runs.keys.filter { !isThere(paths.path(of: $0)) }.sorted().flatMap { spec in
            (runs[spec] ?? [:]).keys.sorted().map { "\(spec) \($0)" }
        }
    }

    // MARK: Writing

    /// Takes on what runs came to now. Others stay as they are, those of an inconclusive run too.
    public mutating func update(_ results: [RunResult]) {
        for result in results {
            guard let figures = Figures(result) else { continue }
            runs[paths.name(of: result.spec), default: [:]][result.configuration] = figures
        }
    }

    /// Drops specs whose files are no more.
    public mutating func dropDeleted(_ isThere: (String) -> Bool) {
        runs = runs.filter { isThere(paths.path(of: $0.key)) }
    }

    /// Drops configurations that are not there any more, of specs that were tested whole.
    public mutating func drop(exceptFor tested: [(spec: String, configuration: String)]) {
        for (spec, pairs) in Dictionary(grouping: tested, by: { paths.name(of: $0.spec) }) {
            let there = Set(pairs.map(\.configuration))
            runs[spec] = runs[spec]?.filter { there.contains($0.key) }
        }
    }

    // MARK: Comparing

    /// What is not as it was; nil where the baseline does not know the run.
    func drift(of result: RunResult) -> [SuiteResult.Drift]? {
        guard let before = figures(spec: result.spec, configuration: result.configuration) else { return nil }
        guard let now = Figures(result) else {
            return [SuiteResult.Drift(figure: "verdict", before: before.verdict, now: result.verdictWords)]
        }
        let pairs = [
            ("verdict", before.verdict, now.verdict), ("states", String(before.states), String(now.states)),
            ("transitions", String(before.transitions), String(now.transitions)),
            ("depth", String(before.depth), String(now.depth)),
            ("steps", before.steps.map(String.init) ?? "none", now.steps.map(String.init) ?? "none"),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { SuiteResult.Drift(figure: $0.0, before: $0.1, now: $0.2) }
    }
}

extension Baseline.Figures {
    /// Nil where inconclusive.
    fileprivate init?(_ result: RunResult) {
        switch result.verdict {
        case .inconclusive: return nil
        case .holds, .proved, .violated:
            self.init(
                verdict: result.verdictWords, states: result.states, transitions: result.transitions,
                depth: result.depth, steps: result.steps)
        }
    }
}
