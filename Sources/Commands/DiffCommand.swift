import Analysis
import ArgumentParser
import Reports

/// `faultline diff`: what a change of a spec does.
struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says what a change of a spec does: properties, and what can be seen from outside.",
        discussion: """
            faultline diff OLD.fl NEW.fl
            faultline diff REV1:path.fl REV2:path.fl
            faultline diff --from REV [--to REV] path.fl
            What can be seen is what `commit` tells the claims of a spec, and that a process comes back to rest.
            Exit status: 0 nothing of what --fail-on names; 1 something of it; 2 bad input; 3 inconclusive; 70 internal \
            error.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: DiffBudgetOptions

    @Option(help: ArgumentHelp("The old version is that of this git revision.", valueName: "revision"))
    var from: String?

    @Option(
        help: ArgumentHelp("The new version is that of this git revision; by default the file.", valueName: "revision"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "What can be seen: handlers or modules that `commit` names, and `returns`, separated by commas; by default all.",
            valueName: "names"))
    var events: [NameList] = []

    @Option(
        help: ArgumentHelp(
            "What gives exit status 1: \(DiffFailure.allCases.map(\.rawValue).joined(separator: ", ")).",
            valueName: "list"))
    var failOn: DiffFailureList = .standard

    @Flag(help: "Show a run to every event that is new or gone, not to one of each handler only.")
    var allWitnesses = false

    @Flag(help: "Show whole states in runs, not only what changed.")
    var full = false

    @Option(help: "How to show the result.")
    var format: Format = .text

    @Argument(help: ArgumentHelp("Two versions of a spec; with --from, one spec.", valueName: "spec"))
    var specs: [String]

    func validate() throws {
        if to != nil, from == nil { throw ValidationError("--to needs --from") }
        let count = from == nil ? 2 : 1
        guard specs.count == count else {
            throw ValidationError(
                from == nil ? "diff needs two specs, or --from with one" : "diff needs one spec with --from")
        }
    }

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = budget.options
        options.without = selection.reductionsOff
        options.events = EventSelection(events.flatMap(\.names))
        options.showsAllWitnesses = allWitnesses
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        var session = DiffSession(console: console, selection: selection, options: options)
        session.compare(versions.old, versions.new)
        if console.showsProgress { console.progress("") }
        let failures = session.result.map { failOn.failures(in: $0) } ?? []
        show(session, failures, console)
        try console.end(with: session.status(failures))
    }

    private var versions: (old: SpecVersion, new: SpecVersion) {
        guard let from else { return (SpecVersion(argument: specs[0]), SpecVersion(argument: specs[1])) }
        let new = to.map { SpecVersion.revisionOfFile($0, path: specs[0]) } ?? .file(specs[0])
        return (.revisionOfFile(from, path: specs[0]), new)
    }

    private func show(_ session: DiffSession, _ failures: [DiffFailure], _ console: Console) {
        switch format {
        case .json:
            console.out(
                JSONDiffReport().render(
                    session.result, failures: failures.map(\.rawValue), diagnostics: session.reported))
        case .markdown: if let result = session.result { console.out(MarkdownDiffReport().render(result)) }
        case .text:
            let diagram = RaceDiagram(width: console.width, coloured: console.isColoured, full: full)
            if let result = session.result { console.out(TextDiffReport(diagram: diagram).render(result)) }
        }
    }
}
