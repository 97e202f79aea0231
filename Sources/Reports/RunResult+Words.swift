import Foundation

/// The phrases that several reporters share.
extension RunResult {
    /// What a run means for the one who waits for it.
    enum Mark: String {
        case ok
        case failed = "FAIL"
        case unknown = "?"
        /// In a suite: a failure that is known.
        case known = "know"
        /// In a suite: not searched.
        case skipped = "skip"

        var style: Paint.Style {
            switch self {
            case .ok: .good
            case .failed: .bad
            case .unknown, .known, .skipped: .doubtful
            }
        }

        static let width = 4
    }

    var mark: Mark { asExpected ? .ok : verdict == .inconclusive ? .unknown : .failed }

    /// `small`, `small/swap_aba`, `tight (Frame = 2)`
    public var configuration: String { (variant.map { "\(scenario)/\($0)" } ?? scenario) + sweepWords }

    /// ` (Frame = 2, Slot = 1)`, or nothing.
    var sweepWords: String {
        sweep.isEmpty ? "" : " (" + sweep.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") + ")"
    }

    /// `holds`, `violated content`
    public var verdictWords: String {
        switch verdict {
        case .holds, .proved, .inconclusive: verdict.rawValue
        case .violated: property.map { "\(verdict.rawValue) \($0)" } ?? verdict.rawValue
        }
    }

    /// For a table, where nothing else tells how likely a missed state is: `holds (a state was missed: below 1e-9)`
    var verdictOfStore: String {
        guard let missed = assumptions.missedStateProbability else { return verdictWords }
        return "\(verdictWords) (a state was missed: \(missed.upperBound))"
    }

    /// `81,865 states, 264,343 transitions, depth 62`, or `37 walks, 4,421 steps, the longest 1,000`
    var size: String {
        if let walks { return walks.size }
        if isAboutValues, let solving {
            return theorems == 0 ? solving.queryWords : "\(provedWords), \(solving.queryWords)"
        }
        let search =
            solving?.size
            ?? "\(states.counted("state")), \(transitions.counted("transition")), depth \(depth.grouped)"
        return theorems == 0 ? search : "\(search); \(provedWords)"
    }

    /// Whether theorems are all that it is about: there are no steps and no states.
    private var isAboutValues: Bool { solving?.isAboutValues ?? false }

    /// What the verdict rests on, and what an inconclusive one covered.
    var scopeWords: String {
        switch verdict {
        case .holds, .proved: passedScope(assumptions.words)
        case .violated: inThisScope
        case .inconclusive: "\(whyInconclusive): \(coverage); \(inThisScope)"
        }
    }

    var inThisScope: String { "in this scope: \(isAboutValues ? scopeOfValues : assumptions.words)" }

    /// `holds for this scope: Cpu = 2; sequential consistency`, or what a proof is about.
    ///
    /// - Parameter words: of the assumptions.
    func passedScope(_ words: String, isOneOfSeveral: Bool = false) -> String {
        switch verdict {
        case .proved: "proved for \(isAboutValues ? scopeOfValues : "all numbers of steps: \(words)")"
        case .holds, .violated, .inconclusive:
            "holds for \(isOneOfSeveral ? "these scopes" : "this scope"): \(words)"
        }
    }

    /// For a table: what a pass rests on, or nothing.
    var restsOn: String {
        switch verdict {
        case .holds, .proved: isAboutValues ? scopeOfValues : assumptions.words
        case .violated, .inconclusive: ""
        }
    }

    private var scopeOfValues: String {
        let settings = assumptions.settings.map { "\($0.name) = \($0.value)" }
        return "all values of the parameters" + (settings.isEmpty ? "" : ", with \(settings.joined(separator: ", "))")
    }

    /// `3 theorems for all values`, or nothing.
    var provedWords: String { theorems == 0 ? "" : "\(theorems.counted("theorem")) for all values" }

    /// What has ended a search early.
    var whyInconclusive: String {
        let words = reason?.words ?? "the search ended early"
        return solving?.reason.map { "\(words) (\($0))" } ?? words
    }

    /// What is known of a search that ended early.
    var coverage: String {
        if let walks { return walks.coverage }
        if let solving { return solving.coverage }
        if states == 0 { return "no state was visited, and nothing is known" }
        if let switches {
            guard switches.complete >= 0 else { return "nothing is known of runs with any number of context switches" }
            let runs = "every run with \(Self.atMost(switches.complete)) was looked at"
            return "\(runs), and nothing is known of those with more"
        }
        return depth < 0
            ? "not even all initial states were visited, and nothing is known"
            : "every state up to depth \(depth.grouped) was visited, and nothing is known of those beyond"
    }

    /// Of a violation that an inconclusive search has met, and can't show.
    var wordsOfViolation: String? {
        violatedWithoutRun.map {
            "but a violation of \($0) was met: it exists, and was not replayed, since the search ended before it had a "
                + "run to it"
        }
    }

    private static func atMost(_ switches: Int) -> String {
        switches == 0
            ? "no context switch" : "at most \(switches.counted("context switch", plural: "context switches"))"
    }

    /// How much of the space a bound on switches left out, where the search came to its end.
    var exactness: String? {
        if let solving { return verdict == .holds && solving.engine == "bmc" ? solving.exactness : nil }
        guard let switches, verdict == .holds || verdict == .proved else { return nil }
        return "exact: runs with more than \(switches.complete.counted("context switch", plural: "context switches")) "
            + "add no state and no step"
    }

    /// `12 runs: 10 as expected, 1 not as expected, 1 inconclusive`
    static func summary(_ runs: [RunResult]) -> String {
        guard !runs.isEmpty else { return "nothing was checked" }
        let unexpected = runs.count { $0.mark == .failed }
        let unknown = runs.count { $0.mark == .unknown }
        let total = runs.count.counted("run")
        guard unexpected + unknown > 0 else {
            return runs.count == 1 ? "\(total), as expected" : "\(total), all as expected"
        }
        var parts = ["\(runs.count - unexpected - unknown) as expected"]
        if unexpected > 0 { parts.append("\(unexpected) not as expected") }
        if unknown > 0 { parts.append("\(unknown) inconclusive") }
        return "\(total): \(parts.joined(separator: ", "))"
    }
}

