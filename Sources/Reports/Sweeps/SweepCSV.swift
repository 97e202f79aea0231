/// Sweeps as one table of comma-separated values (RFC 4180), with a header. Bounds that a sweep does not vary are empty.
public struct SweepCSV: Sendable {
    public init() {}

    public func render(_ sweeps: [SweepResult]) -> String {
        var names: [String] = []
        for axis in sweeps.flatMap(\.axes) where !names.contains(axis.name) { names.append(axis.name) }
        let header =
            ["spec", "scenario", "variant"] + names + [
                "verdict", "property", "reason", "steps", "states", "transitions", "depth", "seconds", "memory_bytes",
                "memory_model", "atomic_claims", "reductions", "missed_state_probability",
            ]
        let rows = sweeps.flatMap { sweep in sweep.cells.map { row(sweep, $0, names) } }
        return ([header] + rows).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private func row(_ sweep: SweepResult, _ cell: SweepResult.Cell, _ names: [String]) -> [String] {
        let values = names.map { name in
            sweep.axes.firstIndex { $0.name == name }.map { String(cell.coordinates[$0]) } ?? ""
        }
        let run = cell.run
        return [sweep.spec, sweep.scenario, sweep.variant ?? ""] + values + [
            run.verdict.rawValue, run.property ?? "", run.reason?.rawValue ?? "", run.steps.map(String.init) ?? "",
            String(run.states), String(run.transitions), String(run.depth), String(run.timing.seconds),
            String(run.timing.memoryBytes), run.assumptions.memoryModel, String(run.assumptions.atomicClaims),
            run.assumptions.reductions.joined(separator: " "),
            run.assumptions.missedStateProbability.map { String($0) } ?? "",
        ]
    }

    /// In quotes where it must be. A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula; a depth of -1
    /// is none.
    private static func field(_ text: String) -> String {
        let isFormula = ["=", "+", "@"].contains(text.first) || (text.first == "-" && Int(text) == nil)
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\r\n".contains($0) }) || safe.contains("\r\n") else { return safe }
        return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
