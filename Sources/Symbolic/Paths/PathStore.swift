import Model
import SMT

/// The symbolic states that a search has come to, with how it came there.
struct PathStore {
    /// How a state was reached, or a violation.
    struct Way {
        /// Nil at the start.
        let parent: Int?
        let actor: Int
        let action: Int
        let decisions: [UInt64]
    }

    private(set) var ways: [Way] = []
    private var keys: [[UInt64]] = []
    private var conditions: [[Term]] = []
    /// By cells: states that differ in what is known of their variables.
    private var known: [[UInt64]: [Int]] = [:]
    /// About how many bytes it takes.
    private(set) var bytes = 0

    var count: Int { ways.count }

    func state(_ number: Int) -> (key: [UInt64], conditions: [Term]) { (keys[number], conditions[number]) }

    /// Takes a state that has values which no known one has; nil for others.
    mutating func add(
        _ key: [UInt64], _ conditions: [Term], _ way: Way, _ decider: PathConditions
    ) throws(PathStop) -> Int? {
        if let same = known[key], try isKnown(conditions, same, decider) { return nil }
        let number = ways.count
        known[key, default: []].append(number)
        keys.append(key)
        self.conditions.append(conditions)
        ways.append(way)
        bytes += 240 + 8 * (key.count + way.decisions.count) + 16 * conditions.count
        return number
    }

    /// Whether each of its values is one of a known state. Variables that are in no cell count as given: then a state that is
    /// known may be taken for new, and never the other way.
    private func isKnown(
        _ conditions: [Term], _ numbers: [Int], _ decider: PathConditions
    ) throws(PathStop) -> Bool {
        let new = Set(conditions)
        if numbers.contains(where: { self.conditions[$0].allSatisfy(new.contains) }) { return true }
        let graph = decider.graph
        let known = graph.or(numbers.map { graph.and(self.conditions[$0]) })
        return try !decider.arePossible(conditions + [graph.not(known)])
    }

    /// The ways to a state, from the start on.
    func chain(to number: Int) -> [Way] {
        var chain: [Way] = []
        var next: Int? = number
        while let way = next {
            chain.append(ways[way])
            next = ways[way].parent
        }
        return chain.reversed()
    }
}
