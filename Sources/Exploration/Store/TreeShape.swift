/// How the words of a state are folded in pairs.
struct TreeShape {
    enum Node {
        /// One word of a state, or two neighbours.
        case leaf(start: Int, words: Int)
        /// The numbers of two nodes that come earlier.
        case join(left: Int, right: Int)

        /// How wide its rows are.
        var words: Int {
            switch self {
            case .leaf(start: _, let words): words
            case .join: 1
            }
        }
    }

    /// Children first.
    private(set) var nodes: [Node] = []
    /// The halves of a whole state.
    private(set) var left = 0
    private(set) var right = 0

    /// - Parameter width: words a state; at least two.
    init(width: Int) {
        let middle = width == 2 ? 1 : Self.middle(width)
        left = add(0..<middle)
        right = add(middle..<width)
    }

    private mutating func add(_ range: Range<Int>) -> Int {
        if range.count <= 2 {
            nodes.append(.leaf(start: range.lowerBound, words: range.count))
        } else {
            let middle = range.lowerBound + Self.middle(range.count)
            let (left, right) = (add(range.lowerBound..<middle), add(middle..<range.upperBound))
            nodes.append(.join(left: left, right: right))
        }
        return nodes.count - 1
    }

    /// Even, so that few leaves have one word.
    private static func middle(_ count: Int) -> Int { max(2, count / 4 * 2) }
}
