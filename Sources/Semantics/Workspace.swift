import Diagnostics
import Syntax

/// Where the text of a module is found.
public protocol ModuleSource {
    /// The text of a module such as `std.memory`, or nil where there is none.
    func text(ofModule module: String) -> SourceText?
}

/// The parsed modules that one root file needs, and their sources.
public struct Workspace: Sendable {
    public private(set) var sources = SourceMap()
    public private(set) var root: FileTree
    /// By module name.
    private(set) var modules: [String: FileTree] = [:]
    /// What parsing and loading had to say.
    public private(set) var diagnostics: [Diagnostic] = []

    /// What the attributes of the root file and of each module say, in the order of the sources.
    public private(set) var annotations: [Annotations] = []

    /// The settings of the command line, in order.
    public private(set) var overrides: [SettingTree] = []

    /// Parses a root file and, from `library`, every module that it imports, directly or not.
    ///
    /// - Parameter overrides: `NAME=VALUE` texts of the command line; they are stronger than every scenario.
    public init(root text: SourceText, library: some ModuleSource, overrides: [String] = []) {
        let id = sources.add(text)
        let parsed = parse(id, text)
        root = parsed.tree
        diagnostics = parsed.diagnostics
        if let module = root.module { modules[module.text] = root }
        annotate(root)
        loadImports(of: root, from: library)
        for text in overrides { addOverride(text) }
    }

    private mutating func annotate(_ tree: FileTree) {
        let annotations = Annotations(tree)
        diagnostics += annotations.diagnostics
        self.annotations.append(annotations)
    }

    /// The same with more `NAME=VALUE` texts, which are stronger than those that are there.
    public func adding(overrides texts: [String]) -> Workspace {
        var result = self
        for text in texts { result.addOverride(text) }
        return result
    }

    private mutating func addOverride(_ text: String) {
        let option = "--set "
        let source = SourceText(name: SourceText.commandLine, text: option + text)
        let id = sources.add(source)
        let parsed = parseSetting(id, source, from: option.utf8.count)
        diagnostics += parsed.diagnostics
        guard !parsed.diagnostics.hasErrors else { return }
        switch parsed.setting.kind {
        case .assign, .sweep: overrides.append(parsed.setting)
        case .fair, .check, .without, .only, .expectHolds, .expectViolated, .error:
            let message = "this is no `NAME=VALUE`, which is what `--set` takes"
            diagnostics.append(Diagnostic(.badOption, message, at: parsed.setting.span))
        }
    }

    private mutating func loadImports(of tree: FileTree, from library: some ModuleSource) {
        for item in tree.imports where modules[item.module.text] == nil {
            let name = item.module.text
            guard let text = library.text(ofModule: name) else {
                diagnostics.append(missing(item))
                continue
            }
            let id = sources.add(text)
            let parsed = parse(id, text)
            diagnostics += parsed.diagnostics
            if let declared = parsed.tree.module, declared.text != name {
                diagnostics.append(
                    Diagnostic(
                        .unknownModule, "this file is imported as `\(name)` but calls itself `\(declared.text)`",
                        at: declared.span, notes: [Note("imported here", at: item.module.span)]))
            }
            modules[name] = parsed.tree
            annotate(parsed.tree)
            loadImports(of: parsed.tree, from: library)
        }
    }

    private func missing(_ item: ImportTree) -> Diagnostic {
        let file = item.module.text.split(separator: ".").joined(separator: "/") + ".fl"
        return Diagnostic(
            .unknownModule, "there is no module `\(item.module.text)`", at: item.module.span,
            notes: [
                Note("looked for `\(file)` beside this file, in the folders above it, and in the tool's own library")
            ])
    }
}
