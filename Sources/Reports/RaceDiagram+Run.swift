/// A run that ends in no violation: a witness of something that can be seen.
extension RaceDiagram {
    /// Several lines, each ended. `below` stands under the steps.
    func render(run: Counterexample, title: String, below: [String]) -> String {
        let steps = run.steps.count.counted("step")
        let switches = run.contextSwitches.counted("context switch", plural: "context switches")
        let length = run.steps.isEmpty ? "in an initial state" : "\(steps), \(switches)"
        var lines = Layout.wrapped(Layout.clean("\(title)   (\(length))"), to: width).map { paint($0, .bold) }
        lines += initially(run)
        let trace = TraceRows(run)
        if !trace.idle.isEmpty, !trace.rows.isEmpty {
            lines += Layout.wrapped("takes no step: " + trace.idle.joined(separator: ", "), to: width)
        }
        if !trace.rows.isEmpty {
            lines.append("")
            lines += DiagramColumns(trace, width: width).map { table(trace, $0) } ?? list(trace)
        }
        lines.append("")
        lines += below.flatMap { Layout.wrapped(Layout.clean($0), to: width) }
        return lines.joined(separator: "\n") + "\n"
    }
}
