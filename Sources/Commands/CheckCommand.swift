import Analysis
import ArgumentParser
import Diagnostics
import Reports

/// `faultline check`: the verdict on every configuration of the given specs.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks specs: every scenario and variant, each against what it expects.",
        discussion: """
            Exit status: 0 everything as expected; 1 a violation, an expected one that was not found, or a pass \
            that means nothing; 2 bad input; 3 inconclusive; 70 internal error.
            """)

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var budget: BudgetOptions
    @OptionGroup var search: EngineOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var reports: ReportOptions

    @Flag(
        help: """
            Say of each run what makes its states so many: where its processes are, what each variable multiplies, which \
            bound to lower first, and what each reduction gives.
            """)
    var explainStates = false

    @OptionGroup var coverage: CoverageOptions

    @Argument(help: ArgumentHelp("Specs (.fl), or folders with specs.", valueName: "path"))
    var paths: [String]

    func validate() throws {
        try reports.validate(sparing: paths + [coverage.coverage].compactMap { $0 })
        guard search.engine.needsSolver else { return }
        let name = "--engine \(search.engine.rawValue)"
        if coverage.isAsked {
            throw ValidationError("\(name) can't tell what runs come by: no --coverage, no --show-coverage")
        }
        if explainStates {
            throw ValidationError("\(name) counts no states: it can't be combined with --explain-states")
        }
        if let other = budget.explicitOnly, other != "--max-states" || search.engine != .explicitZ3 {
            let engines = other == "--max-states" ? "explicit and explicit+z3" : "explicit"
            throw ValidationError("\(other) is for --engine \(engines)")
        }
    }

    func run() throws {
        let console = Console()
        let interruption = Interruption()
        var options = budget.options
        options.without = selection.reductionsOff
        options.explainsStates = explainStates
        options.survey = coverage.isAsked ? .everything : selection.survey
        var failed = CheckOutcome()
        let questions: SavedQuestions?
        switch search.apply(to: &options) {
        case .success(let saved): questions = saved
        case .failure(let missing):
            failed.add([missing], SourceMap(), console)
            return try output.show(failed, console, reports)
        }
        options.isCancelled = { [flag = interruption.flag] in flag.isSet }
        if console.showsProgress { options.progress = { console.progress($0) } }
        let session = CheckSession(
            console: console, selection: selection, streamsText: output.streamedText(console),
            freesConstants: search.engine == .explicitZ3
        ) { [options] run throws(InternalError) in
            try ModelCheck(run, options).finding()
        }
        var outcome = session.check(paths)
        coverage.write(&outcome, console)
        search.tell(of: questions, console)
        outcome.add(questions?.problems ?? [], SourceMap(), console)
        try output.show(outcome, console, reports)
    }
}
