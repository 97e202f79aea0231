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
        guard let type = resolve(parts.type, in: instance) else { return nil }
        guard type != .int else {
            report(
                .cannotInfer, "a variable needs bounds: `a..b`", at: parts.type.span,
                notes: [Note("`int` is for the results and parameters of functions")])
            return nil
        }
        if let owner = parts.owner {
            report(.notSupported, "`owned by` is not part of the language of this release", at: owner.span)
        }
        let body = BodyScope(.variable, in: instance)
        guard let indexTypes = indexTypes(parts.index, body) else { return nil }
        if parts.isAtomic, !isInteger(type) {
            report(.typeMismatch, "`atomic` variables are integers, on which `+=` is one access", at: parts.name.span)
        }
        guard checkedWidth(type, parts.type.span) != nil, isStored(type, indexTypes, parts) else { return nil }
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

    /// Whether the variable has values, few enough of them, and nothing that makes no sense for its type.
    private func isStored(_ type: Type, _ indexTypes: [Type], _ parts: VariableParts) -> Bool {
        let (cells, overflow) = elements(indexTypes).multipliedReportingOverflow(by: leafCount(type))
        guard !overflow, cells <= Program.maximumCells else {
            report(
                .tooLarge, "`\(parts.name.text)` has more than \(Program.maximumCells) cells", at: parts.name.span)
            return false
        }
        totalCells += cells
        guard totalCells <= Program.maximumCells else {
            report(
                .tooLarge, "with `\(parts.name.text)` the variables have more than \(Program.maximumCells) cells",
                at: parts.name.span)
            return false
        }
        if cells > 0, let domain = emptyDomain(in: program.defaultValue(of: type)) {
            report(
                .missingSize, "`\(parts.name.text)` can have no value: domain `\(program[domain].name)` has size 0",
                at: parts.name.span, notes: [Note("declared here", at: program[domain].span)])
            return false
        }
        if isLock(type), parts.isGhost || parts.guards != nil || parts.condition != nil {
            report(
                .typeMismatch, "a lock is not \(parts.isGhost ? "a ghost" : "guarded or conditional")",
                at: parts.name.span)
        }
        if parts.isGhost, let guards = parts.guards {
            report(
                .misplacedStatement, "a ghost variable needs no lock: only ghost code writes it",
                at: guards.locks.first?.span ?? parts.name.span)
        }
        return true
    }

    private func emptyDomain(in value: Value) -> DomainID? {
        switch value {
        case .element(let id, _): program[id].size == 0 ? id : nil
        case .enumeration(_, case: _, let parts), .record(_, let parts), .set(let parts):
            parts.lazy.compactMap { self.emptyDomain(in: $0) }.first
        case .some(let inner): emptyDomain(in: inner)
        case .unit, .bool, .int, .unbounded, .bits, .none, .lockFree, .lockExclusive, .lockShared: nil
        }
    }

    /// Index types with a name for each index, declared as parameters of the scope.
    func indexTypes(_ trees: [ParameterTree], _ body: BodyScope) -> [Type]? {
        var result: [Type] = []
        for (number, tree) in trees.enumerated() {
            guard let type = resolve(tree.type, in: body.instance) else { return nil }
            guard !isLock(type), isCell(type), program.allValues(of: type) != nil else {
                report(.typeMismatch, "an index needs a small finite type, not \(describe(type))", at: tree.type.span)
                return nil
            }
            if let name = tree.name { rejectReuse(name, body) }
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
            if let foreign = foreignRead(in: checked) {
                report(
                    .notConstant, "what a variable starts with depends on its indices and on constants only",
                    at: foreign, notes: [Note("an `init` block may read other variables")])
                return
            }
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
        if let guards = parts.guards { checkExceptions(guards.except, type) }
        var condition: Expr?
        if let tree = parts.condition {
            condition = check(tree, expecting: .bool, body)
            if let expr = condition, case .success(.bool(let isOn)) = ConstantEvaluator(program).evaluate(expr) {
                condition = isOn ? nil : Expr(.constant(.bool(false)), .bool, expr.span)
            }
        }
        let old = program[id]
        program.variables[id.raw] = Variable(
            name: old.name, role: old.role, indexTypes: old.indexTypes, type: type, isAtomic: old.isAtomic,
            initial: initial, guards: guards, except: old.except, condition: condition, scope: body.scope,
            isConstant: old.role == .symbolicConstant, span: old.span)
        program.variables[id.raw].isVanished = old.isVanished
    }

    /// `except` names fields of the variable's type.
    private func checkExceptions(_ names: [Name], _ type: Type) {
        let known = fieldNames(of: type)
        for name in names where !known.contains(name.text) {
            let near = suggestion(for: name.text, among: known)
            report(
                .unknownName, "\(describe(type)) has no field `\(name.text)`", at: name.span,
                fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
        }
    }

    private func fieldNames(of type: Type) -> [String] {
        switch type {
        case .record(let id): program[id].fields.flatMap { [$0.name] + fieldNames(of: $0.type) }
        case .enumeration(let id): program[id].cases.flatMap(\.payload).flatMap { [$0.name] + fieldNames(of: $0.type) }
        case .optional(let wrapped): fieldNames(of: wrapped)
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock: []
        }
    }

    /// Where an expression reads a variable, itself or in a function that it calls; symbolic constants are none.
    func foreignRead(in expr: Expr) -> Span? {
        var checked: Set<FunctionID> = []
        return foreignRead(in: expr, &checked)
    }

    private func foreignRead(in expr: Expr, _ checked: inout Set<FunctionID>) -> Span? {
        switch expr.kind {
        case .read(let place, _) where program[place.variable].role != .symbolicConstant: return expr.span
        case .locked, .process: return expr.span
        case .call(let id, _) where checked.insert(id).inserted:
            completeFunction(id)
            if foreignRead(in: program[id].body, &checked) != nil { return expr.span }
        default: break  // any other expression reads what its parts read
        }
        for child in expr.children {
            if let found = foreignRead(in: child, &checked) { return found }
        }
        return nil
    }
}
