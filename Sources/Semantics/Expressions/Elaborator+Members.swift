import Diagnostics
import Program
import Syntax

extension Elaborator {
    /// `module.name`, `Enum.case`, `process[i].started`, or a field of a value.
    func member(_ base: ExprTree, _ name: Name, _ hint: Type?, _ span: Span, _ body: BodyScope) -> Expr? {
        if let parts = base.pathParts, body.find(parts[0].text) == nil,
            let symbol = lookUp(parts.map(\.text), in: body.instance)
        {
            switch symbol {
            case .module(let module): return moduleMember(module, name, hint, span, body)
            case .type(.enumeration(let id)): return qualifiedCase(id, name, span)
            case .process(let id): return processAttribute(id, [], name, span)
            case .type, .function, .handler, .property:
                report(.wrongKindOfName, "\(kind(of: symbol)) has no member `\(name.text)`", at: name.span)
                return nil
            case .constant, .variable, .place: break
            }
        }
        if case .index(let inner, let trees) = base.kind, let parts = inner.pathParts, body.find(parts[0].text) == nil,
            case .process(let id) = lookUp(parts.map(\.text), in: body.instance)
        {
            guard let id else { return processAttribute(nil, [], name, span) }
            guard let indices = indices(trees, program[id].indexTypes, inner.span, body) else { return nil }
            return processAttribute(id, indices, name, span)
        }
        guard let value = infer(base, hint: nil, body) else { return nil }
        return field(of: value, name, span)
    }

