import Diagnostics
import Program
import Syntax

struct HandlerParts {
    let name: Name
    let parameters: [ParameterTree]
    let result: TypeTree?
    let holding: [HoldingTree]
    let body: BlockTree?
    let isGhost: Bool
}

struct ProcessParts {
    let name: Name
    let index: [ParameterTree]
    let kind: Syntax.ProcessKind
    let owner: ExprTree?
    let interrupts: Bool
    let interruptsWhen: ExprTree?
    let body: BlockTree
}

extension Elaborator {
    // MARK: Functions

    func declareFunction(
        _ name: Name, _ parameters: [ParameterTree], _ result: TypeTree, _ tree: ExprTree?, in instance: Instance
    ) -> Symbol? {
        let body = BodyScope(.function, in: instance)
        guard declareParameters(parameters, body), let type = resolve(result, in: instance),
            isPassable(type, at: result.span)
        else { return nil }
        let id = FunctionID(program.functions.count)
        let placeholder = Expr(.constant(program.defaultValue(of: type)), type, name.span)
        program.functions.append(
            Function(
                name: instance.qualified(name.text), scope: body.scope, result: type, body: placeholder, span: name.span
            ))
        pendingFunctions[id] = { [unowned self] in
            guard let tree, let checked = check(tree, expecting: type, body) else { return }
            let function = program[id]
            program.functions[id.raw] = Function(
                name: function.name, scope: body.scope, result: type, body: checked, span: function.span)
        }
        pendingBodies.append { [unowned self] in completeFunction(id) }
        return .function(id)
    }

    /// Checks the body of a function, if that has not been done or begun.
    func completeFunction(_ id: FunctionID) { pendingFunctions.removeValue(forKey: id)?() }

    /// Whether values of a type may be passed, returned, bound and compared: locks may not.
    func isPassable(_ type: Type, at span: Span) -> Bool {
        guard containsLock(type) else { return true }
        report(
            .typeMismatch,
            isLock(type)
                ? "a lock can't be passed; pass its index" : "\(describe(type)) holds a lock, which can't be passed",
            at: span)
        return false
    }

    /// Parameters of functions may be any integers; those of handlers are kept, so they need bounds.
    private func isStorable(_ type: Type, at span: Span, _ body: BodyScope) -> Bool {
        if case .function = body.kind { return true }
        guard type == .int else { return true }
        report(.cannotInfer, "a parameter of a handler needs bounds: `a..b`", at: span)
        return false
    }

    private func declareParameters(_ trees: [ParameterTree], _ body: BodyScope) -> Bool {
        for tree in trees {
            guard let type = resolve(tree.type, in: body.instance) else { return false }
            guard let name = tree.name else { continue }
            if tree.isPlace {
                report(.notSupported, "`place` parameters are not part of the language of this release", at: name.span)
                return false
            }
            guard isPassable(type, at: tree.type.span), isStorable(type, at: tree.type.span, body) else { return false }
            rejectReuse(name, body)
            _ = body.declareParameter(name, type)
        }
        return true
    }

    // MARK: Handlers

    func declareHandler(_ parts: HandlerParts, in instance: Instance) -> Symbol? {
        var result = Type.unit
        if let tree = parts.result {
            guard let type = resolve(tree, in: instance), isPassable(type, at: tree.span) else { return nil }
            guard type != .int else {
                report(.cannotInfer, "what a handler returns needs bounds: `a..b`", at: tree.span)
                return nil
            }
            result = type
        }
        let body = BodyScope(.handler(result: result, isGhost: parts.isGhost), in: instance)
        guard declareParameters(parts.parameters, body) else { return nil }
        let id = HandlerID(program.handlers.count)
        program.handlers.append(
            Handler(
                name: instance.qualified(parts.name.text), isGhost: parts.isGhost, scope: body.scope, result: result,
                holding: [], body: Block([], parts.name.span), span: parts.name.span))
        pendingBodies.append { [unowned self] in completeHandler(id, parts, body) }
        return .handler(id)
    }

    private func completeHandler(_ id: HandlerID, _ parts: HandlerParts, _ body: BodyScope) {
        var holding: [Holding] = []
        for tree in parts.holding {
            guard let place = place(tree.place, body) else { continue }
            guard isLock(place.type) else {
                report(.typeMismatch, "`holding` names a lock", at: tree.place.span)
                continue
            }
            holding.append(Holding(place: place, mode: tree.shared ? .shared : .exclusive))
        }
        let handler = program[id]
        var block = Block([], parts.name.span)
        if let tree = parts.body {
            let before = diagnostics.count
            block = self.block(tree, body)
            rejectFirstElements(in: block, body)
            if handler.result != .unit, canFallThrough(block), diagnostics.count == before {
                report(
                    .missingReturn, "`\(handler.name)` returns \(describe(handler.result)), but its end can be reached",
                    at: parts.result?.span ?? parts.name.span)
            }
        } else if handler.result != .unit {
            // An open handler of a library that is checked on its own: any result stands in.
            let value = Expr(.constant(program.defaultValue(of: handler.result)), handler.result, parts.name.span)
            block = Block([Stmt(id: newStatementID(), .returnValue(value), parts.name.span, role: .local)], block.span)
        }
        program.handlers[id.raw] = Handler(
            name: handler.name, isGhost: handler.isGhost, scope: body.scope, result: handler.result, holding: holding,
            body: block, span: handler.span)
    }

