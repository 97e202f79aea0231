import Analysis
import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Semantics

/// `faultline replay`: does an old counterexample still happen?
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Follows written counterexamples through today's specs.",
        discussion: """
            For each file: reproduced (its steps exist and lead to the same violation), fixed (its steps exist, the \
            violation is gone), or stale (with the step that does not exist any more). Exit status: 0 all reproduced; \
            1 fixed or stale; 2 bad input.
            """)

    @Flag(help: "Show the diagram of each counterexample.")
    var show = false

    @Flag(help: "Show whole states in the diagrams.")
    var full = false

    @Option(
        help: ArgumentHelp(
            "Where the paths in the files start; by default the current folder.", valueName: "folder"))
    var root: String = "."

    @Argument(help: ArgumentHelp("Counterexample files (.json), or folders with such files.", valueName: "path"))
    var paths: [String]

    func run() throws {
        let console = Console()
        var status = ExitStatus.asExpected
        let discovery = SpecDiscovery(paths, suffix: ".json")
        report(discovery.diagnostics, SourceMap(), console)
        if discovery.diagnostics.hasErrors { status = .badInput }
        for file in discovery.files { status = .worst(of: [status, replay(file, console)]) }
        try console.end(with: status)
    }

    private func replay(_ path: String, _ console: Console) -> ExitStatus {
        let trace: Counterexample
        switch readTrace(path) {
        case .success(let decoded): trace = decoded
        case .failure(let diagnostic):
            report([diagnostic], SourceMap(), console)
            return .badInput
        }
        if show || full {
            let diagram = RaceDiagram(width: console.width, coloured: console.isColoured, full: full)
            console.out(diagram.render(trace))
        }
        let spec = root == "." ? trace.spec : (root.hasSuffix("/") ? root : root + "/") + trace.spec
        guard let run = prepare(trace, spec, path, console) else { return .badInput }
        switch run {
        case .failure(let reason):
            console.out("\(path): stale: \(reason.text)\n")
            return .violated
        case .success(let run): return judge(TraceFollowing(run, trace).verdict(), trace, path, console)
        }
    }

    private struct Staleness: Error { let text: String }

    private func judge(
        _ verdict: ReplayVerdict, _ trace: Counterexample, _ path: String, _ console: Console
    ) -> ExitStatus {
        switch verdict {
        case .reproduced:
            console.out("\(path): reproduced: \(trace.failure.property) after \(trace.steps.count) steps\n")
            return .asExpected
        case .fixed:
            console.out("\(path): fixed: its steps exist, and \(trace.failure.property) is not violated at their end\n")
            return .violated
        case .stale(let step, let reason):
            let place = step == 0 ? "at the start" : "at step \(step)"
            console.out("\(path): stale \(place): \(reason)\n")
            return .violated
        }
    }

    private func readTrace(_ path: String) -> Result<Counterexample, Diagnostic> {
        readSource(path).flatMap { text in
            do throws(CounterexampleFile.Problem) {
                return .success(try CounterexampleFile.decode(text.utf8))
            } catch {
                return .failure(
                    Diagnostic(
                        .badTrace, "`\(path)` can't be replayed: \(error)", at: nil,
                        notes: [Note("write it again: `faultline check --write-counterexamples counterexamples …`")]))
            }
        }
    }

    /// The configuration of the trace in today's spec; nil where the spec has errors, which are reported.
    private func prepare(
        _ trace: Counterexample, _ spec: String, _ path: String, _ console: Console
    ) -> Result<PreparedRun, Staleness>? {
        var selection = SelectionOptions()
        selection.scenario = trace.scenario
        selection.variant = trace.variant
        selection.set = trace.settings.map { "\($0.name)=\($0.value)" }
        selection.without = []
        selection.withoutVariants = false
        let loaded: LoadedSpec
        switch LoadedSpec.load(spec, selection, InstalledLibrary()) {
        case .success(let spec): loaded = spec
        case .failure: return .failure(Staleness(text: "there is no spec `\(spec)` any more"))
        }
        report(loaded.diagnostics, loaded.workspace.sources, console)
        guard !loaded.diagnostics.hasErrors else { return nil }
        guard let request = loaded.requests.first(where: { trace.variant != nil || $0.variant == nil }) else {
            let name = trace.variant.map { "variant `\($0)`" } ?? "scenario `\(trace.scenario)`"
            return .failure(Staleness(text: "`\(spec)` has no \(name) any more"))
        }
        let preparation = Preparation.prepare(loaded.workspace, request, path: spec, overrides: selection.set)
        guard let run = preparation.run else {
            report(preparation.diagnostics, loaded.workspace.sources, console)
            return nil
        }
        guard elaborate(loaded.workspace, request).violationNames.contains(trace.failure.property) else {
            return .failure(
                Staleness(text: "`\(spec)` has no property or assertion `\(trace.failure.property)` any more"))
        }
        return .success(run)
    }
}
