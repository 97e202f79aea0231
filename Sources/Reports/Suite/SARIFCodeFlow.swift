/// A counterexample as a SARIF code flow: one thread flow in the order of time, a location for each statement.
///
/// The statements of one step have the same `executionOrder`: they happen in one go. `nestingLevel` is the depth of the
/// call stack. What changes something, and what fails, is `essential`; a switch to another process, a choice and a lock
/// are `important`. Linear in the size of the counterexample.
struct SARIFCodeFlow {
    /// As many as GitHub takes; of a longer one the end is shown.
    static let mostLocations = 10_000

    private let counterexample: Counterexample
    private let spec: String

    init(_ counterexample: Counterexample, _ spec: String) {
        self.counterexample = counterexample
        self.spec = spec
    }

    func json(_ files: inout SARIFFiles) -> JSONValue {
        let visits = self.visits
        let shown = visits.suffix(Self.mostLocations)
        let locations = shown.map { location($0, &files) }
        let title = "\(counterexample.failure.title), \(counterexample.steps.count.counted("step"))"
        let rest =
            shown.count < visits.count
            ? "; the last \(shown.count.grouped) of \(visits.count.grouped) statements" : ""
        var flow: [String: JSONValue] = [
            "id": .string("time"), "message": SARIFReport.message("all processes in the order of time"),
            // A thread flow must have a location.
            "locations": .array(locations.isEmpty ? [whole(&files)] : locations),
        ]
        let initial = counterexample.initialThatMatters
        if !initial.isEmpty { flow["initialState"] = state(initial) }
        return .object([
            "message": SARIFReport.message(title + rest), "threadFlows": .array([.object(flow)]),
        ])
    }

    /// A place on the way.
    private struct Visit {
        let label: Counterexample.Label
        let message: String
        let process: String?
        let order: Int
        let importance: String
        let changes: [Counterexample.Change]
    }

    private var visits: [Visit] {
        var visits: [Visit] = []
        var previous: Counterexample.Step?
        for step in counterexample.steps {
            visits += self.visits(step, after: previous)
            previous = step
        }
        if let conjunct = counterexample.failure.conjunct {
            let values = counterexample.failure.values.map { "\($0.name) = \($0.value)" }
            let place = values.isEmpty ? "" : " where " + values.joined(separator: ", ")
            visits.append(
                Visit(
                    label: conjunct, message: "\(counterexample.failure.title): \(conjunct.text)\(place)", process: nil,
                    order: counterexample.steps.count + 1, importance: "essential", changes: []))
        }
        return visits
    }

    private func visits(_ step: Counterexample.Step, after previous: Counterexample.Step?) -> [Visit] {
        let isSwitch = previous?.process != step.process
        let choices = step.choices.filter { $0.name != "either" }.map { "\($0.name) = \($0.value)" }
        let changes = step.changes.map { "\($0.name): \($0.old) → \($0.new)" }
        let isLast = step.number == counterexample.steps.count
        return step.labels.enumerated().map { index, label in
            // What the whole step chose and changed is told with its last statement.
            let isEnd = index == step.labels.count - 1
            let details = isEnd ? choices.map { "choose \($0)" } + changes : []
            let isTurn = (index == 0 && isSwitch) || (isEnd && (!choices.isEmpty || !step.held.isEmpty))
            let importance = isEnd && (isLast || !changes.isEmpty) ? "essential" : isTurn ? "important" : "unimportant"
            return Visit(
                label: label,
                message: "\(step.process): \(label.text)"
                    + (details.isEmpty ? "" : "; " + details.joined(separator: "; ")),
                process: step.process, order: step.number, importance: importance, changes: isEnd ? step.changes : [])
        }
    }

    private func location(_ visit: Visit, _ files: inout SARIFFiles) -> JSONValue {
        var place: [String: JSONValue] = [
            "physicalLocation": files.physical(
                visit.label.file, visit.label.line, nil, in: spec, snippet: visit.label.text),
            "message": SARIFReport.message(visit.message),
        ]
        if let handler = visit.label.callStack.last, let process = visit.process {
            let path = [process] + visit.label.callStack
            place["logicalLocations"] = .array([
                .object([
                    "name": .string(handler), "kind": .string("function"),
                    "fullyQualifiedName": .string(path.joined(separator: " › ")),
                ])
            ])
        }
        var members: [String: JSONValue] = [
            "location": .object(place),
            "executionOrder": .int(visit.order),
            "nestingLevel": .int(visit.label.callStack.count),
            "importance": .string(visit.importance),
        ]
        if !visit.changes.isEmpty {
            members["state"] = state(visit.changes.map { .init(name: $0.name, value: $0.new) })
        }
        return .object(members)
    }

    private func whole(_ files: inout SARIFFiles) -> JSONValue {
        .object(["location": files.location(spec, 1, in: spec, id: nil, message: counterexample.failure.title)])
    }

    /// Where a name comes twice, the last value counts.
    private func state(_ values: [Counterexample.NamedValue]) -> JSONValue {
        .object(
            Dictionary(
                values.map { ($0.name, .object(["text": .string(SARIFReport.plain($0.value))])) },
                uniquingKeysWith: { $1 }))
    }
}