extension RunResult.Checkpoint {
    /// Where the run began, and how to go on.
    var words: [String] {
        var words: [String] = []
        if let resumedStates { words.append("went on from \(resumedStates.counted("state"))") }
        if isSaved { words.append("saved in \(folder): the same command goes on with --resume") }
        return words
    }
}

extension RunResult.Assumptions {
    /// `Thread = 2, Mm = 2; sequential consistency; 4 atomic claims; reductions: symmetry`
    var words: String { words(leavingOut: []) }

    /// - Parameter names: settings that are said elsewhere.
    func words(leavingOut names: Set<String>) -> String {
        var parts: [String] = []
        let settings = settings.filter { !names.contains($0.name) }
        if !settings.isEmpty { parts.append(settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")) }
        parts.append(memoryModel)
        parts.append(atomicClaims == 0 ? "no atomic claims" : atomicClaims.counted("atomic claim"))
        parts.append(reductions.isEmpty ? "no reductions" : "reductions: \(reductions.joined(separator: ", "))")
        if let missedStateProbability {
            parts.append("fingerprints only: a state was missed with probability \(missedStateProbability.upperBound)")
        }
        return parts.joined(separator: "; ")
    }
}

extension Double {
    /// `below 1e-9`: the next power of ten, for a probability.
    fileprivate var upperBound: String {
        if self == 0 { return "0" }
        let exponent = Int(log10(self).rounded(.down)) + 1
        return exponent > 0 ? "1" : "below 1e\(exponent)"
    }
}

extension InconclusiveReason {
    var words: String {
        switch self {
        case .states: "the limit on states was reached"
        case .memory: "the memory limit was reached"
        case .time: "the time limit was reached"
        case .interrupted: "the search was interrupted"
        case .switches: "the limit on context switches was reached"
        case .disk: "the memory limit was reached, and states could not be kept on disk"
        case .walks: "all walks were made"
        case .depth: "the limit on steps was reached"
        case .solver: "the solver gave up"
        }
    }
}
