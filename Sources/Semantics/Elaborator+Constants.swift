import Diagnostics
import Program
import Syntax

struct ConstantParts {
    let name: Name
    let index: [ParameterTree]
    let type: TypeTree
    let initial: ExprTree?
    let isSymbolic: Bool
}

extension Elaborator {
    func declareConstant(_ parts: ConstantParts, in instance: Instance) -> Symbol? {
        guard let type = resolve(parts.type, in: instance) else { return nil }
        if parts.index.isEmpty, let setting = setting(parts.name.text, of: instance) {
            return settingValue(setting, type).map { .constant($0, type) }
        }
        if parts.isSymbolic { return declareSymbolic(parts, in: instance) }
        guard let initial = parts.initial else {
            if isLibrary { return .constant(program.defaultValue(of: type), type) }
            report(
                .missingSize, "nothing gives constant `\(instance.qualified(parts.name.text))` a value",
                at: parts.name.span, notes: [Note("give it one here, or in the scenario", at: request.span)])
            return nil
        }
        if parts.index.isEmpty {
            return constantValue(initial, type, in: instance).map { .constant($0, type) }
        }
        return declareFunction(parts.name, parts.index, parts.type, initial, in: instance)
    }

    private func settingValue(_ setting: SettingValue, _ type: Type) -> Value? {
        switch setting.value {
        case .tree(let tree): return constantValue(tree, type, in: instances[0])
        case .number(let number):
            guard isInteger(type) || isOrUnbounded(type), program.fits(.int(number), type) else {
                report(.typeMismatch, "\(number) is no value of \(describe(type))", at: setting.span)
                return nil
            }
            return .int(number)
        }
    }

    private func isOrUnbounded(_ type: Type) -> Bool { if case .rangeOrUnbounded = type { true } else { false } }

    private func declareSymbolic(_ parts: ConstantParts, in instance: Instance) -> Symbol? {
        let variable = VariableParts(
            name: parts.name, index: parts.index, type: parts.type, initial: nil, guards: nil, owner: nil,
            condition: nil, isGhost: false, isAtomic: false)
        return declareVariable(variable, role: .symbolicConstant, in: instance)
    }

    /// The value of a constant expression of a type; nil after a report.
    func constantValue(_ tree: ExprTree, _ type: Type, in instance: Instance) -> Value? {
        let body = BodyScope(.constant, in: instance)
        guard let expr = check(tree, expecting: type, body) else { return nil }
        return evaluateConstant(expr, type)
    }

    func constantInteger(_ tree: ExprTree, in instance: Instance) -> Int64? {
        let body = BodyScope(.constant, in: instance)
        guard let expr = check(tree, expecting: .int, body), let value = evaluateConstant(expr, .int) else {
            return nil
        }
        if case .int(let number) = value { return number }
        report(.typeMismatch, "a whole number is needed here", at: tree.span)
        return nil
    }

    private func evaluateConstant(_ expr: Expr, _ type: Type) -> Value? {
        switch ConstantEvaluator(program).evaluate(expr) {
        case .success(let value):
            guard program.fits(value, type) else {
                report(.badRange, "\(Naming(program).text(value)) is outside \(describe(type))", at: expr.span)
                return nil
            }
            return value
        case .failure(let failure):
            report(.notConstant, failure.message, at: failure.span)
            return nil
        }
    }
}

extension Program {
    /// Whether a value lies in a range type; other types are right by construction.
    func fits(_ value: Value, _ type: Type) -> Bool {
        switch (type, value) {
        case (.range(let lower, let upper, _), .int(let number)),
            (.rangeOrUnbounded(let lower, let upper), .int(let number)):
            (lower...upper).contains(number)
        case (.optional(let wrapped), .some(let inner)): fits(inner, wrapped)
        case (.record(let id), .record(_, let values)): zip(values, self[id].fields).allSatisfy { fits($0, $1.type) }
        case (.enumeration(let id), .enumeration(_, let index, let values)):
            zip(values, self[id].cases[index].payload).allSatisfy { fits($0, $1.type) }
        case (.set(let element), .set(let values)): values.allSatisfy { fits($0, element) }
        default: true  // a pair: others hold no numbers with bounds
        }
    }
}
