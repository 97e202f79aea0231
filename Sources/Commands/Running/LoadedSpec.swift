import Diagnostics
import Foundation
import Semantics

/// A spec with its modules, and the configurations that were asked for.
struct LoadedSpec {
    let workspace: Workspace
    /// Where its modules are found.
    let library: ModuleLibrary
    let requests: [ConfigurationRequest]
    let diagnostics: [Diagnostic]

    static func load(
        _ path: String, _ selection: SelectionOptions, _ library: InstalledLibrary
    ) -> Result<LoadedSpec, Diagnostic> {
        readSource(path).map { text in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let modules = ModuleLibrary(start: folder, environment: library)
            let workspace = Workspace(root: text, library: modules, overrides: selection.set)
            let configurations = Configurations(of: workspace.root, overrides: workspace.overrides)
            let all = configurations.requests.isEmpty ? [Configurations.library] : configurations.requests
            return LoadedSpec(
                workspace: workspace, library: modules, requests: all.filter { selection.includes($0) },
                diagnostics: workspace.diagnostics + configurations.diagnostics)
        }
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
