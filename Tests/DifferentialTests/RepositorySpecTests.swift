import Analysis
import Diagnostics
import Foundation
import Semantics
import Testing

/// The modules of the source tree.
private struct TreeModules: ModuleSource {
    let specs: URL

    func text(ofModule module: String) -> SourceText? {
        let path = module.split(separator: ".").joined(separator: "/") + ".fl"
        guard let text = try? String(contentsOf: specs.appendingPathComponent(path), encoding: .utf8) else {
            return nil
        }
        return SourceText(name: path, text: text)
    }
}

/// The specs of the repository, in scopes that the oracle can search.
@Suite("Specs of the repository")
struct RepositorySpecTests {
    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    /// States. Without optimisation the oracle makes a hundred a second of those specs.
    private static let limit = RandomSpecTests.isSlow ? 100_000 : 150

    static let specs: [String] = ["specs/teaching", "specs/linux", "Benchmarks/models"].flatMap { folder in
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)) ?? []
        return names.filter { $0.hasSuffix(".fl") }.sorted().map { folder + "/" + $0 }
    }

    /// The smallest sizes that say something: every domain with one or two elements.
    static let sizes: [[String]] = [
        [], ["Proc=1", "Frame=1", "Slot=1"], ["Thread=1", "Mm=1", "Frame=2", "Slot=1"], ["Program=1", "Frame=2"],
        ["Program=2", "Frame=1"], ["Program=1", "Frame=1", "Slot=1"],
    ]

    static func workspace(_ path: String, overrides: [String] = []) throws -> Workspace {
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        let library = TreeModules(specs: root.appendingPathComponent("specs"))
        return Workspace(root: SourceText(name: path, text: text), library: library, overrides: overrides)
    }

    @Test("The engine agrees with the interpreter on the specs of the repository", arguments: specs)
    func agreement(path: String) throws {
        var compared = 0
        for overrides in Self.sizes {
            let workspace = try Self.workspace(path, overrides: overrides)
            guard !workspace.diagnostics.hasErrors else { continue }
            for request in Configurations(of: workspace.root, overrides: workspace.overrides).requests {
                guard let spec = Prepared(workspace, request),
                    let comparison = Comparison(spec, limit: Self.limit)
                else { continue }
                compared += 1
                #expect(comparison.differences.isEmpty, "\(path) \(overrides) \(request.variant ?? "")")
            }
        }
        print("\(path): \(compared) configurations compared")
    }
}
