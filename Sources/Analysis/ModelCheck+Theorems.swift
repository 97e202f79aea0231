import Reports

/// Theorems beside what is searched for: they are about all values, and have no steps.
extension ModelCheck {
    /// What is known of theorems, where that is the result: all of it, or none of the rest matters. Nil else.
    func theoremFinding() throws(InternalError) -> Finding? {
        guard let theorems = run.theorems, !looksBesideTheorems else { return nil }
        return try decidedByTheorems(theorems)
    }

    private func decidedByTheorems(_ theorems: PreparedRun) throws(InternalError) -> Finding? {
        let names = theorems.program.properties.map(\.name)
        var finding = try BoundedCheck(theorems, options).finding()
        guard finding.hasResult else { return finding }
        // There are no steps to count.
        (finding.result.steps, finding.result.depth) = (nil, 0)
        finding.result.solving?.depth = 0
        finding.result.solving?.engine = RunResult.Solving.theorems
        guard finding.result.verdict == .holds else { return finding }
        finding.result.verdict = .proved
        finding.result.theorems = names.count
        let isAll = run.hasOnlyTheorems || expectedViolation.map { names.contains($0) } ?? false
        return isAll ? finding : nil
    }

    /// Whether something is expected to be violated that is no theorem: what theorems say does not matter then.
    private var looksBesideTheorems: Bool {
        guard let theorems = run.theorems, let expected = expectedViolation, !run.hasOnlyTheorems else { return false }
        return !theorems.program.properties.contains { $0.name == expected }
    }

    /// What a search has found, with the theorems that are proved. Nothing holds where one is refuted.
    func withTheorems(_ finding: Finding) throws(InternalError) -> Finding {
        guard let theorems = run.theorems, finding.hasResult else { return finding }
        if looksBesideTheorems {
            // Nobody has asked for them yet.
            guard finding.result.verdict == .holds || finding.result.verdict == .proved else { return finding }
            if let decided = try decidedByTheorems(theorems) { return decided }
        }
        var finding = finding
        finding.result.theorems = theorems.program.properties.count
        return finding
    }
}
