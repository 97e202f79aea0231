import Diagnostics
import Program
import Syntax

/// What fills a hole must fit it: the same types, the same parameters, ghost for ghost.
extension Elaborator {
    func checkBinding(of name: String, in instance: Instance) {
        guard let declaration = instance.declarations[name], let binding = instance.bindings[name],
            case .done(let found) = instance.symbols[name], let symbol = found
        else { return }
        let span = binding.tree.value?.span ?? binding.tree.type?.span ?? binding.tree.name.span
        let hole = Hole(name: name, declared: declaration.names.first { $0.text == name }?.span, bound: span)
        switch declaration.kind {
        case .variable(_, let index, let type, _, _, _, _, let isGhost, _):
            let parts = VariableHole(hole: hole, index: index, type: type, isGhost: isGhost)
            checkVariable(parts, symbol, instance)
        case .handler(_, let parameters, let result, _, _, let isGhost):
            guard case .handler(let id) = symbol else { return }
            let target = program[id]
            guard target.isGhost == isGhost else {
                let words = (
                    hole: isGhost ? "a ghost handler" : "a handler", target: target.isGhost ? "a ghost" : "no ghost"
                )
                misfit(hole, "`\(name)` needs \(words.hole), and `\(target.name)` is \(words.target)")
                return
            }
            checkSignature(hole, parameters, result, (target.name, target.scope, target.result), instance)
        case .function(_, let parameters, let result, _):
            guard case .function(let id) = symbol else { return }
            let target = program[id]
            checkSignature(hole, parameters, result, (target.name, target.scope, target.result), instance)
        case .domain, .typeAlias, .enumeration, .record, .constant, .initial, .process, .property, .scenario, .variant,
            .error:
            return
        }
    }

    private struct Hole {
        let name: String
        let declared: Span?
        let bound: Span
    }

    private struct VariableHole {
        let hole: Hole
        let index: [ParameterTree]
        let type: TypeTree
        let isGhost: Bool
    }

    private func misfit(_ hole: Hole, _ message: String) {
        report(.typeMismatch, message, at: hole.bound, notes: [Note("declared open here", at: hole.declared)])
    }

    private func checkVariable(_ parts: VariableHole, _ symbol: Symbol, _ instance: Instance) {
        let body = BodyScope(.variable, in: instance)
        guard let type = resolve(parts.type, in: instance), let indexTypes = indexTypes(parts.index, body) else {
            return
        }
        let indices = zip(body.scope.parameters, indexTypes).map { Expr(.local($0), $1, parts.hole.bound) }
        let place: Expr?
        switch symbol {
        case .variable(let id):
            guard program[id].indexTypes == indexTypes else {
                misfit(
                    parts.hole,
                    "`\(parts.hole.name)` is indexed by \(list(indexTypes)), and `\(program[id].name)` by "
                        + list(program[id].indexTypes))
                return
            }
            place = variableExpr(id, indices, parts.hole.bound, body)
        case .place(let alias): place = aliasExpr(alias, indices, parts.hole.bound, body)
        case .type, .constant, .function, .handler, .process, .property, .module: return
        }
        guard let place else { return }
        guard place.type == type else {
            misfit(parts.hole, "`\(parts.hole.name)` needs \(describe(type)), and this is \(describe(place.type))")
            return
        }
        guard case .read(let target, _) = place.kind else { return }
        let variable = program[target.variable]
        if (variable.role == .ghost) != parts.isGhost {
            let words = parts.isGhost ? "a ghost variable" : "a variable that is no ghost"
            misfit(
                parts.hole,
                "`\(parts.hole.name)` needs \(words), and `\(variable.name)` is \(parts.isGhost ? "none" : "one")")
        }
    }

    private func checkSignature(
        _ hole: Hole, _ parameters: [ParameterTree], _ result: TypeTree?,
        _ target: (name: String, scope: Scope, result: Type), _ instance: Instance
    ) {
        let needed = parameters.compactMap { resolve($0.type, in: instance) }
        let given = target.scope.parameters.map { target.scope.locals[$0.raw].type }
        guard needed.count == parameters.count else { return }
        guard needed == given else {
            misfit(hole, "`\(hole.name)` takes \(list(needed)), and `\(target.name)` takes \(list(given))")
            return
        }
        let resultType = result.map { resolve($0, in: instance) } ?? .unit
        guard let resultType, resultType != target.result else { return }
        misfit(
            hole,
            "`\(hole.name)` returns \(describe(resultType)), and `\(target.name)` returns \(describe(target.result))")
    }

    private func list(_ types: [Type]) -> String {
        types.isEmpty ? "nothing" : types.map { describe($0) }.joined(separator: ", ")
    }
}
