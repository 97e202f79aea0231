import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Suites

/// What is known of runs before they are searched: failures that somebody has taken on, and earlier figures.
struct ExpectationFiles: ParsableArguments {
    @Option(
        help: ArgumentHelp("Excuse the failures that this file lists, each until its day.", valueName: "file"))
    var knownFailures: String?

    @Option(
        help: ArgumentHelp(
            "Compare verdicts, states, transitions, depths and lengths with this file; what drifts is a warning.",
            valueName: "file"))
    var baseline: String?

    @Flag(help: "Write what the runs come to into the file of --baseline, instead of comparing.")
    var writeBaseline = false

    @Option(help: ArgumentHelp("The date for --known-failures.", valueName: "day", visibility: .hidden))
    var today: CalendarDay?

    func validate() throws {
        if writeBaseline, baseline == nil { throw ValidationError("--write-baseline needs --baseline with a file") }
    }

    /// The day that counts.
    var day: CalendarDay { today ?? CalendarDay(Date()) }

    /// Reads both. Nil where one can't be used; that is said.
    func read(_ outcome: inout CheckOutcome, _ console: Console) -> KnownExpectations? {
        let known = readKnownFailures(&outcome, console)
        let baseline = readBaseline(&outcome, console)
        guard let known, let baseline else { return nil }
        return KnownExpectations(
            failures: known.failures, sources: known.sources, baseline: baseline.baseline, day: day,
            comparesWithBaseline: !writeBaseline)
    }

    private func readKnownFailures(
        _ outcome: inout CheckOutcome, _ console: Console
    ) -> (failures: KnownFailures, sources: SourceMap)? {
        guard let path = knownFailures else { return (.none, SourceMap()) }
        var sources = SourceMap()
        switch readSource(path) {
        case .failure(let problem):
            outcome.add([Diagnostic(.badKnownFailures, problem.message, at: nil)], sources, console)
            return nil
        case .success(let text):
            let failures = KnownFailures(text, sources.add(text))
            outcome.add(failures.diagnostics, sources, console)
            return failures.diagnostics.hasErrors ? nil : (failures, sources)
        }
    }

    /// Where a baseline is to be written, one of another version, or none, is no trouble.
    private func readBaseline(
        _ outcome: inout CheckOutcome, _ console: Console
    ) -> ReadBaseline? {
        guard let path = baseline else { return ReadBaseline(baseline: nil) }
        if writeBaseline, !FileManager.default.fileExists(atPath: path) {
            return ReadBaseline(baseline: Baseline(file: path))
        }
        func problem(_ message: String, _ note: String) -> Diagnostic {
            Diagnostic(.badBaseline, message, at: nil, notes: [Note(note)])
        }
        do throws(Diagnostic) {
            guard FileManager.default.fileExists(atPath: path) else {
                throw problem("there is no file `\(path)`", "--write-baseline writes one")
            }
            let text = try readSource(path).get()
            do throws(Baseline.Problem) {
                return ReadBaseline(baseline: try Baseline(Data(text.utf8), file: path))
            } catch {
                switch error {
                case .damaged:
                    throw problem("`\(path)` is no baseline", "--write-baseline writes one, where there is no file")
                case .otherVersion(let version):
                    if writeBaseline { return ReadBaseline(baseline: Baseline(file: path)) }
                    throw problem(
                        "the baseline `\(path)` has version \(version), and this program writes \(Baseline.version)",
                        "--write-baseline writes it anew")
                }
            }
        } catch {
            outcome.add(
                [Diagnostic(.badBaseline, error.message, at: nil, notes: error.notes)], SourceMap(), console)
            return nil
        }
    }
}

/// What was read.
struct KnownExpectations {
    let failures: KnownFailures
    /// Of the list of failures.
    let sources: SourceMap
    var baseline: Baseline?
    let day: CalendarDay
    let comparesWithBaseline: Bool

    var judge: SuiteJudge {
        SuiteJudge(known: failures, baseline: comparesWithBaseline ? baseline : nil, today: day)
    }
}

extension CalendarDay: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// That reading went well, with or without a file.
private struct ReadBaseline {
    let baseline: Baseline?
}
