/// An audit for people, in four parts. Shows no times.
public struct AuditText: Sendable {
    public init() {}

    /// Lines, each ended.
    public func render(_ result: AuditResult) -> String {
        let lines =
            ["\(result.spec)"] + claims(result) + racy(result) + conflicts(result) + scopes(result)
        return lines.map { Layout.clean($0) + "\n" }.joined()
    }

    // MARK: Claims

    private func claims(_ result: AuditResult) -> [String] {
        ["", "atomic claims: \(result.claims.count)"]
            + result.claims.flatMap { claim -> [String] in
                [
                    "  \(place(claim.place)): \"\(claim.reason)\"",
                    "    reads \(list(claim.reads)); writes \(list(claim.writes))",
                ] + claim.splits.map { "    \(split($0))" }
                    + (claim.splits.isEmpty ? ["    not split: it is in another module"] : [])
            }
    }

    private func split(_ split: AuditResult.Split) -> String {
        switch split.outcome {
        case .killed(let property, let scenario, let steps?):
            "needed: \(split.change): `\(property)` is violated in \(scenario) after \(steps.counted("step"))"
        case .killed(let property, let scenario, nil):
            "needed: \(split.change): `\(property)` is never reached in \(scenario)"
        case .refused(let code, _): "needed: \(split.change): a rule forbids it (\(code))"
        case .survived: "not needed by any claim: \(split.change), and nothing is violated"
        case .equivalent: "changes nothing: \(split.change), and all states and steps are the same"
        case .inconclusive(let scenario, let reason): "unknown: \(split.change): \(scenario) met a budget (\(reason))"
        case .notTried: "unknown: \(split.change): not tried"
        }
    }

    // MARK: Accesses

    private func racy(_ result: AuditResult) -> [String] {
        ["", "racy reads: \(result.racyReads.count)"] + result.racyReads.map { "  \(place($0)): `\($0.text)`" }
            + ["", "cells without a lock: \(result.unguarded.count)"]
            + result.unguarded.map { cell in
                "  \(cell.name)\(cell.isAtomic ? " (atomic)" : ""): \(cell.reads.counted("read")) and "
                    + "\(cell.writes.counted("write")) outside of atomic blocks"
            }
    }

    private func conflicts(_ result: AuditResult) -> [String] {
        ["", "accesses that no common lock orders: \(result.conflicts.count.counted("pair"))"]
            + result.conflicts.flatMap { conflict in
                ["  \(conflict.cell)", "    \(side(conflict.first))", "    \(side(conflict.second))"]
                    + (conflict.allowed.map { ["    allowed: \($0)"] } ?? [])
            }
    }

    private func side(_ side: AuditResult.Side) -> String {
        let held = side.held.isEmpty ? "no lock" : side.held.joined(separator: ", ")
        return "\(side.process) \(side.isWrite ? "writes" : "reads") at \(place(side.place)): `\(side.place.text)`, "
            + "holding \(held)"
    }

    // MARK: Scopes

    private func scopes(_ result: AuditResult) -> [String] {
        ["", "what the scopes leave out (memory model: \(result.memoryModel))"]
            + result.scopes.flatMap { scope -> [String] in
                let settings = scope.settings.map { "\($0.name) = \($0.value)" }
                var lines = [
                    "  \(scope.name): larger than \(list(settings))", "    processes: \(list(scope.processes))",
                ]
                if !scope.excluded.isEmpty { lines.append("    left out: \(list(scope.excluded))") }
                if !scope.vanished.isEmpty { lines.append("    switched off or not read: \(list(scope.vanished))") }
                return lines
            }
    }

    private func place(_ place: AuditResult.Place) -> String { "\(place.file):\(place.line)" }

    private func list(_ texts: [String]) -> String { texts.isEmpty ? "nothing" : texts.joined(separator: ", ") }
}
