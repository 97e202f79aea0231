import Diagnostics
import Model

/// What is known of the statements of one file, by where they begin.
struct PlacedMarks {
    /// What became of a statement or a way.
    enum Fate: Comparable {
        /// No configuration that counts has it.
        case absent
        case unreached
        /// Some process has come to it, and no step by it was possible.
        case touched
        case reached
    }

    private var statements: [LineColumn: Fate] = [:]
    private var ways: [LineColumn: [Int: Fate]] = [:]
    private let sources: SourceMap

    init(_ coverage: Coverage, file: String, _ sources: SourceMap) {
        self.sources = sources
        // What is reached anywhere is reached; what is not counts where it was judged.
        for mark in coverage.judgedMarks.subtracting(coverage.unsought).union(
            coverage.marks.keys.filter { coverage.isReached($0) })
        {
            let fate: Fate =
                coverage.isReached(mark) ? .reached : coverage.touched.contains(mark) ? .touched : .unreached
            switch mark {
            case .statement(let origin):
                guard origin.file == file else { continue }
                statements[origin.start] = max(fate, statements[origin.start] ?? .absent)
            case .way(let origin, let number):
                guard origin.file == file else { continue }
                ways[origin.start, default: [:]][number] = max(fate, ways[origin.start]?[number] ?? .absent)
            }
        }
    }

    func fate(of span: Span) -> Fate { statements[sources.start(span)] ?? .absent }

    func fate(ofWay number: Int, of span: Span) -> Fate { ways[sources.start(span)]?[number] ?? .absent }
}

extension Origin {
    var start: LineColumn { LineColumn(line: line, column: column) }
}
