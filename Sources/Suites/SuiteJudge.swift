import Reports

/// What results mean for a suite, given the failures that are known and what runs came to before.
public struct SuiteJudge: Sendable {
    private let known: KnownFailures
    private let baseline: Baseline?
    private let today: CalendarDay

    public init(known: KnownFailures, baseline: Baseline?, today: CalendarDay) {
        self.known = known
        self.baseline = baseline
        self.today = today
    }

    /// - Parameter line: where the scenario or variant stands, from 1.
    public func run(_ result: RunResult, isCached: Bool, line: Int?) -> SuiteResult.Run {
        SuiteResult.Run(
            result: result, standing: standing(result), isCached: isCached,
            drift: baseline?.drift(of: result) ?? [], line: line)
    }

    /// Whether there is a baseline, and the run is not in it.
    public func isUnknown(_ result: RunResult) -> Bool {
        guard let baseline else { return false }
        return baseline.figures(spec: result.spec, configuration: result.configuration) == nil
    }

    func standing(_ result: RunResult) -> SuiteResult.Standing {
        let entries = known.entries(spec: result.spec, configuration: result.configuration)
        if result.asExpected { return entries.first.map { .repaired($0.known) } ?? .passed }
        if let entry = entries.first(where: { $0.verdict == result.verdictWords }) {
            return today <= entry.lastDay ? .excused(entry.known) : .expired(entry.known)
        }
        switch result.verdict {
        case .inconclusive: return .inconclusive
        case .holds, .proved, .violated: return .failed
        }
    }
}

extension SuiteResult.Standing {
    /// Whether it is a failure that nobody excuses.
    public var isFailure: Bool {
        switch self {
        case .failed, .expired: true
        case .passed, .inconclusive, .excused, .repaired: false
        }
    }

    /// Whether it is one that somebody has taken on, and the day is not over.
    public var isExcused: Bool {
        switch self {
        case .excused: true
        case .passed, .failed, .inconclusive, .expired, .repaired: false
        }
    }
}
