import Diagnostics
import Program
import Syntax

/// One setting with its values fixed: what a sweep, a scenario, a variant or `--set` says about a name.
struct SettingValue: Sendable {
    enum Source: Sendable {
        case tree(ExprTree)
        /// A number from a sweep.
        case number(Int64)
    }

    let path: Path
    let value: Source
    let span: Span
}

/// Which processes a configuration has.
enum ProcessSelection: Sendable {
    case without([Path])
    case only([Path])
}

/// One configuration of a root file, before it is elaborated.
public struct ConfigurationRequest: Sendable {
    public let scenario: String?
    public let variant: String?
    /// The sweep coordinates of this run: `Frame=2`.
    public internal(set) var sweep: [(name: String, value: Int64)] = []
    public let expectation: Expectation
    /// Where the expectation is written.
    public let span: Span?
    /// The name in `expect violated NAME`.
    var expected: Path?
    var settings: [SettingValue] = []
    var selections: [ProcessSelection] = []
    /// Progress properties that the scenario asks for.
    var progressChecks: [Path] = []
    var fairness: [Span] = []
}
