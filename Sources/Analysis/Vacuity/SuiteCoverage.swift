import Diagnostics
import Model
import Reports

/// The coverage of several specs together. A module that several of them import is counted once.
public struct SuiteCoverage: Sendable {
    private var marks: [Mark: Int] = [:]
    private var labels: [Mark: String] = [:]
    private var texts: [String: SourceText] = [:]
    private var unknown = 0

    public init() {}

    /// Adds what one configuration has come by.
    public mutating func add(_ coverage: Coverage, _ sources: SourceMap) {
        if !coverage.isKnown { unknown += 1 }
        marks.merge(coverage.marks, uniquingKeysWith: +)
        labels.merge(coverage.labels) { first, _ in first }
        for source in sources.sources { texts[source.name] = source }
    }

    public var result: CoverageResult {
        var lines: [String: [Int: Int]] = [:]
        var branches: [String: [CoverageResult.Branch]] = [:]
        for (mark, count) in marks {
            switch mark {
            case .statement(let origin):
                let known = lines[origin.file, default: [:]][origin.line] ?? 0
                lines[origin.file, default: [:]][origin.line] = max(known, count)
            case .way(let origin, let number):
                branches[origin.file, default: []].append(
                    CoverageResult.Branch(
                        line: origin.line, column: origin.column, number: number, label: labels[mark] ?? "",
                        count: count))
            }
        }
        let files = texts.keys.filter { lines[$0] != nil }.sorted().map { path in
            CoverageResult.File(
                path: path, text: texts[path]?.lines ?? [], lines: lines[path] ?? [:],
                branches: (branches[path] ?? []).sorted {
                    ($0.line, $0.column, $0.number) < ($1.line, $1.column, $1.number)
                })
        }
        return CoverageResult(files: files, unknown: unknown)
    }
}

extension SourceText {
    fileprivate var lines: [String] {
        let ends = lineStarts.dropFirst() + [utf8.count]
        let all = zip(lineStarts, ends).map { text($0, $1).trimmingLineEnd }
        return all.last == "" ? all.dropLast() : all
    }
}

extension String {
    fileprivate var trimmingLineEnd: String { last?.isNewline == true ? String(dropLast()) : self }
}
