/// What testing a set of specs came to: a run for each configuration, in the order of the specs, and what the suite
/// knows of it. Every report of a suite renders this value and computes nothing.
public struct SuiteResult: Sendable {
    /// Who has taken on a failure, and until when.
    public struct KnownFailure: Sendable, Hashable {
        public var owner: String
        /// The last day on which it is excused: `2026-12-31`.
        public var expires: String
        public var reason: String
        /// Where it is written: the path of the list, and the line from 1.
        public var file: String
        public var line: Int

        public init(owner: String, expires: String, reason: String, file: String, line: Int) {
            self.owner = owner
            self.expires = expires
            self.reason = reason
            self.file = file
            self.line = line
        }
    }

    /// What a run means for the suite.
    public enum Standing: Sendable, Hashable {
        case passed
        case failed
        case inconclusive
        /// It failed, and that is known.
        case excused(KnownFailure)
        /// It failed, and was known to until the day that has passed.
        case expired(KnownFailure)
        /// It is listed as a known failure, and passes: the entry should go.
        case repaired(KnownFailure)
    }

    /// A figure that is not what the baseline says.
    public struct Drift: Sendable, Hashable {
        /// `verdict`, `states`, `transitions`, `depth`, `steps`
        public var figure: String
        public var before: String
        public var now: String

        public init(figure: String, before: String, now: String) {
            self.figure = figure
            self.before = before
            self.now = now
        }
    }

    public struct Run: Sendable {
        public var result: RunResult
        public var standing: Standing
        /// Whether it was taken from the cache instead of searched.
        public var isCached: Bool
        /// Empty where nothing drifted, and where there is no baseline.
        public var drift: [Drift]
        /// Of the scenario or variant in the spec, from 1; nil where nobody knows.
        public var line: Int?

        public init(
            result: RunResult, standing: Standing, isCached: Bool, drift: [Drift] = [], line: Int? = nil
        ) {
            self.result = result
            self.standing = standing
            self.isCached = isCached
            self.drift = drift
            self.line = line
        }
    }

    /// A configuration that was not searched.
    public struct Skipped: Sendable, Hashable {
        public enum Reason: String, Sendable, CaseIterable {
            /// Neither the spec nor what it imports has changed since the base revision.
            case unchanged
            /// A failure had ended the suite before.
            case failFast = "fail-fast"
            case interrupted
        }

        public var spec: String
        /// `small`, `small/swap_aba`; empty for all of the spec.
        public var configuration: String
        public var reason: Reason

        public init(spec: String, configuration: String, reason: Reason) {
            self.spec = spec
            self.configuration = configuration
            self.reason = reason
        }
    }

    /// In the order of the specs and of the configurations in them, whatever ended first.
    public var runs: [Run]
    public var skipped: [Skipped]
    /// Specs without scenarios, whose names, types and rules are right.
    public var libraries: [String]
    public var diagnostics: [ReportDiagnostic]

    public init(
        runs: [Run], skipped: [Skipped] = [], libraries: [String] = [], diagnostics: [ReportDiagnostic] = []
    ) {
        self.runs = runs
        self.skipped = skipped
        self.libraries = libraries
        self.diagnostics = diagnostics
    }
}
