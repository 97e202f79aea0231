import ArgumentParser
import Contenders
import Foundation
import Measuring

@main
struct BenchmarksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Runs Faultline and other model checkers on the same model, in turn, and compares them.",
        discussion: """
            Installs the Debian packages that are missing, builds Faultline, checks every verdict and count, and writes \
            the results. Exit status: 0 all counts and verdicts are right; 1 one is wrong, or something can't be run.
            """)

    @Option(help: "Sizes of the model, with commas between: s, m, l, xl. XL needs about 12 GB. (default: m,l)")
    var sizes: List<Size>?
    @Option(help: "How often each contender runs.")
    var rounds = 3
    @Option(help: "The other tools, with commas between: spin, rumur, cpp, cmurphi. (default: all that are there)")
    var tools: List<Peer>?
    @Option(help: "What is compared: exact, threads, reduced, prompt. (default: all)")
    var questions: List<Question>?
    @Flag(help: "Sizes S and M and one round: whether all works, in a few minutes.")
    var quick = false
    @Option(help: "Another Rumur beside the one of Debian.")
    var rumur: String?
    @Option(help: "CMurphi's compiler `mu`; its headers are in ../include. (default: mu on the PATH)")
    var cmurphi: String?
    @Flag(help: "Leave out what takes minutes: Rumur without symmetry on L and XL.")
    var noSlow = false
    @Flag(help: "Install nothing.")
    var noInstall = false
    @Option(help: "Where the results are written. (default: RESULTS.md beside the package; with --quick nowhere)")
    var output: String?

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be at least 1.") }
    }

    func run() throws {
        let peers = Set(tools?.values ?? Peer.allCases)
        let root = repositoryRoot()
        if !noInstall { try Installation(peers: peers).run() }
        let scratch = try Folders.temporary()
        defer { Folders.remove(scratch) }
        let toolbox = try findTools(peers: peers, root: root, scratch: scratch, rumur: rumur, cmurphi: cmurphi)
        try buildFaultline(toolbox)
        let plan = Plan(
            sizes: sizes?.values ?? (quick ? [.s, .m] : [.m, .l]), questions: questions?.values ?? Question.allCases,
            rounds: quick ? 1 : rounds)
        var document = ResultsDocument(plan: plan, machine: try Machine.describe(toolbox))
        let otherWork = OtherWork()
        for complete in try plan.comparisons(toolbox) {
            let comparison = noSlow ? complete.withoutSlow() : complete
            if noSlow { document.leftOut += complete.slow }
            tell("\n\(comparison.title)")
            let lanes = try Race(comparison, rounds: plan.rounds).run { tell("  " + $0) }
            let table = raceTable(lanes, kind: comparison.kind, smallestKnownPeak: ownPeakBytes())
            document.add(comparison.title, table)
            show("\n\(comparison.title)\n\n\(table.text)")
        }
        document.otherWork = otherWork.percent()
        show("All verdicts and counts are as expected.")
        let path = output ?? (quick ? nil : root + "/Benchmarks/RESULTS.md")
        if let path {
            try Folders.write(document.text, to: path)
            show("The results are in \(path).")
        }
    }
}

/// The folder above `Benchmarks`. The package runs from where it was built.
private func repositoryRoot() -> String {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
}

/// Progress goes to the standard error output, so that the tables can be kept alone.
func tell(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

/// Results, at once, also where they go into a file.
func show(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