    private func moduleMember(
        _ module: Instance, _ name: Name, _ hint: Type?, _ span: Span, _ body: BodyScope
    ) -> Expr? {
        if let symbol = symbol(named: name.text, in: module) {
            switch symbol {
            case .constant(let value, let type): return Expr(.constant(value), type, span)
            case .variable(let id): return variableExpr(id, [], span, body)
            case .place(let alias): return aliasExpr(alias, [], span, body)
            case .type, .function, .handler, .process, .property, .module:
                report(.wrongKindOfName, "`\(name.text)` is \(kind(of: symbol)), which has no value", at: name.span)
                return nil
            }
        }
        if isInError([name.text], in: module) { return nil }
        if let attempt = bareCase(name, hint, module) { return attempt.value }
        let near = suggestion(for: name.text, among: module.names.map(\.text))
        report(
            .unknownName, "module `\(module.tree.module?.text ?? "")` has nothing named `\(name.text)`", at: name.span,
            fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
        return nil
    }

    private func qualifiedCase(_ id: EnumID, _ name: Name, _ span: Span) -> Expr? {
        guard let index = program[id].cases.firstIndex(where: { $0.name == name.text }) else {
            unknownCase(name, id)
            return nil
        }
        guard program[id].cases[index].payload.isEmpty else {
            reportMissingPayload(name, id, index)
            return nil
        }
        return Expr(.constant(.enumeration(id, case: index, [])), .enumeration(id), span)
    }

    func unknownCase(_ name: Name, _ id: EnumID) {
        let known = program[id].cases.map(\.name)
        let near = suggestion(for: name.text, among: known)
        report(
            .unknownName, "`\(program[id].name)` has no case `\(name.text)`", at: name.span,
            notes: [Note("its cases are " + known.map { "`\($0)`" }.joined(separator: ", "))],
            fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
    }

    private func processAttribute(_ id: ProcessID?, _ indices: [Expr], _ name: Name, _ span: Span) -> Expr? {
        guard let attribute = ProcessAttribute(rawValue: name.text) else {
            report(
                .unknownName, "a process has no `\(name.text)`", at: name.span,
                notes: [Note("it has `started` and `finished`")])
            return nil
        }
        guard let id else {
            report(.wrongKindOfName, "this process is left out of the scenario", at: span)
            return nil
        }
        guard indices.count == program[id].indexTypes.count else {
            report(.wrongArguments, "`\(program[id].name)` needs its index here", at: span)
            return nil
        }
        return Expr(.process(id, indices, attribute), .bool, span)
    }

    /// A field of a record, or of the only case that has a field of this name.
    func field(of value: Expr, _ name: Name, _ span: Span) -> Expr? {
        switch value.type {
        case .record(let id): return recordField(value, id, name, span)
        case .enumeration(let id): return payloadField(value, id, name, span)
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .optional, .lock:
            report(.typeMismatch, "\(describe(value.type)) has no field `\(name.text)`", at: name.span)
            return nil
        }
    }

    private func recordField(_ value: Expr, _ id: RecordID, _ name: Name, _ span: Span) -> Expr? {
        let record = program[id]
        guard let number = record.fields.firstIndex(where: { $0.name == name.text }) else {
            let known = record.fields.map(\.name)
            let near = suggestion(for: name.text, among: known)
            report(
                .unknownName, "`\(record.name)` has no field `\(name.text)`", at: name.span,
                notes: [Note("its fields are " + known.map { "`\($0)`" }.joined(separator: ", "))],
                fixIts: near.map { [FixIt("use `\($0)`", replace: name.span, with: $0)] } ?? [])
            return nil
        }
        let field = record.fields[number]
        if field.isSwitchedOff {
            vanishedReads[span] = "\(record.name).\(field.name)"
            return Expr(.constant(field.initial), field.type, span)
        }
        guard case .read(let place, let racy) = value.kind else {
            return Expr(.field(value, number), field.type, span)
        }
        let inner = record.isWord || !place.inner.isEmpty
        let extended = Place(
            variable: place.variable, indices: place.indices, fields: inner ? place.fields : place.fields + [number],
            inner: inner ? place.inner + [.record(number)] : place.inner, type: field.type, span: span)
        return Expr(.read(extended, racy: racy), field.type, span)
    }

    private func payloadField(_ value: Expr, _ id: EnumID, _ name: Name, _ span: Span) -> Expr? {
        var found: [(index: Int, field: Int)] = []
        for (index, item) in program[id].cases.enumerated() {
            if let field = item.payload.firstIndex(where: { $0.name == name.text }) { found.append((index, field)) }
        }
        if found.isEmpty, let inside = onlyPayload(of: value, id, with: name) { return field(of: inside, name, span) }
        guard found.count == 1 else {
            report(
                found.isEmpty ? .unknownName : .cannotInfer,
                found.isEmpty
                    ? "no case of `\(program[id].name)` has a field `\(name.text)`"
                    : "several cases of `\(program[id].name)` have a field `\(name.text)`; use a pattern",
                at: name.span)
            return nil
        }
        return payload(of: value, id, found[0].index, found[0].field, span)
    }

    /// The payload of the only case that consists of one record with such a field: `pte[m].dirty` for `leaf(e: Leaf)`.
    private func onlyPayload(of value: Expr, _ id: EnumID, with name: Name) -> Expr? {
        let fitting = program[id].cases.indices.filter { index in
            let payload = program[id].cases[index].payload
            guard payload.count == 1, case .record(let record) = payload[0].type else { return false }
            return program[record].fields.contains { $0.name == name.text }
        }
        guard fitting.count == 1 else { return nil }
        return payload(of: value, id, fitting[0], 0, value.span)
    }

    private func payload(of value: Expr, _ id: EnumID, _ index: Int, _ number: Int, _ span: Span) -> Expr {
        let type = program[id].cases[index].payload[number].type
        guard case .read(let place, let racy) = value.kind else {
            return Expr(.payload(value, case: index, field: number), type, span)
        }
        let extended = Place(
            variable: place.variable, indices: place.indices, fields: place.fields,
            inner: place.inner + [.payload(case: index, field: number)], type: type, span: span)
        return Expr(.read(extended, racy: racy), type, span)
    }
}

extension Field {
    /// `when` is a constant false: the field means nothing in this configuration.
    var isSwitchedOff: Bool {
        if case .constant(.bool(false)) = condition?.kind { true } else { false }
    }
}
