import Program

/// Finds a value that no arm of a `match` takes.
///
/// The matrix method (Maranget, "Warnings for pattern matching", 2007): a row per arm, a column per part of the value;
/// the first column is split by the shapes that its patterns name, and the rest goes to the arms that take any shape.
struct Coverage {
    enum Answer {
        case complete
        /// A value that is missing, in words.
        case missing(String)
        /// Too many combinations to look at.
        case unknown
    }

    private let program: Program
    /// Splits that may still be made. Without a limit, patterns made for it take exponential time.
    private var budget = 3000
    private var known: [Type: [Shape]] = [:]

    init(_ program: Program) { self.program = program }

    /// What the patterns leave of a type. One search may be asked about more and more arms; its limit is for all of it.
    mutating func missing(_ patterns: [Pattern], _ type: Type) -> Answer {
        let missing = missing(rows: patterns.map { [$0] }, [type])
        if budget < 0 { return .unknown }
        return missing.map { .missing($0.joined(separator: ", ")) } ?? .complete
    }

    private mutating func missing(rows: [[Pattern]], _ types: [Type]) -> [String]? {
        budget -= 1
        guard budget >= 0 else { return nil }
        guard let type = types.first else { return rows.isEmpty ? [] : nil }
        if rows.isEmpty { return types.map { _ in "_" } }
        let rest = Array(types.dropFirst())
        let used = rows.map { $0[0] }
        let shapes = known[type] ?? shapes(of: type)
        known[type] = shapes
        // Where no arm looks at the shape, or some shapes are named by no arm, the others are all alike.
        let named = shapes.filter { shape in used.contains { isNamed($0, shape) } }
        for shape in named {
            let specialised = rows.compactMap { specialise($0, shape) }
            guard let found = missing(rows: specialised, shape.fields + rest) else { continue }
            let inner = found.prefix(shape.fields.count).joined(separator: ", ")
            let word = shape.fields.isEmpty ? shape.name : "\(shape.name)(\(inner))"
            return [word] + found.dropFirst(shape.fields.count)
        }
        guard named.count < shapes.count || shapes.isEmpty else { return nil }
        let others = rows.filter { takesAnything($0[0]) }.map { Array($0.dropFirst()) }
        guard let found = missing(rows: others, rest) else { return nil }
        let unnamed = shapes.first { shape in !used.contains { isNamed($0, shape) } }
        return [word(for: unnamed, named.isEmpty)] + found
    }

    /// Whether some value gets to a pattern behind others. Where the search grows too long it is taken to.
    mutating func reaches(_ pattern: Pattern, behind earlier: [Pattern], _ type: Type) -> Bool {
        reaches([pattern], rows: earlier.map { [$0] }, [type])
    }

    private mutating func reaches(_ row: [Pattern], rows: [[Pattern]], _ types: [Type]) -> Bool {
        budget -= 1
        guard budget >= 0, let type = types.first, let first = row.first else { return budget < 0 || rows.isEmpty }
        if rows.isEmpty { return true }
        let rest = Array(types.dropFirst())
        let shapes = known[type] ?? shapes(of: type)
        known[type] = shapes
        let wanted = shapes.filter { shape in (rows.map { $0[0] } + [first]).contains { isNamed($0, shape) } }
        for shape in wanted {
            guard let inner = specialise(row, shape) else { continue }
            if reaches(inner, rows: rows.compactMap { specialise($0, shape) }, shape.fields + rest) { return true }
        }
        let isOutside = !shapes.contains { isNamed(first, $0) }
        guard takesAnything(first) ? wanted.count < shapes.count || shapes.isEmpty : isOutside else { return false }
        // A value that no arm names, or a constant among too many to be listed.
        let others = rows.filter { takesAnything($0[0]) || isOutside && isSame($0[0], first) }
        return reaches(Array(row.dropFirst()), rows: others.map { Array($0.dropFirst()) }, rest)
    }

    private func isSame(_ a: Pattern, _ b: Pattern) -> Bool {
        switch (a, b) {
        case (.constant(let x), .constant(let y)): x == y
        case (.emptySet, .emptySet): true
        default: false
        }
    }

    private func word(for shape: Shape?, _ isUnlooked: Bool) -> String {
        guard let shape, !isUnlooked else { return "_" }
        return shape.fields.isEmpty
            ? shape.name : "\(shape.name)(\(shape.fields.map { _ in "_" }.joined(separator: ", ")))"
    }

    /// One form that values of a type take.
    private struct Shape {
        let name: String
        let fields: [Type]
        let matches: (Pattern) -> [Pattern]?
    }

    /// All shapes of a type.
    private func shapes(of type: Type) -> [Shape] {
        switch type {
        case .enumeration(let id):
            return program[id].cases.enumerated().map { index, item in
                Shape(name: item.name, fields: item.payload.map(\.type)) { pattern in
                    if case .enumeration(_, index, let inner) = pattern { inner } else { nil }
                }
            }
        case .optional(let wrapped):
            return [
                Shape(name: "none", fields: []) { if case .none = $0 { [] } else { nil } },
                Shape(name: "some", fields: [wrapped]) { if case .some(let inner) = $0 { [inner] } else { nil } },
            ]
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .record, .set, .lock:
            return constants(of: type)
        }
    }

    /// Each value of a small type; of a large one only a stand-in for those that no arm names.
    private func constants(of type: Type) -> [Shape] {
        guard let values = program.allValues(of: type, limit: 256) else {
            return [Shape(name: "other values", fields: []) { _ in nil }]
        }
        return values.map { value in
            Shape(name: Naming(program).text(value), fields: []) { pattern in
                switch pattern {
                case .constant(let constant): constant == value ? [] : nil
                case .emptySet: value == .set([]) ? [] : nil
                case .anything, .bind, .enumeration, .none, .some: nil
                }
            }
        }
    }

    private func takesAnything(_ pattern: Pattern) -> Bool {
        switch pattern {
        case .anything, .bind: true
        case .constant, .enumeration, .none, .some, .emptySet: false
        }
    }

    private func isNamed(_ pattern: Pattern, _ shape: Shape) -> Bool {
        !takesAnything(pattern) && shape.matches(pattern) != nil
    }

    private func specialise(_ row: [Pattern], _ shape: Shape) -> [Pattern]? {
        if takesAnything(row[0]) { return shape.fields.map { _ in .anything } + row.dropFirst() }
        return shape.matches(row[0]).map { $0 + row.dropFirst() }
    }
}
