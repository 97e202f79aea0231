extension JSON {
    package var text: String? { if case .string(let text) = self { text } else { nil } }

    package var number: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

    /// Follows keys and positions; nil where there is nothing.
    package func at(_ path: String...) -> JSON? {
        path.reduce(Optional(self)) { value, step in
            guard let value else { return nil }
            guard let index = Int(step) else { return value[step] }
            return value.elements.indices.contains(index) ? value.elements[index] : nil
        }
    }

    /// The same with another value at a place that exists; nil removes it. Positions are numbers.
    package func replacing(_ path: ArraySlice<String>, with value: JSON?) -> JSON {
        guard let step = path.first else { return value ?? .null }
        let rest = path.dropFirst()
        switch self {
        case .object(let members):
            guard rest.isEmpty else { return setting(step, to: (members[step] ?? .null).replacing(rest, with: value)) }
            return value.map { setting(step, to: $0) } ?? removing(step)
        case .array(var values):
            guard let index = Int(step), values.indices.contains(index) else { return self }
            if rest.isEmpty, value == nil {
                values.remove(at: index)
            } else {
                values[index] = values[index].replacing(rest, with: value)
            }
            return .array(values)
        case .null, .bool, .number, .string: return self
        }
    }
}
