import Analysis
import Diagnostics
import Suites

/// A spec of a suite, as far as it is known before anything is searched.
enum SuiteSpec: Sendable {
    case unreadable(Diagnostic)
    case unchanged
    case read(LoadedSpec, [SuiteConfiguration])

    var configurations: [SuiteConfiguration] {
        switch self {
        case .unreadable, .unchanged: []
        case .read(_, let configurations): configurations
        }
    }
}

/// A configuration of it, prepared and looked up in the cache.
struct SuiteConfiguration: Sendable {
    let preparation: Preparation
    let kept: SuiteSearch.Outcome?
}
