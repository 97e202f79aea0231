import Diagnostics
import Program

/// Which lock variables are taken while which others are held.
struct LockOrder {
    struct Taking {
        /// Where the second lock is taken, and how it is named there.
        let span: Span
        let text: String
        /// The lock that was held.
        let held: HeldLock
    }

    private struct Edge: Hashable, Comparable {
        let from: VariableID
        let to: VariableID

        static func < (a: Edge, b: Edge) -> Bool { (a.from, a.to) < (b.from, b.to) }
    }

    /// The first place at which each order was seen.
    private var edges: [Edge: Taking] = [:]

    mutating func add(_ lock: Cell, _ taking: Taking) {
        let edge = Edge(from: taking.held.lock.variable, to: lock.variable)
        if edge.from != edge.to, edges[edge] == nil { edges[edge] = taking }
    }

    /// One finding per cycle; through each order only the shortest cycle is looked for.
    func cycles() -> [Diagnostic] {
        var seen: Set<[VariableID]> = []
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
    private func shortestPath(from start: VariableID, to goal: VariableID) -> [VariableID]? {
        var paths = [[start]]
        var visited: Set<VariableID> = [start]
        while !paths.isEmpty {
            var next: [[VariableID]] = []
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

    private func report(_ cycle: [VariableID]) -> [Diagnostic] {
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
