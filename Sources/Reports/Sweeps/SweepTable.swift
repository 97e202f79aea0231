/// Sweeps for people: a table for each, with a bar for the states, and where things stop changing.
public struct SweepTable: Sendable {
    /// Columns of the longest bar.
    private static let barWidth = 24

    public init() {}

    public func render(_ sweeps: [SweepResult]) -> String { sweeps.map(render).joined(separator: "\n") }

    private func render(_ sweep: SweepResult) -> String {
        let titles =
            sweep.axes.map(\.name) + ["verdict", "steps", "states", "growth", "depth", "time", "states, log scale"]
        let most = sweep.cells.map(\.run.states).max() ?? 0
        let rows = [titles] + sweep.cells.map { cells($0, most: most) }
        let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            let columns = row.enumerated().map { column, text in
                let isLeft = column == sweep.axes.count || column == titles.count - 1
                return isLeft ? Layout.padded(text, to: widths[column]) : Layout.paddedLeft(text, to: widths[column])
            }
            return columns.joined(separator: "  ").trimmedRight
        }
        let title = Layout.clean("\(sweep.spec) \(sweep.configuration)")
        let scopes = RunResult.scopeLines(sweep.cells.map(\.run), leavingOut: Set(sweep.axes.map(\.name))).map(\.line)
        return ([title] + lines + sweep.axes.flatMap(words) + scopes).joined(separator: "\n") + "\n"
    }

    private func cells(_ cell: SweepResult.Cell, most: Int) -> [String] {
        let run = cell.run
        let isOpen = run.verdict == .inconclusive
        return cell.coordinates.map { String($0) } + [
            Layout.clean(run.verdictWords), run.steps?.grouped ?? "", (isOpen ? "≥ " : "") + run.states.grouped,
            cell.growth.map { "× \($0.tenths)" } ?? "", run.depth.grouped, "\(run.timing.seconds.tenths) s",
            bar(run.states, of: most),
        ]
    }

    /// One step for each doubling, so that equal growth gives equal steps.
    private func bar(_ count: Int, of most: Int) -> String {
        guard count > 0, most > 1 else { return "" }
        let share = Double.log2(Double(count) + 1) / Double.log2(Double(most) + 1)
        return String(repeating: "█", count: max(1, Int((share * Double(Self.barWidth)).rounded())))
    }

    private func words(_ axis: SweepResult.Axis) -> [String] {
        guard let last = axis.values.last else { return [] }
        if axis.values.count == 1 { return ["\(axis.name): only \(last) was tried"] }
        let verdict: String =
            switch axis.verdict {
            case .from(let value) where value == axis.values.first: "the verdict is the same for all values"
            case .from(let value): "the verdict stops changing at \(value)"
            case .notYet: "the verdict changes up to the end"
            case .unknown: "where the verdict stops changing is not known: a run was inconclusive"
            }
        let states: String =
            switch axis.states {
            case .from(let value): "; the states stop changing at \(value)"
            case .notYet: "; the states change up to the end"
            case .unknown: ""
            }
        return ["\(axis.name): \(verdict)\(states) (\(axis.values[0]) to \(last) were tried; larger values were not)"]
    }
}

extension Double {
    /// The logarithm to base 2, straight between powers of two: near enough for a bar, and the same everywhere.
    fileprivate static func log2(_ value: Double) -> Double { Double(value.exponent) + value.significand - 1 }

    /// With one digit behind the point.
    fileprivate var tenths: String {
        guard isFinite, self >= 0, self < 1e12 else { return "?" }
        let tenths = Int((self * 10).rounded())
        return "\((tenths / 10).grouped).\(tenths % 10)"
    }
}

extension String {
    fileprivate var trimmedRight: String {
        var characters = self[...]
        while characters.last == " " { characters.removeLast() }
        return String(characters)
    }
}
