/// A counterexample as text: a column per process that takes part, time downwards, and only what changed.
///
/// ```text
/// variant swap_aba: invariant content violated   (31 steps, 7 context switches; no shorter violation exists)
/// initially: pte[M0] = mapped(F0, true)
///
///        user[T0]            evictor                      locks      changed
///    1                     │ lock ptl[m]                  ptl[M0]
///    2                       pte[m] = swapped(s); unlock             pte[M0]: mapped(F0, true) → swapped(S0)
/// ```
///
/// A bar at the left of a column stands for a process that holds a lock. Where the columns do not fit into the width,
/// the steps are listed below each other instead. Time and space are linear in the size of the trace.
public struct RaceDiagram: Sendable {
    /// Narrower widths count as this one.
    public static let minimumWidth = 60

    /// In characters.
    public let width: Int
    /// Whether to use ANSI colours: one per process, changes highlighted.
    public let coloured: Bool
    /// Whether to show the whole state, and the places of the statements, with every step.
    public let full: Bool

    public init(width: Int = 120, coloured: Bool = false, full: Bool = false) {
        self.width = max(Self.minimumWidth, width)
        self.coloured = coloured
        self.full = full
    }

    var paint: Paint { Paint(coloured: coloured) }

    /// Several lines, each ended.
    public func render(_ counterexample: Counterexample) -> String {
        var lines = header(counterexample)
        let trace = TraceRows(counterexample)
        if !trace.idle.isEmpty, !trace.rows.isEmpty {
            lines += Layout.wrapped("takes no step: " + trace.idle.joined(separator: ", "), to: width)
        }
        if !trace.rows.isEmpty {
            lines.append("")
            if let columns = DiagramColumns(trace, width: width) {
                lines += table(trace, columns)
            } else {
                lines += list(trace)
            }
        }
        lines.append("")
        lines += failure(counterexample.failure)
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: What stands above and below the steps

    private func header(_ counterexample: Counterexample) -> [String] {
        let run = counterexample.variant.map { "variant \($0)" } ?? "scenario \(counterexample.scenario)"
        let title = Layout.clean("\(run): \(counterexample.failure.title)")
        let length = "(\(length(counterexample)))"
        var lines =
            title.count + 3 + length.count <= width
            ? ["\(paint(title, .bad))   \(length)"]
            : Layout.wrapped(title, to: width).map { paint($0, .bad) } + Layout.wrapped(length, to: width)
        // Of a theorem they are what failed, which is told below, field by field.
        if counterexample.failure.kind != "theorem" { lines += initially(counterexample) }
        return lines
    }

    func initially(_ run: Counterexample) -> [String] {
        let initial = run.initialThatMatters.map { Layout.clean("\($0.name) = \($0.value)") }
        return initial.isEmpty ? [] : Layout.wrapped("initially: " + initial.joined(separator: ", "), to: width)
    }

    private func length(_ counterexample: Counterexample) -> String {
        guard !counterexample.steps.isEmpty else {
            return counterexample.failure.kind == "theorem" ? "by the values below" : "in an initial state"
        }
        var switches = counterexample.contextSwitches.counted("context switch", plural: "context switches")
        let steps = counterexample.steps.count.counted("step")
        if counterexample.hasFewestSwitches == true {
            return "\(switches), \(steps); no violation has fewer switches, and none with as few is shorter"
        }
        if counterexample.mayBeShorter == true {
            return "\(steps), \(switches); a shorter violation may exist"
        }
        if counterexample.mayNeedFewerSwitches == true {
            switches += " (fewer may do: not all such runs were compared)"
        }
        return "\(steps), \(switches); no shorter violation exists"
    }

    private func failure(_ failure: Counterexample.Failure) -> [String] {
        let message = failure.message.isEmpty ? "" : ": " + failure.message
        let text = Layout.clean(failure.title + message)
        var lines = Layout.wrapped(text, to: width).map { paint($0, .bad) }
        if let conjunct = failure.conjunct {
            lines += Layout.wrapped("  failed: \(Layout.clean(conjunct.text))", to: width, hanging: 10)
            let stack = conjunct.callStack.isEmpty ? "" : " in " + conjunct.callStack.joined(separator: " › ")
            lines.append(paint(Layout.clean("      at \(conjunct.file):\(conjunct.line)\(stack)"), .dim))
        }
        for value in failure.values {
            lines += Layout.wrapped(Layout.clean("      \(value.name) = \(value.value)"), to: width, hanging: 8)
        }
        return lines
    }

    // MARK: What both layouts share

    /// The whole state after a step, where asked for.
    func wholeState(_ step: Counterexample.Step, indent: Int) -> [String] {
        guard full else { return [] }
        var places = step.labels.map { "\($0.file):\($0.line)" }
        places = zip(places.indices, places).filter { $0 == 0 || places[$0 - 1] != $1 }.map(\.1)
        let state = step.state.map { "\($0.name) = \($0.value)" }
        var texts: [String] = []
        if !places.isEmpty { texts.append("at " + places.joined(separator: ", ")) }
        if !state.isEmpty { texts.append("state: " + state.joined(separator: ", ")) }
        let prefix = String(repeating: " ", count: indent)
        return texts.flatMap { Layout.wrapped(Layout.clean($0), to: width - indent) }.map { prefix + paint($0, .dim) }
    }
}

extension Counterexample {
    /// Symbolic constants, then the leaf fields that the trace changes or that the failure speaks about.
    var initialThatMatters: [NamedValue] {
        var shown = Set(failure.values.map(\.name))
        var leaves: Set<String> = []
        for step in steps {
            shown.formUnion(step.changes.lazy.map(\.name))
            leaves.formUnion(step.state.lazy.map(\.name))
        }
        leaves.formUnion(shown)
        // The state lists every leaf field, so a name that is in no state is a constant.
        let constants = steps.isEmpty ? initial : initial.filter { !leaves.contains($0.name) }
        let changed = steps.isEmpty ? [] : initial.filter { shown.contains($0.name) }
        return constants + changed
    }
}

extension Counterexample.Failure {
    /// `invariant content violated`, `deadlock`, …
    var title: String {
        let name = property.replacing("_", with: " ")
        if property.isEmpty || name == kind.replacing("_", with: " ") { return kind.replacing("_", with: " ") }
        return kind == "at rest" ? "invariant \(property) violated at rest" : "\(kind) \(property) violated"
    }
}
