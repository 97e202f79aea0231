import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// What a name of a module stands for; nil where there is no such name, or where it is in error (then that has
    /// been reported).
    func symbol(named name: String, in instance: Instance) -> Symbol? {
        if let module = instance.imports[name] { return .module(module) }
        guard let declaration = instance.declarations[name] else { return nil }
        switch instance.symbols[name] {
        case .done(let symbol): return symbol
        case .resolving:
            report(
                .recursion, "the declaration of `\(name)` needs itself",
                at: declaration.names.first { $0.text == name }?.span)
            instance.symbols[name] = .done(nil)
            return nil
        case nil: break
        }
        instance.symbols[name] = .resolving
        let symbol = declare(name, declaration, in: instance)
        if case .done(nil) = instance.symbols[name] { return nil }  // found to be circular meanwhile
        instance.symbols[name] = .done(symbol)
        return symbol
    }

    /// Whether the name is declared, whatever became of it.
    func isDeclared(_ name: String, in instance: Instance) -> Bool {
        instance.declarations[name] != nil || instance.imports[name] != nil
    }

    private func declare(_ text: String, _ declaration: DeclTree, in instance: Instance) -> Symbol? {
        guard let name = declaration.names.first(where: { $0.text == text }) else { return nil }
        if let binding = instance.bindings[text] { return bound(binding, to: name, declaration, in: instance) }
        switch declaration.kind {
        case .domain: return declareDomain(name, in: instance)
        case .typeAlias(_, let tree): return declareAlias(name, tree, in: instance)
        case .enumeration(let name, let cases): return declareEnumeration(name, cases, in: instance)
        case .record(let name, let fields, let isWord): return declareRecord(name, fields, isWord, in: instance)
        case .constant(let name, let index, let type, let initial, let isSymbolic):
            let parts = ConstantParts(name: name, index: index, type: type, initial: initial, isSymbolic: isSymbolic)
            return declareConstant(parts, in: instance)
        case .variable(
            let name, let index, let type, let initial, let guards, let owner, let condition, let isGhost,
            let isAtomic):
            let parts = VariableParts(
                name: name, index: index, type: type, initial: initial, guards: guards, owner: owner,
                condition: condition, isGhost: isGhost, isAtomic: isAtomic)
            return declareVariable(parts, in: instance)
        case .function(let name, let parameters, let result, let body):
            return declareFunction(name, parameters, result, body, in: instance)
        case .handler(let name, let parameters, let result, let holding, let body, let isGhost):
            let parts = HandlerParts(
                name: name, parameters: parameters, result: result, holding: holding, body: body, isGhost: isGhost)
            return declareHandler(parts, in: instance)
        case .process(let name, let index, let kind, let owner, let interrupts, let interruptsWhen, let body):
            let parts = ProcessParts(
                name: name, index: index, kind: kind, owner: owner, interrupts: interrupts,
                interruptsWhen: interruptsWhen, body: body)
            return declareProcess(parts, in: instance)
        case .property(let name, let kind): return declareProperty(name, kind, in: instance)
        case .initial, .scenario, .variant, .error: return nil
        }
    }

    /// What an import put into a hole.
    private func bound(
        _ binding: HoleBinding, to hole: Name, _ declaration: DeclTree, in instance: Instance
    ) -> Symbol? {
        let scope = binding.scope
        switch declaration.kind {
        case .domain, .typeAlias: return boundType(binding, hole, declaration)
        case .constant(_, let index, let type, _, _):
            guard index.isEmpty else {
                report(.notSupported, "a constant with indices can't be bound", at: binding.tree.name.span)
                return nil
            }
            guard let expected = resolve(type, in: instance) else { return nil }
            let tree = binding.tree.value ?? ExprTree(.name(binding.tree.name), binding.tree.name.span)
            return constantValue(tree, expected, in: scope).map { .constant($0, expected) }
        case .variable:
            let tree = binding.tree.value ?? ExprTree(.name(binding.tree.name), binding.tree.name.span)
            if binding.tree.indices.isEmpty, let parts = tree.pathParts,
                let target = lookUp(parts.map(\.text), in: scope), case .variable = target
            {
                return target
            }
            return .place(PlaceAlias(indices: binding.tree.indices, value: tree, scope: scope))
        case .function, .handler: return boundCallable(binding, hole, declaration)
        case .enumeration, .record, .initial, .process, .property, .scenario, .variant, .error: return nil
        }
    }

    private func boundType(_ binding: HoleBinding, _ hole: Name, _ declaration: DeclTree) -> Symbol? {
        let span = binding.tree.value?.span ?? binding.tree.type?.span ?? binding.tree.name.span
        let type: Type?
        if let tree = binding.tree.type {
            type = resolve(tree, in: binding.scope)
        } else if let value = binding.tree.value {
            report(.wrongKindOfName, "`\(hole.text)` needs a type here", at: value.span)
            return nil
        } else {
            type = resolve(TypeTree(.named(Path([binding.tree.name])), span), in: binding.scope)
        }
        guard let type else { return nil }
        if case .domain = declaration.kind {
            guard case .domain = type else {
                report(
                    .wrongKindOfName, "`\(hole.text)` is an open domain; it can't be bound to \(describe(type))",
                    at: span, notes: [Note("only a `domain` keeps its elements interchangeable", at: hole.span)])
                return nil
            }
        }
        return .type(type)
    }

    private func boundCallable(_ binding: HoleBinding, _ hole: Name, _ declaration: DeclTree) -> Symbol? {
        let tree = binding.tree.value ?? ExprTree(.name(binding.tree.name), binding.tree.name.span)
        guard let parts = tree.pathParts else {
            report(.wrongKindOfName, "`\(hole.text)` needs the name of a \(declaration.kindInWords)", at: tree.span)
            return nil
        }
        guard let target = lookUp(parts.map(\.text), in: binding.scope) else {
            if isInError(parts.map(\.text), in: binding.scope) { return nil }
            report(.unknownName, "there is no `\(parts.map(\.text).joined(separator: "."))`", at: tree.span)
            return nil
        }
        let wantsHandler = if case .handler = declaration.kind { true } else { false }
        switch target {
        case .handler where wantsHandler: return target
        case .function where !wantsHandler: return target
        case .type, .constant, .variable, .place, .function, .handler, .process, .property, .module:
            report(
                .wrongKindOfName, "`\(hole.text)` needs a \(declaration.kindInWords)", at: tree.span,
                notes: [Note("declared open here", at: hole.span)])
            return nil
        }
    }

    /// Follows `alias.name` from a module.
    func lookUp(_ parts: [String], in instance: Instance) -> Symbol? {
        guard let first = parts.first, let start = symbol(named: first, in: instance) else { return nil }
        return parts.dropFirst().reduce(Optional(start)) { current, part in
            guard case .module(let module) = current else { return nil }
            return symbol(named: part, in: module)
        }
    }
}
