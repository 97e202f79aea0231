import Program

/// What is known about a value without running the program: two equal terms are the same value.
indirect enum Term: Hashable, Sendable {
    /// Some value; the same number is the same value.
    case token(Int)
    case value(Value)
    /// A function of values; the text says which.
    case node(String, [Term])
    /// The content of a shared cell while one statement runs. It becomes a token when it is kept beyond the statement.
    case cell(Cell)

    /// Whether a token satisfies the condition, at any depth.
    func contains(_ condition: (Int) -> Bool) -> Bool {
        switch self {
        case .token(let number): condition(number)
        case .value: false
        case .node(_, let parts): parts.contains { $0.contains(condition) }
        case .cell(let cell): cell.indices.contains { $0.contains(condition) }
        }
    }

    static let mostParts = 256

    /// Whether it has no more parts than these, at any depth; takes them away.
    func fits(_ left: inout Int) -> Bool {
        left -= 1
        guard left >= 0 else { return false }
        switch self {
        case .token, .value: return true
        case .node(_, let parts): return parts.allSatisfy { $0.fits(&left) }
        case .cell(let cell): return cell.indices.allSatisfy { $0.fits(&left) }
        }
    }

    /// The cells that it mentions, at any depth.
    var cells: [Cell] {
        switch self {
        case .token, .value: []
        case .node(_, let parts): parts.flatMap(\.cells)
        case .cell(let cell): [cell] + cell.indices.flatMap(\.cells)
        }
    }
}

/// A shared cell as it is named: two cells are the same where their names are.
struct Cell: Hashable, Sendable {
    let variable: VariableID
    let indices: [Term]
    var fields: [Int] = []
}

extension Term {
    /// What the locals of a pattern stand for when this value matches it.
    func bindings(_ pattern: Pattern) -> [(LocalID, Term)] {
        switch pattern {
        case .anything, .constant, .none, .emptySet: return []
        case .bind(let local): return [(local, self)]
        case .enumeration(_, case: let index, let parts):
            return parts.enumerated().flatMap { payload(case: index, field: $0.offset).bindings($0.element) }
        case .some(let inner): return content.bindings(inner)
        }
    }

    func payload(case index: Int, field: Int) -> Term {
        if case .node("case \(index)", let parts) = self, parts.indices.contains(field) { return parts[field] }
        return .node("payload \(index).\(field)", [self])
    }

    /// The content of an optional.
    var content: Term {
        if case .node("some", let parts) = self, let first = parts.first { return first }
        if case .value(.some(let wrapped)) = self { return .value(wrapped) }
        return .node("content", [self])
    }

    func field(_ index: Int) -> Term {
        if case .node("record", let parts) = self, parts.indices.contains(index) { return parts[index] }
        return .node("field \(index)", [self])
    }
}
