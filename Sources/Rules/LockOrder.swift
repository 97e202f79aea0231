import Diagnostics
import Program

/// Which locks are taken while which others are held.
struct LockOrder {
    struct Taking {
        /// Where the second lock is taken, and how it is named there.
        let span: Span
        let text: String
        /// The lock that was held.
        let held: HeldLock
        /// The author says that nobody takes the two the other way round.
        let isNested: Bool
    }

    /// All locks of one declaration; or, in the order among themselves, the one with these constant indices.
    private struct Node: Hashable, Comparable {
        let variable: VariableID
        let fields: [Int]
        var indices: [Value] = []

        init(_ lock: Cell) {
            variable = lock.variable
            fields = lock.fields
        }

        static func < (a: Node, b: Node) -> Bool {
            if a.variable != b.variable { return a.variable < b.variable }
            if a.fields != b.fields { return a.fields.lexicographicallyPrecedes(b.fields) }
            return a.indices.lexicographicallyPrecedes(b.indices)
        }
    }

    private struct Edge: Hashable, Comparable {
        var from: Node
        var to: Node

        static func < (a: Edge, b: Edge) -> Bool { (a.from, a.to) < (b.from, b.to) }
    }

    /// The first place at which each order was seen.
    private var edges: [Edge: Taking] = [:]

    mutating func add(_ lock: Cell, _ taking: Taking) {
        guard let edge = edge(from: taking.held.lock, to: lock, taking), edges[edge] == nil else { return }
        edges[edge] = taking
    }

    /// Of two locks of one array it is known which they are only where all indices are constants.
    private func edge(from held: Cell, to lock: Cell, _ taking: Taking) -> Edge? {
        var edge = Edge(from: Node(held), to: Node(lock))
        if edge.from != edge.to { return edge }
        guard !taking.isNested, let from = held.constantIndices, let to = lock.constantIndices, from != to else {
            return nil
        }
        edge.from.indices = from
        edge.to.indices = to
        return edge
    }

    /// One finding per cycle; through each order only the shortest cycle is looked for.
    func cycles() -> [Diagnostic] {
        var seen: Set<[Node]> = []
        var result: [Diagnostic] = []
        for edge in edges.keys.sorted() {
            guard let path = shortestPath(from: edge.to, to: edge.from) else { continue }
            let cycle = [edge.from] + path.dropLast()
            guard seen.insert(cycle.sorted()).inserted else { continue }
            result += report(cycle)
        }
        return result
    }

    /// The nodes from the first to the last, both included.
    private func shortestPath(from start: Node, to goal: Node) -> [Node]? {
        var paths = [[start]]
        var visited: Set<Node> = [start]
        while !paths.isEmpty {
            var next: [[Node]] = []
            for path in paths {
                guard let last = path.last else { continue }
                if last == goal { return path }
                for target in edges.keys.filter({ $0.from == last }).map(\.to).sorted()
                where visited.insert(target).inserted {
                    next.append(path + [target])
                }
            }
            paths = next
        }
        return nil
    }

    private func report(_ cycle: [Node]) -> [Diagnostic] {
        let takings = cycle.indices.compactMap { index in
            edges[Edge(from: cycle[index], to: cycle[(index + 1) % cycle.count])]
        }
        guard let first = takings.first else { return [] }
        var notes = [Note("`\(first.held.text)` was taken here", at: first.held.span)]
        for other in takings.dropFirst() {
            notes.append(Note("`\(other.text)` is taken here while `\(other.held.text)` is held", at: other.span))
            notes.append(Note("`\(other.held.text)` was taken here", at: other.held.span))
        }
        let opposite = takings.count == 2 ? "another place does the opposite" : "other places close the circle"
        let message = "`\(first.text)` is taken while `\(first.held.text)` is held, and \(opposite): possible deadlock"
        return [Diagnostic(.lockOrder, message, at: first.span, notes: notes)]
    }
}

extension Cell {
    /// Nil: some index is not known.
    fileprivate var constantIndices: [Value]? {
        var result: [Value] = []
        for index in indices {
            guard case .value(let value) = index else { return nil }
            result.append(value)
        }
        return result
    }
}
