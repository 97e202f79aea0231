import Program

/// Finds a value that no arm of a `match` takes.
///
/// The rows are the arms' patterns for the first column only where there is one column; payloads are checked column by
/// column with the matrix method (Maranget, "Warnings for pattern matching", 2007), in its simple form.
struct Coverage {
    private let program: Program

    init(_ program: Program) { self.program = program }

    /// - Parameter columns: for each column the patterns of all rows. Returns one missing value in words, per column.
    func missing(_ columns: [[Pattern]], _ types: [Type]) -> [String]? {
        let rowCount = columns.first?.count ?? 0
        let rows = (0..<rowCount).map { row in columns.map { $0[row] } }
        return missing(rows: rows, types)
    }

    private func missing(rows: [[Pattern]], _ types: [Type]) -> [String]? {
        guard let type = types.first else { return rows.isEmpty ? [] : nil }
        for constructor in constructors(of: type, rows.map { $0[0] }) {
            let inner = constructor.fields
            let specialised = rows.compactMap { specialise($0, constructor) }
            guard let rest = missing(rows: specialised, inner + types.dropFirst()) else { continue }
            let arguments = rest.prefix(inner.count).joined(separator: ", ")
            let word = inner.isEmpty ? constructor.name : "\(constructor.name)(\(arguments))"
            return [word] + rest.dropFirst(inner.count)
        }
        return nil
    }

    private struct Constructor {
        let name: String
        let fields: [Type]
        let matches: (Pattern) -> [Pattern]?
    }

    /// The shapes of a type, or one shape `_` where only a catch-all can cover it.
    private func constructors(of type: Type, _ used: [Pattern]) -> [Constructor] {
        switch type {
        case .enumeration(let id):
            return program[id].cases.enumerated().map { index, item in
                Constructor(name: item.name, fields: item.payload.map(\.type)) { pattern in
                    if case .enumeration(_, index, let inner) = pattern { inner } else { nil }
                }
            }
        case .optional(let wrapped):
            return [
                Constructor(name: "none", fields: []) { if case .none = $0 { [] } else { nil } },
                Constructor(name: "some", fields: [wrapped]) { if case .some(let inner) = $0 { [inner] } else { nil } },
            ]
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .record, .set, .lock:
            return constants(of: type)
        }
    }

    private func constants(of type: Type) -> [Constructor] {
        guard let values = program.allValues(of: type, limit: 256) else { return [other] }
        return values.map { value in
            Constructor(name: Naming(program).text(value), fields: []) { pattern in
                switch pattern {
                case .constant(let constant): constant == value ? [] : nil
                case .emptySet: value == .set([]) ? [] : nil
                case .anything, .bind, .enumeration, .none, .some: nil
                }
            }
        }
    }

    private var other: Constructor { Constructor(name: "other values", fields: []) { _ in nil } }

    private func specialise(_ row: [Pattern], _ constructor: Constructor) -> [Pattern]? {
        switch row[0] {
        case .anything, .bind: return constructor.fields.map { _ in .anything } + row.dropFirst()
        case .constant, .enumeration, .none, .some, .emptySet:
            return constructor.matches(row[0]).map { $0 + row.dropFirst() }
        }
    }
}
