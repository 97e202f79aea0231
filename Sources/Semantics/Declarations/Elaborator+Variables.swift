import Diagnostics
import Program
import Syntax

struct VariableParts {
    let name: Name
    let index: [ParameterTree]
    let type: TypeTree
    let initial: ExprTree?
    let guards: GuardTree?
    let owner: ExprTree?
    let condition: ExprTree?
    let isGhost: Bool
    let isAtomic: Bool
}

extension Elaborator {
    func declareVariable(_ parts: VariableParts, in instance: Instance) -> Symbol? {
        declareVariable(parts, role: parts.isGhost ? .ghost : .shared, in: instance)
    }

    func declareVariable(_ parts: VariableParts, role: VariableRole, in instance: Instance) -> Symbol? {
        guard let type = resolve(parts.type, in: instance), type != .int else { return nil }
        if let owner = parts.owner {
            report(.notSupported, "`owned by` is not part of the language of this release", at: owner.span)
        }
        let body = BodyScope(.variable, in: instance)
        guard let indexTypes = indexTypes(parts.index, body) else { return nil }
        if parts.isAtomic, !isInteger(type) {
            report(.typeMismatch, "`atomic` variables are integers, on which `+=` is one access", at: parts.name.span)
        }
        guard checkedWidth(type, parts.type.span) != nil else { return nil }
        let id = VariableID(program.variables.count)
        owners[id] = instance
        program.variables.append(
            Variable(
                name: instance.qualified(parts.name.text), role: role, indexTypes: indexTypes, type: type,
                isAtomic: parts.isAtomic,
                initial: Expr(.constant(program.defaultValue(of: type)), type, parts.name.span), guards: [],
                except: parts.guards?.except.map(\.text) ?? [], condition: nil, scope: body.scope, isConstant: false,
                span: parts.name.span))
        pendingBodies.append { [unowned self] in completeVariable(id, parts, body) }
        return .variable(id)
    }

    /// Index types with a name for each index, declared as parameters of the scope.
    func indexTypes(_ trees: [ParameterTree], _ body: BodyScope) -> [Type]? {
        var result: [Type] = []
        for (number, tree) in trees.enumerated() {
            guard let type = resolve(tree.type, in: body.instance) else { return nil }
            guard let values = program.allValues(of: type), width(type) != nil, !isLock(type) else {
                report(.typeMismatch, "an index needs a small finite type, not \(describe(type))", at: tree.type.span)
                return nil
            }
            _ = values
            _ = body.declareParameter(tree.name ?? Name("#\(number)", tree.type.span), type)
            result.append(type)
        }
        return result
    }

    private func completeVariable(_ id: VariableID, _ parts: VariableParts, _ body: BodyScope) {
        let type = program[id].type
        var initial = program[id].initial
        if let tree = parts.initial {
            if isLock(type) { report(.typeMismatch, "a lock starts free", at: tree.span) }
            guard let checked = check(tree, expecting: type, body) else { return }
            initial = checked
        }
        var guards: [Place] = []
        for tree in parts.guards?.locks ?? [] {
            guard let place = place(tree, body) else { continue }
            guard isLock(place.type) else {
                report(.typeMismatch, "`guarded by` needs a lock, and this is \(describe(place.type))", at: tree.span)
                continue
            }
            guards.append(place)
        }
        var condition: Expr?
        if let tree = parts.condition {
            condition = check(tree, expecting: .bool, body)
            if let expr = condition, case .success(.bool(true)) = ConstantEvaluator(program).evaluate(expr) {
                condition = nil
            }
        }
        let old = program[id]
        program.variables[id.raw] = Variable(
            name: old.name, role: old.role, indexTypes: old.indexTypes, type: type, isAtomic: old.isAtomic,
            initial: initial, guards: guards, except: old.except, condition: condition, scope: body.scope,
            isConstant: old.role == .symbolicConstant, span: old.span)
    }
}
