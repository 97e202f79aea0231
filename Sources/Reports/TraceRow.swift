/// One step of a counterexample, prepared for any layout: what ran, where the call stack changed, what is held.
struct TraceRow {
    /// What a cell shows, in order.
    enum Item {
        /// `fault › wp_copy ›`: the handlers that the following labels are inlined from.
        case stack(String)
        /// `choose s = S0`
        case choice(String)
        /// Statements that ran together under one call stack.
        case labels([String])
    }

    let step: Counterexample.Step
    /// The index of the process among those that take part.
    let column: Int
    let items: [Item]
    /// For each column, whether its process holds a lock after the step.
    let holding: [Bool]

    var changes: [String] {
        step.changes.map { Layout.clean("\($0.name): \($0.old) → \($0.new)") }
    }

    var held: String { Layout.clean(step.held.joined(separator: ", ")) }
}

/// The rows of a trace, and which processes take part in it. Linear in the size of the trace.
struct TraceRows {
    /// Those that step, in the order of `Counterexample.processes`.
    let processes: [String]
    /// Those that never step.
    let idle: [String]
    let rows: [TraceRow]

    init(_ counterexample: Counterexample) {
        let stepping = Set(counterexample.steps.map(\.process))
        var taking = counterexample.processes.filter { stepping.contains($0) }
        var columns: [String: Int] = [:]
        for (column, process) in taking.enumerated() { columns[process] = column }
        for step in counterexample.steps where columns[step.process] == nil {
            columns[step.process] = taking.count
            taking.append(step.process)
        }
        var stacks: [[String]] = Array(repeating: [], count: taking.count)
        var holding = Array(repeating: false, count: taking.count)
        var rows: [TraceRow] = []
        rows.reserveCapacity(counterexample.steps.count)
        for step in counterexample.steps {
            guard let column = columns[step.process] else { continue }
            holding[column] = !step.held.isEmpty
            let items = Self.items(of: step, after: &stacks[column])
            rows.append(TraceRow(step: step, column: column, items: items, holding: holding))
        }
        self.processes = taking.map(Layout.clean)
        self.idle = counterexample.processes.filter { !stepping.contains($0) }.map(Layout.clean)
        self.rows = rows
    }

    private static func items(of step: Counterexample.Step, after stack: inout [String]) -> [TraceRow.Item] {
        var items: [TraceRow.Item] = []
        var together: [String] = []
        func flush() {
            if !together.isEmpty { items.append(.labels(together)) }
            together = []
        }
        for label in step.labels {
            if label.callStack != stack {
                flush()
                items.append(.stack(title(from: stack, to: label.callStack)))
                stack = label.callStack
            }
            together.append(Layout.clean(label.text))
        }
        flush()
        // Which branch an `either` took is seen from the statements in it.
        items += step.choices.filter { $0.name != "either" }.map {
            .choice(Layout.clean("choose \($0.name) = \($0.value)"))
        }
        return items
    }

    /// `fault › wp_copy ›` where something is called, `‹ fault` where the process is back in its own code.
    private static func title(from old: [String], to new: [String]) -> String {
        if new.isEmpty { return Layout.clean("‹ " + (old.first ?? "")) }
        return Layout.clean(new.map { $0 + " ›" }.joined(separator: " "))
    }
}
