import Diagnostics
import Program
import Syntax

extension Elaborator {
    func nameExpr(_ name: Name, _ hint: Type?, _ body: BodyScope) -> Expr? {
        if let entry = body.find(name.text) {
            switch entry {
            case .local(let id): return Expr(.local(id), body.type(of: id), name.span)
            case .substitution(let expr): return Expr(expr.kind, expr.type, name.span)
            case .broken: return nil
            }
        }
        if let symbol = symbol(named: name.text, in: body.instance),
            let attempt = value(of: symbol, name.text, hint, name.span, body)
        {
            return attempt.value
        }
        if let attempt = bareCase(name, hint, body.instance) { return attempt.value }
        if name.text == "unit" { return Expr(.constant(.unit), .unit, name.span) }
        reportUnknown(name, body)
        return nil
    }

    /// A name of a module as a value; nil where it is a type, a handler or the like.
    private func value(_ symbol: Symbol, _ name: String, _ span: Span, _ body: BodyScope) -> Attempt? {
        switch symbol {
        case .constant(let value, let type): return Attempt(value: Expr(.constant(value), type, span))
        case .variable(let id): return Attempt(value: variableExpr(id, [], span, body))
        case .place(let alias): return Attempt(value: aliasExpr(alias, [], span, body))
        case .type, .function, .handler, .process, .property, .module: return nil
        }
    }

