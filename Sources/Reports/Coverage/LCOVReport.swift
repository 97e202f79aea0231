/// Coverage in the format of `lcov`, which `genhtml` and the services of code hosts read. A count is a number of
/// configurations. See `geninfo(1)`, "Tracefile format".
public struct LCOVReport: Sendable {
    public init() {}

    public func render(_ result: CoverageResult) -> String { result.files.map(record).joined() }

    private func record(_ file: CoverageResult.File) -> String {
        var lines = ["TN:", "SF:\(file.location)"]
        var block = -1
        var place = (0, 0)
        for branch in file.branches {
            if (branch.line, branch.column) != place { block += 1 }
            place = (branch.line, branch.column)
            // `-` where the statement itself was never executed.
            let isExecuted = (file.lines[branch.line] ?? 0) > 0
            lines.append("BRDA:\(branch.line),\(block),\(branch.number),\(isExecuted ? String(branch.count) : "-")")
        }
        lines.append("BRF:\(file.branchShare.all)")
        lines.append("BRH:\(file.branchShare.covered)")
        for (line, count) in file.lines.sorted(by: { $0.key < $1.key }) { lines.append("DA:\(line),\(count)") }
        lines.append("LF:\(file.lineShare.all)")
        lines.append("LH:\(file.lineShare.covered)")
        return (lines + ["end_of_record"]).map { $0 + "\n" }.joined()
    }
}
