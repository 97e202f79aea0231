import Analysis
import Diagnostics

/// Puts down what became of the configurations of one spec, saying each thing once.
struct SpecRecord {
    private let path: String
    private let loaded: LoadedSpec
    /// Whether the command line names the file itself.
    private let isNamed: Bool
    private let selection: SelectionOptions
    private let console: Console
    private var shown: Set<Diagnostic> = []
    var coverage = Coverage()

    init(_ path: String, _ loaded: LoadedSpec, isNamed: Bool, _ selection: SelectionOptions, _ console: Console) {
        self.path = path
        self.loaded = loaded
        self.isNamed = isNamed
        self.selection = selection
        self.console = console
    }

    /// What reading the spec had to say; false where nothing can be made of it.
    func begin(_ outcome: inout CheckOutcome) -> Bool {
        outcome.add(loaded.diagnostics, loaded.workspace.sources, console)
        return !loaded.diagnostics.hasErrors
    }

    /// What preparing a configuration had to say. Nil where there is nothing to search.
    mutating func add(_ preparation: Preparation, _ outcome: inout CheckOutcome) -> PreparedRun? {
        outcome.add(
            preparation.diagnostics.filter { shown.insert($0).inserted }, loaded.workspace.sources, console)
        outcome.matched = true
        if let run = preparation.run { return run }
        coverage.cut()
        guard preparation.request.isLibrary, !preparation.diagnostics.hasErrors else { return nil }
        outcome.libraries.append(path)
        if isNamed {
            console.error("\(path): a library without scenarios; names, types and rules are right\n")
        }
        return nil
    }

    /// Only all configurations together can tell that a statement is never executed.
    func end(_ outcome: inout CheckOutcome) {
        for source in loaded.workspace.sources.sources.dropFirst() {
            outcome.moduleFiles[source.name] = loaded.file(ofModule: source.name)
        }
        guard selection.isEverything else { return }
        outcome.add(Vacuity(coverage, loaded.workspace).diagnostics(), loaded.workspace.sources, console)
    }
}
