import Program

/// What a place has to do with the fields that its variable's guard excepts.
enum Exception {
    /// Nothing: the guard protects it.
    case none
    /// It is a larger part that contains an excepted field.
    case contains
    /// It is an excepted field, or inside one.
    case isField
}

extension Program {
    /// - Parameter inCell: whether to look at the part of the cell that the place names, or at the whole cell.
    func exception(of place: Place, inCell: Bool = true) -> Exception {
        let variable = self[place.variable]
        guard !variable.except.isEmpty else { return .none }
        var type = variable.type
        for index in place.fields {
            guard let field = field(of: type, index) else { return .none }
            if variable.except.contains(field.name) { return .isField }
            type = field.type
        }
        for step in inCell ? place.inner : [] {
            guard let next = part(of: type, step) else { return .none }
            if let name = next.name, variable.except.contains(name) { return .isField }
            type = next.type
        }
        return hasField(type, in: variable.except) ? .contains : .none
    }

    private func part(of type: Type, _ step: InnerField) -> (name: String?, type: Type)? {
        switch step {
        case .record(let index): return field(of: type, index).map { ($0.name, $0.type) }
        case .payload(case: let enumCase, field: let index):
            return payload(of: type, case: enumCase, index).map { ($0.name, $0.type) }
        case .some:
            guard case .optional(let wrapped) = type else { return nil }
            return (nil, wrapped)
        }
    }

    /// Whether a value of the type contains a field with one of the names.
    private func hasField(_ type: Type, in names: [String]) -> Bool {
        switch type {
        case .record(let id): return self[id].fields.contains { isField($0, in: names) }
        case .enumeration(let id): return self[id].cases.contains { $0.payload.contains { isField($0, in: names) } }
        case .optional(let wrapped): return hasField(wrapped, in: names)
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock: return false
        }
    }

    private func isField(_ field: Field, in names: [String]) -> Bool {
        names.contains(field.name) || hasField(field.type, in: names)
    }
}
