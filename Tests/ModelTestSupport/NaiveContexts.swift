import Model

/// How few switches, and with them how few steps, lead to each state and each violation of a model: by relaxing every
/// step until nothing changes. What a run costs depends on its last state and on who came last.
public struct NaiveContexts {
    public typealias State = NaiveMachine.State

    public struct Cost: Hashable, Comparable, Sendable {
        public var switches: Int
        public var steps: Int

        public init(_ switches: Int, _ steps: Int) {
            self.switches = switches
            self.steps = steps
        }

        public static func < (a: Cost, b: Cost) -> Bool { (a.switches, a.steps) < (b.switches, b.steps) }
    }

    private struct Node: Hashable {
        let state: State
        /// Nil where nobody came yet.
        let last: Int?
    }

    public private(set) var states: [State: Cost] = [:]
    public private(set) var violations: [String: Cost] = [:]
    /// The most switches that the cheapest way to some step needs, that step included.
    public private(set) var most = 0
    private var costs: [Node: Cost] = [:]

    public init(_ naive: NaiveSearch) {
        for outcome in naive.machine.initialStates() {
            note(naive.stepViolations(outcome, from: nil), Cost(0, 0))
            if outcome.ending == nil { costs[Node(state: outcome.state, last: nil)] = Cost(0, 0) }
        }
        let steps = Dictionary(uniqueKeysWithValues: naive.depths.keys.map { ($0, naive.machine.successors(of: $0)) })
        while relax(steps) {}
        for (node, cost) in costs { states[node.state] = min(states[node.state] ?? cost, cost) }
        for (state, cost) in states {
            note(naive.stateViolations(state), cost)
            if naive.isDeadlock(state) { note(["deadlock"], cost) }
        }
        var least: [State: [Int: Int]] = [:]
        for (node, cost) in costs {
            for outcome in steps[node.state] ?? [] {
                let whole = Self.cost(outcome, after: node, cost)
                note(naive.stepViolations(outcome, from: node.state), whole)
                let old = least[node.state]?[outcome.actor] ?? .max
                least[node.state, default: [:]][outcome.actor] = min(old, whole.switches)
            }
        }
        most = least.values.flatMap(\.values).max() ?? 0
    }

    private static func cost(_ outcome: NaiveMachine.Outcome, after node: Node, _ cost: Cost) -> Cost {
        let isSwitch = node.last.map { $0 != outcome.actor } ?? false
        return Cost(cost.switches + (isSwitch ? 1 : 0), cost.steps + 1)
    }

    /// Whether anything has become cheaper.
    private mutating func relax(_ steps: [State: [NaiveMachine.Outcome]]) -> Bool {
        var hasChanged = false
        for (node, cost) in costs {
            for outcome in steps[node.state] ?? [] where outcome.ending == nil {
                let next = Node(state: outcome.state, last: outcome.actor)
                let new = Self.cost(outcome, after: node, cost)
                guard new < costs[next] ?? Cost(.max, .max) else { continue }
                costs[next] = new
                hasChanged = true
            }
        }
        return hasChanged
    }

    private mutating func note(_ names: [String], _ cost: Cost) {
        for name in names { violations[name] = min(violations[name] ?? cost, cost) }
    }
}
