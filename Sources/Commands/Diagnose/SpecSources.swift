import Diagnostics
import Foundation
import Semantics

/// The specs that a command line names, with all that they import.
struct SpecSources {
    private(set) var all: [SourceText] = []

    /// What is no spec, or can't be read, is passed over.
    init(named arguments: [String]) {
        let paths = arguments.filter { FileManager.default.fileExists(atPath: $0) && !$0.hasPrefix("-") }
        let library = InstalledLibrary()
        for path in SpecDiscovery(paths).files where path.hasSuffix(".fl") {
            guard case .success(let text) = readSource(path) else { continue }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            let workspace = Workspace(root: text, library: ModuleLibrary(start: folder, environment: library))
            for source in workspace.sources.sources where !all.contains(where: { $0.name == source.name }) {
                all.append(source)
            }
        }
    }
}
