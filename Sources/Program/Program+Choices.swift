import Foundation

/// How much there is to choose, where it has to be tried in turn.
extension Program {
    /// Whether the symbolic constants have too many values for that.
    public var hasEndlessConstants: Bool { constantBits > Self.mostBits }

    /// Whether they have together with what `init` chooses. Only choices among all values of a type are counted.
    public var hasEndlessStarts: Bool { constantBits + chosenBits(initialization.body) > Self.mostBits }

    /// Whether something is chosen among too many values.
    public var choosesWidely: Bool {
        var result = false
        let bodies = processes.map(\.body) + handlers.map(\.body) + [initialization.body]
        for body in bodies {
            body.forEachStatement { statement in
                if statement.chosenTypes.contains(where: { bits($0).isInfinite }) { result = true }
            }
        }
        return result
    }

    /// About four million combinations.
    private static let mostBits = 22.0

    /// The logarithm of the number of combinations of values, to base 2.
    private var constantBits: Double {
        var bits = 0.0
        for variable in variables where variable.role == .symbolicConstant && !variable.isVanished {
            let elements = variable.indexTypes.reduce(1) { $0 * (allValues(of: $1)?.count ?? 0) }
            if elements > 0 { bits += Double(elements) * self.bits(variable.type) }
        }
        return bits
    }

    /// Of one value; infinite for a type with more than 65,536 of them.
    private func bits(_ type: Type) -> Double {
        allValues(of: type, limit: 1 << 16).map { log2(Double(max(1, $0.count))) } ?? .infinity
    }

    /// Of all choices that come one after the other, in the way through with the most of them.
    private func chosenBits(_ block: Block) -> Double {
        block.statements.reduce(0) { $0 + chosenBits($1) }
    }

    private func chosenBits(_ statement: Stmt) -> Double {
        let own = statement.chosenTypes.reduce(0) { $0 + bits($1) }
        let inside = statement.blocks.map(chosenBits).max() ?? 0
        guard case .each(_, set: let set, todo: _, _) = statement.kind, case .allOf(let type) = set.kind else {
            return own + inside
        }
        return Double(allValues(of: type)?.count ?? 1) * inside
    }
}

extension Stmt {
    /// The types among all of whose values the head chooses.
    fileprivate var chosenTypes: [Type] {
        guard case .choose(let binders, then: _, otherwise: _) = kind else { return [] }
        return binders.compactMap { binder in
            if case .allOf(let type) = binder.set.kind { type } else { nil }
        }
    }
}
