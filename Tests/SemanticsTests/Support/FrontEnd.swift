import Diagnostics
import Foundation
import Program
import Rules
import Semantics
import Slicing
import Syntax

/// Modules given as texts, or read from folders.
struct TestLibrary: ModuleSource {
    var texts: [String: String] = [:]
    var folders: [URL] = []

    func text(ofModule module: String) -> SourceText? {
        let name = module.split(separator: ".").joined(separator: "/") + ".fl"
        if let text = texts[module] { return SourceText(name: name, text: text) }
        for folder in folders {
            if let data = try? Data(contentsOf: folder.appendingPathComponent(name)) {
                return SourceText(name: name, utf8: Array(data))
            }
        }
        return nil
    }
}

/// What the front end makes of a spec: parse, elaborate each configuration, slice, check the rules.
struct FrontEnd {
    let sources: SourceMap
    private(set) var diagnostics: [Diagnostic]
    private(set) var requests: [ConfigurationRequest] = []
    /// One per configuration; nil where it has errors.
    private(set) var programs: [Program?] = []

    init(_ text: SourceText, library: TestLibrary = TestLibrary(), overrides: [String] = []) {
        let workspace = Workspace(root: text, library: library, overrides: overrides)
        sources = workspace.sources
        diagnostics = workspace.diagnostics
        guard !diagnostics.hasErrors else { return }
        let configurations = Configurations(of: workspace.root, overrides: workspace.overrides)
        diagnostics += configurations.diagnostics
        requests = configurations.requests
        if requests.isEmpty, !configurations.diagnostics.hasErrors { requests = [Configurations.library] }
        for request in requests {
            let checked = elaborate(workspace, request)
            diagnostics += checked.diagnostics
            programs.append(checked.program)
            guard let program = checked.program else { continue }
            diagnostics += Rules.check(slice(program, removingUnread: false))
        }
    }

    init(_ text: String, library: TestLibrary = TestLibrary(), overrides: [String] = []) {
        self.init(SourceText(name: "spec.fl", text: text), library: library, overrides: overrides)
    }

    var rendered: String { Renderer(sources: sources).render(diagnostics) }
    /// The codes, once each, in their order.
    var codes: [String] { Set(diagnostics.map(\.code.rawValue)).sorted() }
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
    /// The program of the first configuration.
    var program: Program? { programs.first ?? nil }

    /// The program of a variant or scenario.
    func program(of name: String) -> Program? {
        zip(requests, programs).first { ($0.0.variant ?? $0.0.scenario) == name }?.1
    }
}

/// Folders of this test target and of the repository.
enum Folders {
    static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures")
    static let repository = fixtures.deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let modules = fixtures.appendingPathComponent("modules")

    /// The files of a folder and its subfolders, by path.
    static func files(in folder: URL, ending suffix: String) -> [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.allObjects ?? []).compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix(suffix) }
            .sorted { $0.path < $1.path }
    }
}
