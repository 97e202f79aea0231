/// The phrases on random walks.
extension RunResult.Walks {
    /// `37 walks, 4,421 steps, the longest 1,000`
    var size: String { "\(walks.counted("walk")), \(steps.counted("step")), the longest \(deepest.grouped)" }

    /// How the walk that met the violation was shortened, and what cut the walks off.
    func wordsOfViolation(shortened run: RunResult) -> [String] {
        var lines: [String] = []
        if let violating {
            let steps = (run.steps ?? 0).grouped
            let length =
                run.counterexample?.mayBeShorter == true
                ? "shortened to \(steps), which need not be the fewest"
                : "a search from the start found a shortest run of \(steps)"
            let walk = "walk \(violating.number.grouped) of seed \(seed)"
            lines.append("\(walk) met it after \(violating.steps.counted("step")); \(length)")
        } else {
            lines.append("an initial state has it; seed \(seed)")
        }
        if let cut { lines.append("\(cut.words) before all earlier walks were made: another run may show another one") }
        return lines
    }

    /// What was met and says nothing about the expectation.
    var wordsOfWarning: [String] {
        guard !passedOver.isEmpty else { return [] }
        return ["also violated, but not looked for: \(passedOver.joined(separator: ", "))"]
    }

    /// `no violation on 100 walks of at most 1,000 steps with seed 1, and nothing is known of other runs`
    var coverage: String {
        let most = mostSteps.counted("step")
        return walks == 0
            ? "no walk was made, and nothing is known"
            : "no violation on \(walks.counted("walk")) of at most \(most) with seed \(seed), and nothing is known of other runs"
    }
}

extension RunResult.Walks {
    var json: JSONValue {
        .object([
            // A seed may be larger than the numbers of many readers of JSON.
            "seed": .string(String(seed)),
            "asked": .int(asked),
            "mostSteps": .int(mostSteps),
            "walks": .int(walks),
            "steps": .int(steps),
            "deepest": .int(deepest),
            "passedOver": JSONValue(passedOver),
            "cut": JSONValue(cut?.rawValue),
            "violating": violating.map { .object(["number": .int($0.number), "steps": .int($0.steps)]) } ?? .null,
        ])
    }
}
