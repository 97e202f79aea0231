import Diagnostics
import Program
import Syntax

extension Elaborator {
    func recordLiteral(
        _ name: ExprTree, _ trees: [FieldValueTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let id = recordNamed(name, hint, body) else { return nil }
        guard let updates = updates(trees, program[id].fields, program[id].name, body) else { return nil }
        guard !mentionsFirstElement(of: id, except: updates, name.span, body) else { return nil }
        let values = program[id].fields.enumerated().map { index, field in
            updates.first { $0.field == index }?.value ?? Expr(.constant(field.initial), field.type, span)
        }
        return Expr(.makeRecord(id, values), .record(id), span)
    }

    /// By its name in scope, else by the expected type.
    private func recordNamed(_ tree: ExprTree, _ hint: Type?, _ body: BodyScope) -> RecordID? {
        guard let parts = tree.pathParts else {
            report(.wrongKindOfName, "a record's name is needed here", at: tree.span)
            return nil
        }
        if case .type(.record(let id)) = lookUp(parts.map(\.text), in: body.instance) { return id }
        if case .record(let id) = unwrapped(hint), parts.count == 1,
            program[id].name.split(separator: ".").last.map(String.init) == parts[0].text
        {
            return id
        }
        if parts.count == 1, let id = importedRecord(parts[0].text, body.instance) { return id }
        report(.unknownName, "there is no record `\(parts.map(\.text).joined(separator: "."))`", at: tree.span)
        return nil
    }

    /// The only record of this name among the imports.
    private func importedRecord(_ name: String, _ instance: Instance) -> RecordID? {
        var found: [RecordID] = []
        for alias in instance.imports.keys.sorted() {
            guard let module = instance.imports[alias], module.declarations[name] != nil,
                case .type(.record(let id)) = symbol(named: name, in: module), !found.contains(id)
            else { continue }
            found.append(id)
        }
        return found.count == 1 ? found[0] : nil
    }

    /// `name: value` pairs against the fields of a record or payload.
    private func updates(
        _ trees: [FieldValueTree], _ fields: [Field], _ owner: String, _ body: BodyScope
    ) -> [FieldUpdate]? {
        var result: [FieldUpdate] = []
        for tree in trees {
            guard let index = fields.firstIndex(where: { $0.name == tree.name.text }) else {
                let near = suggestion(for: tree.name.text, among: fields.map(\.name))
                report(
                    .unknownName, "`\(owner)` has no field `\(tree.name.text)`", at: tree.name.span,
                    fixIts: near.map { [FixIt("use `\($0)`", replace: tree.name.span, with: $0)] } ?? [])
                return nil
            }
            if result.contains(where: { $0.field == index }) {
                report(.duplicateName, "`\(tree.name.text)` is given twice", at: tree.name.span)
            }
            guard let value = check(tree.value, expecting: fields[index].type, body) else { return nil }
            if !fields[index].isSwitchedOff { result.append(FieldUpdate(field: index, value: value)) }
        }
        return result
    }

    func with(
        _ base: ExprTree, _ trees: [FieldValueTree], _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        guard let value = infer(base, hint: hint, body) else { return nil }
        switch value.type {
        case .record(let id):
            return updates(trees, program[id].fields, program[id].name, body)
                .map { Expr(.withRecord(value, $0), value.type, span) }
        case .enumeration(let id):
            let names = Set(trees.map(\.name.text))
            let fitting = program[id].cases.indices.filter { index in
                names.isSubset(of: Set(program[id].cases[index].payload.map(\.name)))
            }
            guard fitting.count == 1 else {
                report(
                    fitting.isEmpty ? .unknownName : .cannotInfer,
                    "\(fitting.isEmpty ? "no case" : "more than one case") of `\(program[id].name)` has these fields",
                    at: span)
                return nil
            }
            let item = program[id].cases[fitting[0]]
            return updates(trees, item.payload, item.name, body)
                .map { Expr(.withPayload(value, case: fitting[0], $0), value.type, span) }
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .optional, .lock:
            report(.typeMismatch, "`with` copies a record or a case, and this is \(describe(value.type))", at: span)
            return nil
        }
    }

    func conditional(
        _ condition: ExprTree, _ first: ExprTree, _ second: ExprTree, _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        var hint = hint
        // The branch that tells its type comes first, so that the other gets a hint.
        var two: Expr?
        let isSecondFirst = hint == nil && needsHint(first, body) && !needsHint(second, body)
        if isSecondFirst {
            two = body.inFrame { body.withoutCalls { infer(second, hint: nil, body) } }
            hint = two?.type
        }
        body.push()
        let checked = check(condition, expecting: .bool, body)
        let one = body.withoutCalls { infer(first, hint: hint, body) }
        body.pop()
        if !isSecondFirst {
            two = body.inFrame { body.withoutCalls { infer(second, hint: hint ?? one?.type, body) } }
        }
        guard let checked, let one, let two, let (type, values) = joined([one, two]) else { return nil }
        return Expr(.conditional(checked, values[0], values[1]), type, span)
    }

    /// Alternatives with one type: ranges join to integers, values to optionals.
    func joined(_ values: [Expr]) -> (Type, [Expr])? {
        guard let first = values.first else { return nil }
        let areIntegers = values.allSatisfy { isInteger($0.type) }
        if areIntegers { return (values.allSatisfy { $0.type == first.type } ? first.type : .int, values) }
        let type =
            values.first { if case .optional = $0.type { true } else { false } }?.type
            ?? values.first { !isEmptySet($0) }?.type ?? first.type
        var result: [Expr] = []
        for value in values {
            guard let value = coerce(value, to: type) else { return nil }
            result.append(value)
        }
        return (type, result)
    }
}
