/// The layout for many processes or a narrow width: the steps below each other, each with the name of its process.
extension RaceDiagram {
    func list(_ trace: TraceRows) -> [String] {
        let margin = max(2, String(trace.rows.last?.step.number ?? 0).count)
        return trace.rows.flatMap { lines($0, name: trace.processes[$0.column], margin: margin) }
    }

    private func lines(_ row: TraceRow, name: String, margin: Int) -> [String] {
        let own = Paint.Style.process(row.column)
        let number = Layout.paddedLeft(String(row.step.number), to: margin)
        let bar = row.step.held.isEmpty ? " " : "│"
        var lines = [paint(number, .dim) + " " + paint("\(bar) \(Layout.cut(name, to: width - margin - 3))", own)]
        let indent = margin + 5
        func add(_ texts: [String], _ style: Paint.Style?) {
            let prefix = String(repeating: " ", count: margin + 1) + paint(bar, own) + "   "
            lines += texts.map { prefix + paint($0, style) }
        }
        for item in row.items {
            switch item {
            case .stack(let text): add([Layout.cutStart(text, to: width - indent)], .dim)
            case .choice(let text): add(Layout.wrapped(text, to: width - indent, maximumLines: Self.labelLines), own)
            case .labels(let texts): add(Self.folded(texts, to: width - indent), own)
            }
        }
        if !row.held.isEmpty { add(Layout.wrapped("holds " + row.held, to: width - indent), .dim) }
        for change in row.changes {
            add(Layout.wrapped(change, to: width - indent, maximumLines: Self.changeLines), .bold)
        }
        return lines + wholeState(row.step, indent: indent)
    }
}
