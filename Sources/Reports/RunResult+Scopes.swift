extension RunResult {
    /// What runs that hold or are proved are said of, for tables whose rows have no room for it.
    struct Scope {
        /// `holds for this scope: Cpu = 2; sequential consistency; no atomic claims; reductions: symmetry`
        let line: String
        var runs: [RunResult]
    }

    /// One for each different scope of a run that holds or is proved, in the order of the runs.
    ///
    /// - Parameter names: settings that the table has in columns.
    static func scopeLines(_ runs: [RunResult], leavingOut names: Set<String> = []) -> [Scope] {
        var scopes: [Scope] = []
        for run in runs where run.verdict == .holds || run.verdict == .proved {
            let words = run.assumptions.words(leavingOut: names)
            let line = Layout.clean(run.passedScope(words, isOneOfSeveral: !names.isEmpty))
            if let index = scopes.firstIndex(where: { $0.line == line }) {
                scopes[index].runs.append(run)
            } else {
                scopes.append(Scope(line: line, runs: [run]))
            }
        }
        return scopes
    }
}
