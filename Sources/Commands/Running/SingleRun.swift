import Analysis
import Diagnostics
import Semantics

/// One configuration of one spec, for commands that do something with just one.
struct SingleRun {
    let path: String
    let selection: SelectionOptions
    let console: Console

    /// The first configuration that was selected. Where there is none, says why, and ends with the status of bad input.
    ///
    /// - Parameters:
    ///   - purpose: what for, such as `lower`.
    ///   - freesConstants: leaves symbolic constants free also where their values could be tried in turn.
    func prepare(to purpose: String, freesConstants: Bool = false) throws -> PreparedRun? {
        let loaded: LoadedSpec
        switch LoadedSpec.load(path, selection, InstalledLibrary()) {
        case .success(let spec): loaded = spec
        case .failure(let diagnostic):
            report([diagnostic], SourceMap(), console)
            return try refused()
        }
        report(loaded.diagnostics, loaded.workspace.sources, console)
        guard !loaded.diagnostics.hasErrors else { return try refused() }
        let requests = loaded.requests.filter { !$0.isLibrary }
        guard let request = requests.first else {
            let what = "`\(path)` has no scenarios, so there is nothing to \(purpose)"
            report([selection.matchesNothing ?? Diagnostic(.noScenario, what, at: nil)], SourceMap(), console)
            return try refused()
        }
        tell(request, of: requests)
        let preparation = Preparation.prepare(
            loaded.workspace, request, path: path, overrides: selection.set, without: selection.reductionsOff,
            freesConstants: freesConstants)
        report(preparation.diagnostics, loaded.workspace.sources, console)
        if let run = preparation.run { return run }
        if preparation.diagnostics.contains(where: { $0.code == .internalError }) {
            try ExitStatus.internalError.exit()
        }
        return try refused()
    }

    /// Says which scenario it is where another may be meant.
    private func tell(_ request: ConfigurationRequest, of requests: [ConfigurationRequest]) {
        let scenarios = Set(requests.map(\.scenario)).count
        guard let name = request.scenario, selection.scenario == nil, selection.variant == nil, scenarios > 1 else {
            return
        }
        console.error("scenario `\(name)`, the first of \(scenarios); --scenario NAME takes another\n")
    }

    private func refused() throws -> PreparedRun? {
        try ExitStatus.badInput.exit()
        return nil
    }
}
