import Analysis
import Diagnostics
import Foundation
import Model
import Semantics

/// The models of the specs of the repository.
enum RepositorySpecs {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let paths: [String] = ["specs/teaching", "specs/linux", "Benchmarks/models"].flatMap { folder in
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []
        return names.filter { $0.hasSuffix(".fl") }.sorted().map { folder + "/" + $0 }
    }

    /// All scenarios and variants, by name.
    static func models(_ path: String) throws -> [(name: String, model: Model)] {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        let workspace = Workspace(root: SourceText(name: path, text: text), library: TreeModules())
        return Configurations(of: workspace.root).requests.compactMap { request in
            let run = Preparation.prepare(workspace, request, path: path).run
            return run.map { ("\(path) \(request.scenario ?? "") \(request.variant ?? "")", $0.model) }
        }
    }

    /// The modules of the source tree.
    private struct TreeModules: ModuleSource {
        func text(ofModule module: String) -> SourceText? {
            let path = "specs/" + module.split(separator: ".").joined(separator: "/") + ".fl"
            guard let text = try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8) else {
                return nil
            }
            return SourceText(name: path, text: text)
        }
    }
}
