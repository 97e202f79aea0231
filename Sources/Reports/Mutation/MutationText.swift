/// The mutants of a spec for people: survivors with their difference, then the score. Shows no times.
public struct MutationText: Sendable {
    /// Whether to show every mutant, not the survivors only.
    public let showsAll: Bool

    public init(showsAll: Bool = false) { self.showsAll = showsAll }

    /// Lines, each ended.
    public func render(_ result: MutationResult) -> String {
        let shown = result.mutants.filter { showsAll || $0.isOpen }
        var lines = ["\(result.spec): \(result.mutants.count.counted("mutant")), \(result.judgeLine)"]
        lines += shown.flatMap { Self.lines($0, result.spec) }
        lines.append("\(result.scoreLine): \(result.countLine)")
        return lines.map { Layout.clean($0) + "\n" }.joined()
    }

    /// One mutant: what it is, what became of it, and how it differs.
    public func render(_ mutant: MutantResult, spec: String) -> String {
        Self.lines(mutant, spec).map { Layout.clean($0) + "\n" }.joined()
    }

    private static func lines(_ mutant: MutantResult, _ spec: String) -> [String] {
        var lines = [
            "#\(mutant.number) \(mutant.operatorName) in \(mutant.container), \(spec):\(mutant.line): "
                + mutant.outcome.words
        ]
        lines += mutant.diff.map { "      \($0)" }
        if case .survived(let difference) = mutant.outcome {
            lines.append("      \(mutant.meaning); \(difference.words)")
        }
        if case .refused(_, let message) = mutant.outcome { lines.append("      \(message)") }
        if let allowed = mutant.allowed { lines.append("      allowed: \(allowed)") }
        return lines
    }
}

extension MutantResult {
    /// Whether there is something left to do about it.
    var isOpen: Bool {
        switch outcome {
        case .survived, .inconclusive: true
        case .killed, .refused, .equivalent, .notTried: false
        }
    }
}
