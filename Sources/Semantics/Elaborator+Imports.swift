import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// Makes or shares an instance for each import, and checks that every hole is bound.
    func connectImports(of importer: Instance) {
        importDepth += 1
        defer { importDepth -= 1 }
        for item in Self.inOrderOfNeed(importer.tree.imports) {
            guard let alias = item.alias ?? item.module.parts.last else { continue }
            guard let tree = workspace.modules[item.module.text] else {
                importer.brokenImports.insert(alias.text)
                continue
            }
            if importer.imports[alias.text] != nil {
                report(.duplicateName, "there is already an import named `\(alias.text)`", at: alias.span)
                continue
            }
            guard mayImport(item, tree, importer) else {
                importer.brokenImports.insert(alias.text)
                continue
            }
            guard let instance = instance(for: item, tree, alias, importer) else {
                importer.brokenImports.insert(alias.text)
                continue
            }
            importer.imports[alias.text] = instance
        }
    }

    /// How deep imports nest, and how many instances of modules there are, at most.
    private static let maximumImportDepth = 32
    private static let maximumInstances = 200

    private func mayImport(_ item: ImportTree, _ tree: FileTree, _ importer: Instance) -> Bool {
        if tree.source == workspace.root.source {
            let text =
                importer.isRoot
                ? "a module can't import itself"
                : "`\(item.module.text)` is being checked, and can't be imported from here"
            report(.importCycle, text, at: item.module.span)
            return false
        }
        guard importDepth < Self.maximumImportDepth, instances.count < Self.maximumInstances else {
            if !hasTooManyInstances {
                report(
                    .importCycle, "these imports never end: each asks for another instance of a module",
                    at: item.module.span)
            }
            hasTooManyInstances = true
            return false
        }
        return true
    }

    /// Imports whose bindings name other imports come after those, so that equal bindings are seen to be equal.
    private static func inOrderOfNeed(_ items: [ImportTree]) -> [ImportTree] {
        let aliases = Set(items.compactMap { ($0.alias ?? $0.module.parts.last)?.text })
        var waiting = items
        var done: Set<String> = []
        var result: [ImportTree] = []
        while !waiting.isEmpty {
            let next = waiting.firstIndex { $0.bindings.allSatisfy { needs($0, aliases).isSubset(of: done) } } ?? 0
            let item = waiting.remove(at: next)
            if let alias = item.alias ?? item.module.parts.last { done.insert(alias.text) }
            result.append(item)
        }
        return result
    }

    private static func needs(_ binding: BindingTree, _ aliases: Set<String>) -> Set<String> {
        guard let parts = binding.value?.pathParts, parts.count > 1, aliases.contains(parts[0].text) else { return [] }
        return [parts[0].text]
    }

    /// Equal bindings of one module give the same instance; nil where holes are left.
    private func instance(for item: ImportTree, _ tree: FileTree, _ alias: Name, _ importer: Instance) -> Instance? {
        guard let bindings = checkedBindings(item, tree, importer) else { return nil }
        if let same = instances.first(where: { $0.tree.source == tree.source && isSame($0.bindings, bindings) }) {
            return same
        }
        let instance = makeInstance(of: tree, prefix: importer.qualified(alias.text) + ".", isRoot: false)
        instance.bindings = bindings
        connectImports(of: instance)
        return instance
    }

    private func checkedBindings(_ item: ImportTree, _ tree: FileTree, _ importer: Instance) -> [String: HoleBinding]? {
        var isComplete = true
        let bindable = Self.bindableNames(tree)
        var result: [String: HoleBinding] = [:]
        for binding in item.bindings {
            guard bindable[binding.name.text] != nil else {
                let near = suggestion(for: binding.name.text, among: bindable.keys.sorted())
                report(
                    .unknownName, "`\(item.module.text)` has nothing named `\(binding.name.text)` to bind",
                    at: binding.name.span,
                    fixIts: near.map { [FixIt("use `\($0)`", replace: binding.name.span, with: $0)] } ?? [])
                continue
            }
            if result[binding.name.text] != nil {
                report(.duplicateName, "`\(binding.name.text)` is bound twice", at: binding.name.span)
            }
            result[binding.name.text] = HoleBinding(tree: binding, scope: importer)
        }
        for declaration in tree.declarations where declaration.isOpen && !declaration.hasDefault {
            for name in declaration.names where result[name.text] == nil {
                isComplete = false
                report(
                    .holeNotBound, "`\(item.module.text)` needs a \(declaration.kindInWords) for `\(name.text)`",
                    at: item.module.span,
                    notes: [
                        Note("declared open here", at: name.span),
                        Note(
                            "bind it: `with { \(name.text) = … }`, or `with { \(name.text) }` for one of the same name"),
                    ])
            }
        }
        return isComplete ? result : nil
    }

    /// Open declarations, and constants: their value is then the default.
    private static func bindableNames(_ tree: FileTree) -> [String: DeclTree] {
        var result: [String: DeclTree] = [:]
        for declaration in tree.declarations {
            let isConstant = if case .constant = declaration.kind { true } else { false }
            guard declaration.isOpen || isConstant else { continue }
            for name in declaration.names { result[name.text] = declaration }
        }
        return result
    }

    private func isSame(_ a: [String: HoleBinding], _ b: [String: HoleBinding]) -> Bool {
        guard Set(a.keys) == Set(b.keys) else { return false }
        return a.allSatisfy { name, binding in
            guard let other = b[name] else { return false }
            return identity(of: binding, 0) == identity(of: other, 0)
        }
    }

    /// What a binding finally names: instance and declaration for a name, the text for anything else.
    private func identity(of binding: HoleBinding, _ depth: Int) -> String {
        guard binding.tree.indices.isEmpty else { return textualIdentity(binding) }
        guard let value = binding.tree.value else {
            return declarationIdentity([binding.tree.name.text], binding.scope, depth + 1)
        }
        guard let parts = value.pathParts else { return textualIdentity(binding) }
        return declarationIdentity(parts.map(\.text), binding.scope, depth + 1)
    }

    private func textualIdentity(_ binding: HoleBinding) -> String {
        let span = binding.tree.value?.span ?? binding.tree.type?.span ?? binding.tree.name.span
        let indices = binding.tree.indices.map(\.text).joined(separator: ",")
        return "\(binding.scope.number):[\(indices)]\(workspace.sources.text(span))"
    }

    /// Bindings that go in a circle (an error found later) end at the depth limit.
    private func declarationIdentity(_ parts: [String], _ scope: Instance, _ depth: Int) -> String {
        if depth > 2 * Self.maximumImportDepth { return "circle" }
        if parts.count == 2, let module = scope.imports[parts[0]] {
            return declarationIdentity([parts[1]], module, depth + 1)
        }
        if parts.count == 1, let bound = scope.bindings[parts[0]] { return identity(of: bound, depth + 1) }
        return "\(scope.number).\(parts.joined(separator: "."))"
    }
}

extension DeclTree {
    /// Whether an open declaration has something to stand in where it is not bound.
    var hasDefault: Bool {
        switch kind {
        case .domain, .enumeration, .record, .process, .property, .scenario, .variant, .initial, .error: false
        case .typeAlias(_, let type): type != nil
        case .constant(_, _, _, let initial, let isSymbolic): initial != nil || isSymbolic
        case .variable(_, _, _, let initial, _, _, _, _, _): initial != nil
        case .function(_, _, _, let body): body != nil
        case .handler(_, _, _, _, let body, _): body != nil
        }
    }
}

extension ExprTree {
    /// The names of `a.b.c`, or nil for anything else.
    var pathParts: [Name]? {
        switch kind {
        case .name(let name): [name]
        case .member(let base, let name): base.pathParts.map { $0 + [name] }
        case .number, .bool, .string, .index, .slice, .call, .record, .bitsConversion, .unary, .binary, .isPattern,
            .conditional, .match, .quantified, .cardinality, .setLiteral, .setComprehension, .allOf, .with, .unwrap,
            .racy, .old, .unbounded, .error:
            nil
        }
    }
}
