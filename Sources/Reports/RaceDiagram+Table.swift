/// The layout with a column per process.
extension RaceDiagram {
    /// Lines that one statement takes at most.
    static let labelLines = 3
    /// Lines that one change takes at most.
    static let changeLines = 4

    /// A line of a cell.
    private struct Line {
        var text: String
        var style: Paint.Style?
    }

    func table(_ trace: TraceRows, _ columns: DiagramColumns) -> [String] {
        var lines = [heading(trace, columns)]
        for row in trace.rows {
            lines += self.lines(row, columns)
            lines += wholeState(row.step, indent: columns.margin + DiagramColumns.gap + DiagramColumns.bar)
        }
        return lines
    }

    private func heading(_ trace: TraceRows, _ columns: DiagramColumns) -> String {
        var line = LineBuilder(paint: paint)
        line.add(String(repeating: " ", count: columns.margin), nil, width: columns.margin)
        for (column, (name, width)) in zip(trace.processes, columns.processes).enumerated() {
            let text = "  " + Layout.cut(name, to: width)
            line.add(text, .process(column), width: width + DiagramColumns.bar)
        }
        if columns.locks > 0 { line.add("locks", .dim, width: columns.locks) }
        if columns.changed > 0 { line.add("changed", .dim, width: columns.changed) }
        return line.text
    }

    private func lines(_ row: TraceRow, _ columns: DiagramColumns) -> [String] {
        let cell = cell(row, width: columns.processes[row.column])
        let locks = row.held.isEmpty ? [] : Layout.wrapped(row.held, to: columns.locks, hanging: 0)
        let changes = row.changes.flatMap {
            Layout.wrapped($0, to: columns.changed, maximumLines: Self.changeLines)
        }
        return (0..<max(1, cell.count, locks.count, changes.count)).map { index in
            var line = LineBuilder(paint: paint)
            let number = index == 0 ? String(row.step.number) : ""
            line.add(Layout.paddedLeft(number, to: columns.margin), .dim, width: columns.margin)
            for (column, width) in columns.processes.enumerated() {
                let own = column == row.column && index < cell.count ? cell[index] : Line(text: "", style: nil)
                line.addCell(own.text, own.style, bar: row.holding[column], column: column, width: width)
            }
            if columns.locks > 0 { line.add(index < locks.count ? locks[index] : "", .dim, width: columns.locks) }
            if columns.changed > 0 {
                line.add(index < changes.count ? changes[index] : "", .bold, width: columns.changed)
            }
            return line.text
        }
    }

    private func cell(_ row: TraceRow, width: Int) -> [Line] {
        let own = Paint.Style.process(row.column)
        return row.items.flatMap { item -> [Line] in
            switch item {
            case .stack(let text):
                return [Line(text: Layout.cutStart(text, to: width), style: .dim)]
            case .choice(let text):
                return Layout.wrapped(text, to: width, maximumLines: Self.labelLines).map { Line(text: $0, style: own) }
            case .labels(let texts):
                return Self.folded(texts, to: width).map { Line(text: $0, style: own) }
            }
        }
    }

    /// Fused statements on one line where they fit, else each on its own, so that none is cut off by another.
    static func folded(_ texts: [String], to width: Int) -> [String] {
        let joined = texts.joined(separator: "; ")
        if joined.count <= width { return [joined] }
        return texts.flatMap { Layout.wrapped($0, to: width, maximumLines: labelLines) }
    }
}

/// A line of the table: cells with a gap between them, nothing but text at its end.
private struct LineBuilder {
    let paint: Paint
    private(set) var text = ""
    /// Spaces that are due before the next text.
    private var due = 0

    init(paint: Paint) { self.paint = paint }

    mutating func add(_ cell: String, _ style: Paint.Style?, width: Int) {
        append(cell, style)
        due += max(0, width - cell.count) + DiagramColumns.gap
    }

    mutating func addCell(_ cell: String, _ style: Paint.Style?, bar: Bool, column: Int, width: Int) {
        if bar { append("│", .process(column)) }
        due += bar ? 1 : 2
        add(cell, style, width: width)
    }

    private mutating func append(_ piece: String, _ style: Paint.Style?) {
        guard piece.contains(where: { $0 != " " }) else {
            due += piece.count
            return
        }
        text += String(repeating: " ", count: due) + paint(piece, style)
        due = 0
    }
}
