import Diagnostics
import Foundation
import Reports
import Suites

/// Writes the baseline, or says which runs it does not know and which there are no more.
struct BaselineUpkeep {
    let file: String
    let known: KnownExpectations

    func finish(_ outcome: inout SuiteOutcome, _ console: Console) {
        guard let baseline = known.baseline else { return }
        if known.comparesWithBaseline {
            outcome.checked.add(differences(baseline, outcome), SourceMap(), console)
        } else {
            write(baseline, &outcome, console)
        }
    }

    private func differences(_ baseline: Baseline, _ outcome: SuiteOutcome) -> [Diagnostic] {
        let judge = known.judge
        let new = outcome.runs.map(\.result).filter(judge.isUnknown).map { "\($0.spec) \($0.configuration)" }
        let gone = baseline.gone(outcome.whole) + baseline.deleted(FileManager.default.fileExists(atPath:))
        return warning(new, "not in the baseline `\(file)`") + warning(gone, "in the baseline `\(file)`, but not there")
    }

    private func warning(_ runs: [String], _ what: String) -> [Diagnostic] {
        guard !runs.isEmpty else { return [] }
        let most = 10
        let names = runs.prefix(most).map { Note($0) }
        let others = runs.count > most ? [Note("and \(runs.count - most) more")] : []
        let message = runs.count == 1 ? "1 run is \(what)" : "\(runs.count) runs are \(what)"
        return [
            Diagnostic(
                .badBaseline, message, at: nil, severity: .warning,
                notes: names + others + [Note("--write-baseline brings it up to date")])
        ]
    }

    private func write(_ old: Baseline, _ outcome: inout SuiteOutcome, _ console: Console) {
        var baseline = old
        baseline.drop(exceptFor: outcome.whole)
        baseline.dropDeleted(FileManager.default.fileExists(atPath:))
        baseline.update(outcome.runs.map(\.result))
        do {
            // Replacing a symbolic link would cut it off.
            let url = URL(fileURLWithPath: file).resolvingSymlinksInPath()
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try baseline.data.write(to: url, options: .atomic)
        } catch {
            let message = "`\(file)` can't be written: \(error.reason)"
            outcome.checked.add([Diagnostic(.cannotWrite, message, at: nil)], SourceMap(), console)
        }
    }
}
