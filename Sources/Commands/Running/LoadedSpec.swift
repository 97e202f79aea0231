import Diagnostics
import Foundation
import Semantics

/// A spec with its modules, and the configurations that were asked for.
struct LoadedSpec {
    let workspace: Workspace
    let requests: [ConfigurationRequest]
    let diagnostics: [Diagnostic]

    static func load(
        _ path: String, _ selection: SelectionOptions, _ library: InstalledLibrary
    ) -> Result<LoadedSpec, Diagnostic> {
        readSource(path).map { text in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            return LoadedSpec(text, ModuleLibrary(start: folder, environment: library), selection)
        }
    }

    init(_ text: SourceText, _ library: some ModuleSource, _ selection: SelectionOptions) {
        workspace = Workspace(root: text, library: library, overrides: selection.set)
        let configurations = Configurations(of: workspace.root, overrides: workspace.overrides)
        let all = configurations.requests.isEmpty ? [Configurations.library] : configurations.requests
        requests = all.filter { selection.includes($0) }
        diagnostics = workspace.diagnostics + configurations.diagnostics
    }
}

extension SelectionOptions {
    /// Whether nothing is selected, set or switched off.
    var isEverything: Bool { scenario == nil && variant == nil && set.isEmpty && without.isEmpty }

    func includes(_ request: ConfigurationRequest) -> Bool {
        if let scenario, request.scenario != scenario { return false }
        if let variant, request.variant != variant { return false }
        return true
    }
}
