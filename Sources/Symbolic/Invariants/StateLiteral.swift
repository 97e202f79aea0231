/// What can be said of a state in one breath; parts by their numbers. A part that is not there has nothing.
public enum StateLiteral: Hashable, Sendable {
    case has(Int, UInt64)
    /// A part that is not wide has one of some values; they ascend.
    case hasOneOf(Int, [UInt64])
    /// Of a wide part.
    case hasNot(Int, UInt64)
    /// Two wide parts of one width have the same value.
    case same(Int, Int)
    case different(Int, Int)

    /// The parts that it speaks of.
    var parts: [Int] {
        switch self {
        case .has(let part, _), .hasOneOf(let part, _), .hasNot(let part, _): [part]
        case .same(let a, let b), .different(let a, let b): [a, b]
        }
    }

    /// The order in which literals are written.
    static func comesFirst(_ a: StateLiteral, _ b: StateLiteral) -> Bool { a.key.lexicographicallyPrecedes(b.key) }

    private var key: [UInt64] {
        switch self {
        case .has(let part, let value): [UInt64(part), 0, value]
        case .hasOneOf(let part, let values): [UInt64(part), 1] + values
        case .hasNot(let part, let value): [UInt64(part), 2, value]
        case .same(let a, let b): [UInt64(a), 3, UInt64(b)]
        case .different(let a, let b): [UInt64(a), 4, UInt64(b)]
        }
    }
}

/// A claim about all reachable states: the literals never hold at once.
public struct StateLemma: Hashable, Sendable {
    public let excluded: [StateLiteral]

    init(_ literals: some Sequence<StateLiteral>) { excluded = literals.sorted(by: StateLiteral.comesFirst) }
}
