import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// A theorem's parameters are symbolic constants that only it can name.
    func declareTheorem(
        _ name: Name, _ parameters: [ParameterTree], _ claims: [ExprTree], in instance: Instance
    ) -> Symbol? {
        let qualified = instance.qualified(name.text)
        let body = BodyScope(.property(isTransition: false), in: instance)
        var variables: [VariableID] = []
        for tree in parameters {
            guard let parameter = tree.name, let id = declareParameter(tree, parameter, of: name, in: instance) else {
                return nil
            }
            rejectReuse(parameter, body)
            let type = program[id].type
            let place = Place(variable: id, indices: [], fields: [], type: type, span: parameter.span)
            body.declareSubstitution(parameter.text, Expr(.read(place, racy: false), type, parameter.span))
            variables.append(id)
        }
        pendingBodies.append { [unowned self] in completeTheorem(qualified, name, variables, claims, body) }
        return .property(qualified)
    }

    private func declareParameter(
        _ tree: ParameterTree, _ name: Name, of theorem: Name, in instance: Instance
    ) -> VariableID? {
        guard let type = resolve(tree.type, in: instance) else { return nil }
        guard !tree.isPlace, !containsLock(type), type != .int else {
            let what = type == .int ? "needs bounds: `a..b`, or `bits<64>`" : "is a value, and no place or lock"
            report(.typeMismatch, "a parameter of a theorem \(what)", at: tree.type.span)
            return nil
        }
        let parts = VariableParts(
            name: Name("\(theorem.text).\(name.text)", name.span), index: [], type: tree.type, initial: nil,
            guards: nil,
            owner: nil, condition: nil, isGhost: false, isAtomic: false)
        guard case .variable(let id) = declareVariable(parts, role: .symbolicConstant, in: instance) else { return nil }
        program.variables[id.raw].isVanished = true
        return id
    }

    private func completeTheorem(
        _ qualified: String, _ name: Name, _ parameters: [VariableID], _ claims: [ExprTree], _ body: BodyScope
    ) {
        let conjuncts = claims.compactMap { tree in body.inFrame { check(tree, expecting: .bool, body) } }
        for conjunct in conjuncts {
            guard let foreign = foreignRead(in: conjunct) else { continue }
            report(
                .theoremReadsState, "a theorem is about values, and this reads the state", at: foreign,
                notes: [Note("what it is about is a parameter; `invariant` is for claims about states", at: name.span)])
        }
        program.theorems.append(
            Theorem(
                property: Property(
                    name: qualified, kind: .invariant(atRest: false, conjuncts), scope: body.scope, span: name.span),
                parameters: parameters))
    }
}