    private func value(of symbol: Symbol, _ name: String, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Attempt? {
        // A case wins over a declaration that is no value, or that is no value of the wanted type.
        if case .enumeration(let id) = unwrapped(hint), hasCase(id, name) {
            switch symbol {
            case .constant(_, let type) where type == .enumeration(id): break
            case .variable(let variable) where program[variable].type == .enumeration(id): break
            case .constant, .variable, .place, .type, .function, .handler, .process, .property, .module: return nil
            }
        }
        return value(symbol, name, span, body)
    }

    private func hasCase(_ id: EnumID, _ name: String) -> Bool { program[id].cases.contains { $0.name == name } }

    /// `none`, or a case without payload: of the expected enum, or of the only enum in sight that has it.
    func bareCase(_ name: Name, _ hint: Type?, _ instance: Instance) -> Attempt? {
        if name.text == "none", case .optional(let wrapped) = hint {
            if case .enumeration(let id) = wrapped, hasCase(id, "none") {
                report(
                    .cannotInfer, "`none` could be the missing value or the case of \(describe(wrapped))",
                    at: name.span)
            }
            return Attempt(value: Expr(.constant(.none), .optional(wrapped), name.span))
        }
        guard let (id, index) = findCase(name.text, hint, instance) else { return nil }
        guard program[id].cases[index].payload.isEmpty else {
            reportMissingPayload(name, id, index)
            return Attempt(value: nil)
        }
        return Attempt(value: Expr(.constant(.enumeration(id, case: index, [])), .enumeration(id), name.span))
    }

    func reportMissingPayload(_ name: Name, _ id: EnumID, _ index: Int) {
        let fields = program[id].cases[index].payload.map { "\($0.name): \(describe($0.type))" }
        report(
            .wrongArguments, "`\(name.text)` needs its payload (\(fields.joined(separator: ", ")))", at: name.span)
    }

    /// The enum and number of a case by its name: of the expected type, else unique among the enums in sight.
    func findCase(_ name: String, _ hint: Type?, _ instance: Instance) -> (EnumID, Int)? {
        if case .enumeration(let id) = unwrapped(hint) {
            if let index = program[id].cases.firstIndex(where: { $0.name == name }) { return (id, index) }
        }
        var found: [(EnumID, Int)] = []
        for id in enumerations(in: instance) {
            if let index = program[id].cases.firstIndex(where: { $0.name == name }) { found.append((id, index)) }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The enums that a module declares or gets from its imports.
    private func enumerations(in instance: Instance) -> [EnumID] {
        var result: [EnumID] = []
        let modules = [instance] + instance.imports.keys.sorted().compactMap { instance.imports[$0] }
        for module in modules {
            for name in module.names {
                guard let declaration = module.declarations[name.text], case .enumeration = declaration.kind,
                    case .type(.enumeration(let id)) = symbol(named: name.text, in: module), !result.contains(id)
                else { continue }
                result.append(id)
            }
        }
        return result
    }

    /// The domain of which a result would show an element like this.
    private func domain(ofElement text: String) -> String? {
        let naming = Naming(program)
        let prefix = text.prefix { !$0.isNumber }
        guard let number = Int(text.dropFirst(prefix.count)) else { return nil }
        let index = program.domains.indices.first {
            number < program.domains[$0].size && naming.element(DomainID($0), number) == text
        }
        return index.map { program.domains[$0].name }
    }

    private func reportUnknown(_ name: Name, _ body: BodyScope) {
        if isInError([name.text], in: body.instance) { return }
        if let symbol = symbol(named: name.text, in: body.instance) {
            report(.wrongKindOfName, "`\(name.text)` is \(kind(of: symbol)), which has no value", at: name.span)
            return
        }
        if let domain = domain(ofElement: name.text) {
            report(
                .unknownName,
                "`\(name.text)` is what reports call an element of `\(domain)`: elements have no names, since all are alike",
                at: name.span)
            return
        }
        let known = body.visibleNames + body.instance.names.map(\.text) + caseNames(in: body.instance)
        let near = suggestion(for: name.text, among: known)
        report(
            .unknownName, "there is nothing named `\(name.text)` here", at: name.span,
            fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
    }

    func caseNames(in instance: Instance) -> [String] {
        enumerations(in: instance).flatMap { program[$0].cases.map(\.name) }
    }

    func kind(of symbol: Symbol) -> String {
        switch symbol {
        case .type: "a type"
        case .constant: "a constant"
        case .variable, .place: "a variable"
        case .function: "a function"
        case .handler: "a handler"
        case .process: "a process"
        case .property: "a property"
        case .module: "a module"
        }
    }

    // MARK: Variables

    /// A variable with its indices as an expression that reads all of it.
    func variableExpr(_ id: VariableID, _ indices: [Expr], _ span: Span, _ body: BodyScope) -> Expr? {
        let variable = program[id]
        guard indices.count == variable.indexTypes.count else {
            let count = variable.indexTypes.count
            report(
                .wrongArguments,
                count == 0
                    ? "`\(variable.name)` is no array"
                    : "`\(variable.name)` needs \(count) "
                        + (count == 1 ? "index" : "indices") + ", and has \(indices.count)", at: span,
                notes: [Note("declared here", at: variable.span)])
            return nil
        }
        let place = Place(variable: id, indices: indices, fields: [], type: variable.type, span: span)
        return Expr(.read(place, racy: false), variable.type, span)
    }

    /// An open variable that is bound to a place: the place, with the indices put in.
    func aliasExpr(_ alias: PlaceAlias, _ indices: [Expr], _ span: Span, _ body: BodyScope) -> Expr? {
        guard indices.count == alias.indices.count else {
            report(.wrongArguments, "\(alias.indices.count) indices are needed here", at: span)
            return nil
        }
        let inner = body.within(alias.scope, zip(alias.indices.map(\.text), indices).map { ($0, $1) })
        guard let expr = infer(alias.value, hint: nil, inner) else { return nil }
        guard case .read(let place, let racy) = expr.kind else {
            report(.typeMismatch, "an open variable is bound to a place", at: alias.value.span)
            return nil
        }
        let moved = Place(
            variable: place.variable, indices: place.indices, fields: place.fields, inner: place.inner,
            type: place.type, span: span)
        return Expr(.read(moved, racy: racy), expr.type, span)
    }

    func indexed(_ base: ExprTree, _ trees: [ExprTree], _ span: Span, _ body: BodyScope) -> Expr? {
        guard let parts = base.pathParts, body.find(parts[0].text) == nil,
            let symbol = lookUp(parts.map(\.text), in: body.instance)
        else {
            if let parts = base.pathParts, body.find(parts[0].text) == nil,
                isInError(parts.map(\.text), in: body.instance)
            {
                return nil
            }
            guard let value = infer(base, hint: nil, body) else { return nil }
            report(.typeMismatch, "this is \(describe(value.type)), which has no elements", at: base.span)
            return nil
        }
        switch symbol {
        case .variable(let id):
            guard let indices = indices(trees, program[id].indexTypes, base.span, body) else { return nil }
            return variableExpr(id, indices, span, body)
        case .place(let alias):
            var indices: [Expr] = []
            for tree in trees {
                guard let index = infer(tree, hint: nil, body) else { return nil }
                indices.append(index)
            }
            return aliasExpr(alias, indices, span, body)
        case .function(let id): return call(function: id, trees, span, body)
        case .type, .constant, .handler, .process, .property, .module:
            report(.typeMismatch, "\(kind(of: symbol)) has no elements", at: base.span)
            return nil
        }
    }

    func indices(_ trees: [ExprTree], _ types: [Type], _ span: Span, _ body: BodyScope) -> [Expr]? {
        guard trees.count == types.count else {
            report(
                .wrongArguments,
                types.isEmpty
                    ? "this has no indices"
                    : "\(types.count) \(types.count == 1 ? "index is" : "indices are") needed here, "
                        + "and there \(trees.count == 1 ? "is 1" : "are \(trees.count)")", at: span)
            return nil
        }
        var result: [Expr] = []
        for (tree, type) in zip(trees, types) {
            guard let expr = check(tree, expecting: type, body) else { return nil }
            result.append(expr)
        }
        return result
    }
}
