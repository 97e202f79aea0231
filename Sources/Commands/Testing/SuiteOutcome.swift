import Analysis
import Diagnostics
import Reports
import Suites

/// All that came out of testing some specs.
struct SuiteOutcome {
    /// Diagnostics, libraries, and what else is no run.
    var checked = CheckOutcome()
    var runs: [SuiteResult.Run] = []
    var skipped: [SuiteResult.Skipped] = []
    /// All configurations of the specs that were tested whole, searched or not.
    var whole: [(spec: String, configuration: String)] = []

    /// What reports render.
    var suite: SuiteResult {
        SuiteResult(runs: runs, skipped: skipped, libraries: checked.libraries, diagnostics: checked.reported)
    }

    /// The worst of all that nobody excuses.
    var status: ExitStatus {
        let standings = runs.map { run -> ExitStatus in
            switch run.standing {
            case .passed, .excused, .repaired: .asExpected
            case .failed, .expired: .violated
            case .inconclusive: .inconclusive
            }
        }
        let interrupted = skipped.contains { $0.reason == .interrupted }
        return checked.status(with: standings + (interrupted ? [.inconclusive] : []))
    }
}
