import ArgumentParser
import Diagnostics
import Foundation
import Program
import Semantics

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "check", abstract: "Checks specs.")
    @Argument var paths: [String]

    func run() throws {
        for path in paths {
            let url = URL(fileURLWithPath: path)
            let data = try Data(contentsOf: url)
            let workspace = Workspace(
                root: SourceText(name: path, utf8: Array(data)),
                library: ModuleLibrary(start: url.deletingLastPathComponent(), environment: InstalledLibrary()))
            var all = workspace.diagnostics
            let configurations = Configurations(of: workspace.root)
            all += configurations.diagnostics
            let requests = configurations.requests.isEmpty ? [Configurations.library] : configurations.requests
            for request in requests {
                let checked = elaborate(workspace, request)
                all += checked.diagnostics
                print(request.scenario ?? "library", request.variant ?? "", checked.program == nil ? "errors" : "ok")
            }
            print(Renderer(sources: workspace.sources).render(all))
        }
    }
}
