import Program

/// How messages name places.
extension Program {
    func text(_ place: Place, _ scope: Scope) -> String {
        let variable = self[place.variable]
        var result = variable.name
        if !place.indices.isEmpty {
            result += "[" + place.indices.map { text($0, scope) }.joined(separator: ", ") + "]"
        }
        var type = variable.type
        for index in place.fields {
            guard let field = field(of: type, index) else { return result }
            result += "." + field.name
            type = field.type
        }
        for step in place.inner {
            guard let (name, next) = part(of: type, step) else { return result }
            result += name
            type = next
        }
        return result
    }

    func field(of type: Type, _ index: Int) -> Field? {
        guard case .record(let id) = type, self[id].fields.indices.contains(index) else { return nil }
        return self[id].fields[index]
    }

    func payload(of type: Type, case enumCase: Int, _ index: Int) -> Field? {
        guard case .enumeration(let id) = type, self[id].cases.indices.contains(enumCase) else { return nil }
        let payload = self[id].cases[enumCase].payload
        return payload.indices.contains(index) ? payload[index] : nil
    }

    private func part(of type: Type, _ step: InnerField) -> (String, Type)? {
        switch step {
        case .record(let index): return field(of: type, index).map { ("." + $0.name, $0.type) }
        case .payload(case: let enumCase, field: let index):
            return payload(of: type, case: enumCase, index).map { ("." + $0.name, $0.type) }
        case .some:
            guard case .optional(let wrapped) = type else { return nil }
            return ("!", wrapped)
        }
    }

    private func text(_ e: Expr, _ scope: Scope) -> String {
        if case .local(let id) = e.kind, scope.locals.indices.contains(id.raw) { return scope.locals[id.raw].name }
        if case .read(let place, racy: _) = e.kind { return text(place, scope) }
        if case .constant(let value) = e.kind { return text(value) }
        if case .field(let inner, let index) = e.kind, let field = field(of: inner.type, index) {
            return text(inner, scope) + "." + field.name
        }
        if case .payload(let inner, case: let enumCase, field: let index) = e.kind,
            let field = payload(of: inner.type, case: enumCase, index)
        {
            return text(inner, scope) + "." + field.name
        }
        if case .unwrap(let inner) = e.kind { return text(inner, scope) + "!" }
        return "…"
    }

    private func text(_ value: Value) -> String {
        if case .int(let n) = value { return String(n) }
        if case .bool(let b) = value { return String(b) }
        if case .bits(let b) = value { return String(b) }
        if case .enumeration(let id, case: let index, let payload) = value, payload.isEmpty,
            self[id].cases.indices.contains(index)
        {
            return self[id].cases[index].name
        }
        return "…"
    }
}
