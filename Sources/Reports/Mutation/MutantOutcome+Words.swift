extension MutantOutcome {
    /// One phrase: `killed by content in small after 12 steps`.
    var words: String {
        switch self {
        case .killed(let property, let scenario, let steps?):
            "killed by \(property) in \(scenario) after \(steps.counted("step"))"
        case .killed(let property, let scenario, nil): "killed by \(property) in \(scenario), which is never reached"
        case .refused(let code, _): "refused by \(code)"
        case .survived: "survived"
        case .equivalent(.model): "equivalent: the same model"
        case .equivalent(.behaviour): "equivalent: the same states and steps"
        case .inconclusive(let scenario, let reason): "inconclusive in \(scenario): \(reason)"
        case .notTried: "not tried"
        }
    }
}

extension MutantOutcome.Difference {
    /// What a claim would have to notice.
    var words: String {
        switch self {
        case .more(let scenario, let steps, true):
            "in \(scenario) it reaches after \(steps.counted("step")) a state that the spec never reaches"
        case .more(let scenario, let steps, false):
            "in \(scenario) it makes after \(steps.counted("step")) a step that the spec never makes"
        case .less(let scenario):
            "in \(scenario) it does less than the spec, and nothing else: only a `reachable` could notice"
        case .unknown(let scenario): "whether it can be told from the spec in \(scenario) is not known: too many states"
        }
    }
}

extension MutantResult {
    /// What it means that the mutant survived.
    var meaning: String { "no claim notices that \(change)" }
}

extension MutationResult {
    /// `score 34/36 (94.4 %)`
    var scoreLine: String {
        let tenths = Int((score * 10).rounded(.down))
        return "score \(noticed)/\(counted) (\(tenths / 10).\(tenths % 10) %)"
    }

    /// What the numbers are of.
    var countLine: String {
        var parts = ["\(count(.killed)) killed", "\(count(.refused)) refused", "\(count(.survived)) survived"]
        if count(.inconclusive) > 0 { parts.append("\(count(.inconclusive)) inconclusive") }
        var line = parts.joined(separator: ", ")
        if count(.equivalent) > 0 { line += "; \(count(.equivalent)) equivalent, not counted" }
        if count(.notTried) > 0 { line += "; \(count(.notTried)) not tried" }
        if unselected > 0 { line += "; \(unselected) not selected" }
        return line
    }

    var judgeLine: String {
        let names = judges.map { "\($0.name) (\($0.states.grouped) states)" }.joined(separator: ", ")
        return "judged by \(names)"
    }
}
