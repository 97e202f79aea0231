/// Verdicts as an aligned table with a mark per row, and a summary below it. The time stands last.
public struct TableReport: Sendable {
    /// Whether to use ANSI colours for the marks.
    public let coloured: Bool

    public init(coloured: Bool = false) { self.coloured = coloured }

    private enum Alignment { case left, right }

    private static let columns: [(title: String, alignment: Alignment)] = [
        ("spec", .left), ("scenario", .left), ("variant", .left), ("expected", .left), ("verdict", .left),
        ("states", .right), ("depth", .right), ("steps", .right), ("time", .right),
    ]

    /// Several lines, each ended; just the summary where there are no runs.
    public func render(_ runs: [RunResult]) -> String {
        let paint = Paint(coloured: coloured)
        let summary = RunResult.summary(runs) + "\n"
        guard !runs.isEmpty else { return summary }
        let rows = runs.map(cells)
        var widths = Self.columns.map(\.title.count)
        for row in rows {
            for (column, cell) in row.enumerated() { widths[column] = max(widths[column], cell.count) }
        }
        let blank = String(repeating: " ", count: RunResult.Mark.width)
        var lines = [blank + "  " + paint(line(Self.columns.map(\.title), widths), .dim)]
        for (run, row) in zip(runs, rows) {
            let mark = paint(Layout.padded(run.mark.rawValue, to: RunResult.Mark.width), run.mark.style)
            lines.append("\(mark)  \(line(row, widths))")
        }
        let scopes = RunResult.scopeLines(runs).map { scope in
            Layout.clean(
                "\(scope.line): \(scope.runs.map { $0.spec + " " + $0.configuration }.joined(separator: ", "))") + "\n"
        }
        let below = scopes.isEmpty ? "" : "\n" + scopes.joined()
        return lines.joined(separator: "\n") + "\n" + below + "\n" + summary
    }

    private func cells(_ run: RunResult) -> [String] {
        let texts = [
            run.spec, run.scenario + run.sweepWords, run.variant ?? "", run.expected, run.verdictOfStore,
            run.walks == nil ? run.states.grouped : "", run.depth.grouped, run.steps?.grouped ?? "",
            Self.time(run.timing.seconds),
        ]
        return texts.map(Layout.clean)
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(zip(cells, widths), Self.columns).map { cell, column in
            switch column.alignment {
            case .left: Layout.padded(cell.0, to: cell.1)
            case .right: Layout.paddedLeft(cell.0, to: cell.1)
            }
        }
        return padded.joined(separator: "  ")
    }

    /// `1.2 s`
    private static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "?" }
        let tenths = Int((seconds * 10).rounded())
        return "\((tenths / 10).grouped).\(tenths % 10) s"
    }
}