    // MARK: Processes

    private static let maximumInstancesOfProcess = 256

    func declareProcess(_ parts: ProcessParts, in instance: Instance) -> Symbol? {
        let key = SettingKey(instance: instance.number, name: parts.name.text)
        if excludedProcesses.contains(key) { return .process(nil) }
        if let only = onlyProcesses, !only.contains(key), instance.isRoot { return .process(nil) }
        if parts.interrupts {
            report(
                .notSupported, "`interrupts` is not part of the language of this release", at: parts.name.span)
            return nil
        }
        let body = BodyScope(.process, in: instance)
        guard let indexTypes = indexTypes(parts.index, body) else { return nil }
        if elements(indexTypes) == 0 { return .process(nil) }
        guard elements(indexTypes) <= Self.maximumInstancesOfProcess else {
            report(
                .tooLarge,
                "there would be \(elements(indexTypes)) processes `\(instance.qualified(parts.name.text))`; "
                    + "at most \(Self.maximumInstancesOfProcess) can be followed", at: parts.name.span)
            return nil
        }
        if let owner = parts.owner { _ = infer(owner, hint: nil, body) }
        let kind: ResolvedProcessKind =
            switch parts.kind {
            case .ordinary: .ordinary
            case .daemon: .daemon
            case .hardware: .hardware
            }
        let id = ProcessID(program.processes.count)
        program.processes.append(
            Process(
                name: instance.qualified(parts.name.text), kind: kind, indexTypes: indexTypes, scope: body.scope,
                body: Block([], parts.name.span), span: parts.name.span))
        pendingBodies.append { [unowned self] in
            let block = self.block(parts.body, body)
            rejectFirstElements(in: block, body)
            let process = program[id]
            program.processes[id.raw] = Process(
                name: process.name, kind: kind, indexTypes: indexTypes, scope: body.scope, body: block,
                span: process.span)
        }
        return .process(id)
    }

    // MARK: Properties

    func declareProperty(_ name: Name, _ tree: PropertyTreeKind, in instance: Instance) -> Symbol? {
        let qualified = instance.qualified(name.text)
        if case .theorem(let parameters, let claims) = tree {
            return declareTheorem(name, parameters, claims, in: instance)
        }
        pendingBodies.append { [unowned self] in completeProperty(qualified, name, tree, instance) }
        return .property(qualified)
    }

    private func completeProperty(_ qualified: String, _ name: Name, _ tree: PropertyTreeKind, _ instance: Instance) {
        let isTransition = if case .transition = tree { true } else { false }
        let body = BodyScope(.property(isTransition: isTransition), in: instance)
        func conjuncts(_ trees: [ExprTree]) -> [Expr] {
            trees.compactMap { tree in body.inFrame { check(tree, expecting: .bool, body) } }
        }
        let kind: PropertyKind?
        switch tree {
        case .invariant(let atRest, _, let trees): kind = .invariant(atRest: atRest, conjuncts(trees))
        case .transition(let trees): kind = .transition(conjuncts(trees))
        case .reachable(let tree): kind = conjuncts([tree]).first.map { .reachable($0) }
        case .progress:
            kind = nil
            if !isLibrary {
                report(
                    .progressNotChecked, "`progress` properties can't be checked: `\(qualified)` is left out",
                    at: name.span, severity: .warning)
            }
        case .theorem: kind = nil
        }
        guard let kind else { return }
        let isLemma = if case .invariant(_, isLemma: true, _) = tree { true } else { false }
        program.properties.append(
            Property(name: qualified, kind: kind, scope: body.scope, isLemma: isLemma, span: name.span))
    }

    // MARK: init

    /// The `init` blocks: those of libraries first, the root's last; the root's may write any variable.
    func elaborateInitialization(of root: Instance) {
        let body = BodyScope(.initial, in: root)
        var statements: [Stmt] = []
        for instance in instances.dropFirst() + [root] {
            body.instance = instance
            for declaration in instance.tree.declarations {
                guard case .initial(let tree) = declaration.kind else { continue }
                statements += block(tree, body).statements
            }
        }
        rejectFirstElements(in: Block(statements, Span(root.tree.source, 0, 0)), body)
        program.initialization = Initialization(
            scope: body.scope, body: Block(statements, Span(root.tree.source, 0, 0)))
    }
}
