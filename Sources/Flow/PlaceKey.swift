import Program

/// A form of a place in which equal keys mean equal places, as long as the locals in it keep their values.
public struct PlaceKey: Hashable, Sendable {
    public let variable: VariableID
    let text: String
}

/// What immutable locals stand for, and the keys of places.
struct Definitions: Sendable {
    private let program: Program
    /// Immutable locals with one definition that depends on nothing but immutable locals and constants.
    private var meaning: [LocalID: Expr] = [:]

    init(graph: FlowGraph, program: Program) {
        self.program = program
        var found: [LocalID: [Expr?]] = [:]
        for node in graph.nodes {
            var plain: [LocalID: Expr] = [:]
            if case .bind(let local, let e) = node.operation { plain[local] = e }
            if case .call(let bindings) = node.operation { for one in bindings { plain[one.local] = one.value } }
            for successor in node.successors.indices {
                for local in node.definitions(to: successor) { found[local, default: []].append(plain[local]) }
            }
        }
        for (local, definitions) in found where !graph.locals[local.raw].isMutable && definitions.count == 1 {
            if let e = definitions[0], isStable(e, graph) { meaning[local] = e }
        }
    }

    private func isStable(_ e: Expr, _ graph: FlowGraph) -> Bool {
        switch e.kind {
        case .constant: true
        case .local(let id): !graph.locals[id.raw].isMutable
        case .read(let place, racy: _):
            program[place.variable].role != .ghost && !program.isShared(place.variable)
                && place.indices.allSatisfy { isStable($0, graph) }
        default: false  // computed: the local itself is the name
        }
    }

    /// The key of a place, or nil where its indices read something that changes.
    func key(_ place: Place) -> PlaceKey? {
        var text = ""
        for index in place.indices {
            guard let part = key(index) else { return nil }
            text += "[\(part)]"
        }
        for field in place.fields { text += ".\(field)" }
        return PlaceKey(variable: place.variable, text: text)
    }

    /// The place with its locals resolved as far as they can be.
    func resolved(_ place: Place) -> Place { place.mapIndices { resolved($0) } }

    private func resolved(_ e: Expr) -> Expr {
        guard case .local(let id) = e.kind, let meaning = meaning[id] else { return e }
        // A stable read is a name that outlives nothing; the local is shorter and as good.
        if case .read = meaning.kind { return e }
        return resolved(meaning)
    }

    private func key(_ e: Expr) -> String? {
        switch e.kind {
        case .constant(let value): return "\(value)"
        case .local(let id):
            if let meaning = meaning[id] { return key(meaning) }
            return "L\(id.raw)"
        case .read(let place, racy: _):
            guard !program.isShared(place.variable), let key = key(place) else { return nil }
            return "V\(place.variable.raw)\(key.text)"
        case .field(let inner, let field): return key(inner).map { "\($0).\(field)" }
        case .payload(let inner, case: let number, field: let field):
            return key(inner).map { "\($0).\(number).\(field)" }
        case .unwrap(let inner): return key(inner).map { "\($0)!" }
        case .makeSome(let inner): return key(inner).map { "some(\($0))" }
        case .binary(let operation, let a, let b):
            guard let left = key(a), let right = key(b) else { return nil }
            return "(\(left) \(operation.rawValue) \(right))"
        default: return nil  // no name for a lock
        }
    }
}
