import Analysis
import Diagnostics
import Foundation
import Semantics

/// A spec with its modules, and the configurations that were asked for.
struct LoadedSpec: Sendable {
    let workspace: Workspace
    let requests: [ConfigurationRequest]
    let diagnostics: [Diagnostic]
    /// Where its modules were looked for, as far as their files.
    let modulePlaces: [URL]

    static func load(
        _ path: String, _ selection: SelectionOptions, _ library: InstalledLibrary
    ) -> Result<LoadedSpec, Diagnostic> {
        readSource(path).map { text in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let modules = RecordedModules(ModuleLibrary(start: folder, environment: library))
            return LoadedSpec(text, modules, selection) { modules.places }
        }
    }

    /// - Parameter places: where the library has looked for modules, when all are loaded.
    init(
        _ text: SourceText, _ library: some ModuleSource, _ selection: SelectionOptions,
        places: () -> [URL] = { [] }
    ) {
        workspace = Workspace(root: text, library: library, overrides: selection.set)
        let configurations = Configurations(of: workspace.root, overrides: workspace.overrides)
        let all = configurations.requests.isEmpty ? [Configurations.library] : configurations.requests
        requests = all.filter { selection.includes($0) }
        diagnostics = workspace.diagnostics + configurations.diagnostics
        modulePlaces = places()
    }

    /// The file in which a module was found, by the name that its source has.
    func file(ofModule name: String) -> String? {
        modulePlaces.first { $0.path.hasSuffix("/\(name)") && FileManager.default.fileExists(atPath: $0.path) }?.path
    }

    func prepare(
        _ request: ConfigurationRequest, _ path: String, _ selection: SelectionOptions, freesConstants: Bool = false
    ) -> Preparation {
        Preparation.prepare(
            workspace, request, path: path, overrides: selection.set, without: selection.reductionsOff,
            freesConstants: freesConstants)
    }
}

extension SelectionOptions {
    /// Whether nothing is selected, set or switched off.
    var isEverything: Bool {
        scenario == nil && variant == nil && !withoutVariants && set.isEmpty && without.isEmpty
    }

    /// Nothing is said of passes that mean nothing where only a part of the spec is searched.
    var survey: ReachDemand { isEverything ? .findings : .nothing }

    /// What is said where no spec has what was selected; nil where nothing was.
    var matchesNothing: Diagnostic? {
        guard scenario != nil || variant != nil else { return nil }
        let what = [scenario.map { "scenario `\($0)`" }, variant.map { "variant `\($0)`" }]
            .compactMap { $0 }.joined(separator: " with ")
        return Diagnostic(.unknownScenario, "no spec has a \(what)", at: nil)
    }

    func includes(_ request: ConfigurationRequest) -> Bool {
        if let scenario, request.scenario != scenario { return false }
        if let variant, request.variant != variant { return false }
        if withoutVariants, request.variant != nil { return false }
        return true
    }
}
