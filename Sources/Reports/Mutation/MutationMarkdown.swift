/// The mutants of specs as Markdown: a table of scores, then the survivors of each. Shows no times.
public struct MutationMarkdown: Sendable {
    public init() {}

    /// Ends with a new line.
    public func render(_ results: [MutationResult]) -> String {
        var lines = [
            "| spec | score | killed | refused | survived | allowed | inconclusive | equivalent |",
            "|---|---|---|---|---|---|---|---|",
        ]
        lines += results.map { result in
            let numbers = [
                result.count(.killed), result.count(.refused), result.count(.survived),
                result.survivors.count { $0.allowed != nil }, result.count(.inconclusive) + result.count(.notTried),
                result.count(.equivalent),
            ]
            return "| `\(result.spec)` | \(result.noticed)/\(result.counted) | "
                + numbers.map(String.init).joined(separator: " | ") + " |"
        }
        for result in results where !result.survivors.isEmpty { lines += survivors(of: result) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func survivors(of result: MutationResult) -> [String] {
        ["", "### Survivors of `\(result.spec)`"]
            + result.survivors.flatMap { mutant -> [String] in
                guard case .survived(let difference) = mutant.outcome else { return [] }
                let allowed = mutant.allowed.map { [" Allowed: \($0)."] } ?? []
                return ["", "* line \(mutant.line), `\(mutant.operatorName)`: \(mutant.meaning); \(difference.words)."]
                    + allowed + ["  ```diff"] + mutant.diff.map { "  \(Layout.clean($0))" } + ["  ```"]
            }
    }
}
