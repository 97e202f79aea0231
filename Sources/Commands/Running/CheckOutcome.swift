import Analysis
import Diagnostics
import Foundation
import Reports

/// All that came out of checking some specs.
struct CheckOutcome {
    private(set) var results: [RunResult] = []
    /// For each result the line of its scenario or variant.
    private var lines: [Int?] = []
    /// Specs without scenarios, whose names, types and rules are right.
    var libraries: [String] = []
    private(set) var reported: [ReportDiagnostic] = []
    var coverage = SuiteCoverage()
    /// Where modules were found, by the names of their sources.
    var moduleFiles: [String: String] = [:]
    private var hasInternalError = false
    /// Whether any configuration was selected.
    var matched = false
    private var hasBadInput = false
    /// Something passed, and that means nothing.
    private var hasVacuity = false
    /// How many configurations could not be searched; diagnostics say why.
    private var withoutResult = 0
    private var saidWithoutPlace: Set<Diagnostic> = []

    mutating func add(_ result: RunResult, line: Int?) {
        results.append(result)
        lines.append(line)
    }

    mutating func addWithoutResult() { withoutResult += 1 }

    /// What reports of a suite render.
    var suite: SuiteResult {
        SuiteResult(
            runs: zip(results, lines).map { result, line in
                SuiteResult.Run(
                    result: result, standing: SuiteResult.Standing(of: result), isCached: false, line: line)
            }, libraries: libraries, diagnostics: reported)
    }

    /// What has no place in a file is said once, however many configurations meet it.
    mutating func add(_ met: [Diagnostic], _ sources: SourceMap, _ console: Console) {
        let diagnostics = met.filter { $0.span != nil || saidWithoutPlace.insert($0).inserted }
        report(diagnostics, sources, console)
        reported += diagnostics.map { ReportDiagnostic($0, in: sources) }
        // An internal error and an expectation that is not met have statuses of their own.
        let others: Set<DiagnosticCode> = [.internalError, .expectationNotMet]
        let errors = diagnostics.filter { $0.severity == .error && !others.contains($0.code) }
        if diagnostics.contains(where: { $0.code == .internalError }) { hasInternalError = true }
        if errors.contains(where: { $0.code.allowance == nil }) { hasBadInput = true }
        if errors.contains(where: { $0.code.allowance != nil }) { hasVacuity = true }
    }

    /// A selection that selects nothing is a mistake.
    mutating func judgeSelection(_ selection: SelectionOptions, _ console: Console) {
        guard !matched, !hasBadInput, let missing = selection.matchesNothing else { return }
        add([missing], SourceMap(), console)
    }

    /// What there is to say below the summary of the runs.
    var closingLines: String { findingLine + errorLine + unsearchedLine + libraryLine }

    /// How much went wrong that the runs do not tell. Where standard error goes elsewhere, nothing else says so.
    private var errorLine: String {
        guard !results.isEmpty else { return "" }
        let errors = reported.count { error in
            let code = DiagnosticCode(rawValue: error.code)
            return error.severity == "error" && code != .expectationNotMet && code?.allowance == nil
        }
        return errors == 0 ? "" : errors == 1 ? "1 error beside the runs\n" : "\(errors) errors beside the runs\n"
    }

    private var unsearchedLine: String {
        switch withoutResult {
        case 0: ""
        case 1: "1 configuration was not searched\n"
        default: "\(withoutResult) configurations were not searched\n"
        }
    }

    /// How many findings there are about passes that mean less than they seem.
    private var findingLine: String {
        let findings = reported.count { finding in
            finding.severity == "error" && DiagnosticCode(rawValue: finding.code)?.allowance != nil
        }
        guard findings > 0 else { return "" }
        return findings == 1
            ? "1 finding: a pass means less than it seems\n"
            : "\(findings) findings: passes mean less than they seem\n"
    }

    /// How many files had nothing to search, but were right.
    private var libraryLine: String {
        guard libraries.count > 1 || (libraries.count == 1 && !results.isEmpty) else { return "" }
        let files = libraries.count == 1 ? "1 module" : "\(libraries.count) modules"
        return "\(files) without scenarios: names, types and rules are right\n"
    }

    var status: ExitStatus {
        status(
            with: results.map { result in
                switch result.verdict {
                case .inconclusive: .inconclusive
                case .holds, .proved, .violated: result.asExpected ? .asExpected : .violated
                }
            })
    }

    /// The worst of these and of what else went wrong.
    func status(with runs: [ExitStatus]) -> ExitStatus {
        var all = runs
        if hasInternalError { all.append(.internalError) }
        if hasBadInput { all.append(.badInput) }
        if hasVacuity { all.append(.violated) }
        return .worst(of: all)
    }

    /// Writes the counterexample of each result below a folder.
    mutating func write(below folder: String, _ console: Console) {
        for result in results {
            guard let counterexample = result.counterexample else { continue }
            let relative = CounterexampleFile.path(for: counterexample)
                .split(separator: "/").dropFirst().joined(separator: "/")
            let url = URL(fileURLWithPath: folder).appendingPathComponent(relative)
            do {
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(CounterexampleFile.encode(counterexample).utf8).write(to: url, options: .atomic)
            } catch {
                let reason = error.reason
                add(
                    [Diagnostic(.cannotWrite, "`\(url.path)` can't be written: \(reason)", at: nil)], SourceMap(),
                    console)
            }
        }
    }
}
