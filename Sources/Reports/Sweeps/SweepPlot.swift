/// Sweeps as one SVG picture: a row for each sweep, with states, depth and time against the first bound. There is a line
/// for each value of the other bounds. States and time have a logarithmic scale.
public struct SweepPlot: Sendable {
    private static let panel = (width: 260.0, height: 170.0)
    private static let margin = (left: 70.0, top: 56.0, right: 20.0, bottom: 44.0)
    private static let colours = ["#1b6ca8", "#c8553d", "#2e7d32", "#7b3fa0", "#b8860b", "#00838f", "#616161"]

    public init() {}

    public func render(_ sweeps: [SweepResult]) -> String {
        let columns = 3.0
        let width = columns * (Self.panel.width + Self.margin.left + Self.margin.right)
        let height = Double(max(1, sweeps.count)) * rowHeight
        let rows = sweeps.enumerated().map { row($1, top: Double($0) * rowHeight) }.joined()
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width.short)" height="\(height.short)" \
            viewBox="0 0 \(width.short) \(height.short)" font-family="sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            \(rows)</svg>

            """
    }

    private var rowHeight: Double { Self.panel.height + Self.margin.top + Self.margin.bottom + 16 }

    private func row(_ sweep: SweepResult, top: Double) -> String {
        let legend = SweepSeries.all(of: sweep).enumerated().filter { !$1.name.isEmpty }.map { index, series in
            let x = 70 + Double(index) * 110
            return text(series.name, x: x, y: top + 34, anchor: "start", colour: colour(index))
        }.joined()
        let title = text("\(sweep.spec) \(sweep.configuration)", x: 70, y: top + 18, anchor: "start", size: 13)
        let panels: [(String, Bool, (RunResult) -> Double)] = [
            ("states", true, { Double($0.states) }), ("depth", false, { Double($0.depth) }),
            ("seconds", true, { $0.timing.seconds }),
        ]
        let drawn = panels.enumerated().map { index, panel in
            let left = Double(index) * (Self.panel.width + Self.margin.left + Self.margin.right) + Self.margin.left
            return draw(
                sweep, panel.0, SweepScale(sweep.cells.map { panel.2($0.run) }, isLogarithmic: panel.1), panel.2,
                left: left, top: top + Self.margin.top)
        }
        return title + legend + drawn.joined()
    }

    private func draw(
        _ sweep: SweepResult, _ name: String, _ scale: SweepScale, _ value: (RunResult) -> Double, left: Double,
        top: Double
    ) -> String {
        let bottom = top + Self.panel.height
        guard let axis = sweep.axes.first else { return "" }
        func x(_ coordinate: Int64) -> Double {
            let index = Double(axis.values.firstIndex(of: coordinate) ?? 0)
            return left + Self.panel.width * (index + 0.5) / Double(max(1, axis.values.count))
        }
        func y(_ value: Double) -> Double { bottom - Self.panel.height * scale.position(of: value) }
        var result = """
            <rect x="\(left.short)" y="\(top.short)" width="\(Self.panel.width.short)" \
            height="\(Self.panel.height.short)" fill="none" stroke="#bbb"/>

            """
        result += text(name, x: left + Self.panel.width / 2, y: top - 4, anchor: "middle")
        result += text(axis.name, x: left + Self.panel.width / 2, y: bottom + 30, anchor: "middle")
        for tick in axis.values { result += text(String(tick), x: x(tick), y: bottom + 14, anchor: "middle") }
        for tick in scale.ticks {
            let line = y(tick.value)
            result += """
                <line x1="\(left.short)" x2="\((left + Self.panel.width).short)" y1="\(line.short)" \
                y2="\(line.short)" stroke="#eee"/>

                """
            result += text(tick.label, x: left - 4, y: line + 4, anchor: "end")
        }
        for (index, series) in SweepSeries.all(of: sweep).enumerated() {
            let points = series.cells.map { (x($0.coordinates[0]), y(value($0.run)), $0.run.verdict) }
            result += lines(points, colour(index))
        }
        return result
    }

    /// A filled dot is a verdict; a hollow one was inconclusive, and a cross is a violation.
    private func lines(_ points: [(x: Double, y: Double, verdict: Verdict)], _ colour: String) -> String {
        let path = points.map { "\($0.x.short),\($0.y.short)" }.joined(separator: " ")
        let marks = points.map { point in
            switch point.verdict {
            case .holds, .proved:
                "<circle cx=\"\(point.x.short)\" cy=\"\(point.y.short)\" r=\"3\" fill=\"\(colour)\"/>\n"
            case .inconclusive:
                "<circle cx=\"\(point.x.short)\" cy=\"\(point.y.short)\" r=\"3\" fill=\"white\" stroke=\"\(colour)\"/>\n"
            case .violated: text("✕", x: point.x, y: point.y + 4, anchor: "middle", colour: colour)
            }
        }
        return "<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\"/>\n" + marks.joined()
    }

    private func colour(_ index: Int) -> String { Self.colours[index % Self.colours.count] }

    private func text(
        _ text: String, x: Double, y: Double, anchor: String, size: Int? = nil, colour: String = "#222"
    ) -> String {
        let size = size.map { " font-size=\"\($0)\"" } ?? ""
        return """
            <text x="\(x.short)" y="\(y.short)" text-anchor="\(anchor)" fill="\(colour)"\(size)>\(Self.escaped(text))</text>

            """
    }

    private static func escaped(_ text: String) -> String {
        Layout.clean(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}

/// The cells of a sweep that differ in the first bound only.
struct SweepSeries {
    /// `Slot = 2`; empty where there is only one.
    let name: String
    let cells: [SweepResult.Cell]

    static func all(of sweep: SweepResult) -> [SweepSeries] {
        var keys: [[Int64]] = []
        for cell in sweep.cells {
            let key = Array(cell.coordinates.dropFirst())
            if !keys.contains(key) { keys.append(key) }
        }
        return keys.map { key in
            let name = zip(sweep.axes.dropFirst(), key).map { "\($0.name) = \($1)" }.joined(separator: ", ")
            return SweepSeries(name: name, cells: sweep.cells.filter { Array($0.coordinates.dropFirst()) == key })
        }
    }
}

extension Double {
    /// With one digit behind the point at most: the same text on every machine.
    fileprivate var short: String {
        let tenths = Int((self * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
