/// Whether every trace of one graph is a trace of another.
///
/// Nodes of the first graph are followed together with the set of nodes in which the second one may be after the same
/// trace. A pair whose set contains that of a pair with the same node that was met before is left out: whatever is missing
/// behind it is missing behind the other one too, and after no longer a trace. See De Wulf, Doyen, Henzinger, Raskin,
/// Antichains: a new algorithm for checking universality of finite automata, CAV 2006.
///
/// Breadth first by the length of the trace, so what is found missing is a shortest one. The cost may be exponential in
/// the second graph; after ``LabelledGraph/reduced(_:)`` it is mostly small.
public struct TraceInclusion {
    public enum Outcome: Hashable, Sendable {
        case included
        /// A shortest trace of the first graph that the second one has not.
        case missing([Int32])
        case cut(InconclusiveReason)
    }

    private struct Pair {
        let node: Int32
        let set: Int32
        /// The pair before it, or -1.
        let parent: Int32
        /// The label that leads here.
        let label: Int32
    }

    private let graph: LabelledGraph
    private var subsets: SubsetAutomaton
    private let budget: BehaviourBudget
    /// Whether a pair with the second set can be left out where there is one with the first.
    private let covers: ([Int32], [Int32]) -> Bool
    private var pairs: [Pair] = []
    /// By node: the sets of its pairs.
    private var known: [[Int32]]

    public init(of graph: LabelledGraph, in other: LabelledGraph, _ budget: BehaviourBudget = BehaviourBudget()) {
        self.init(of: graph, in: other, budget, covers: Self.isSubset)
    }

    init(
        of graph: LabelledGraph, in other: LabelledGraph, _ budget: BehaviourBudget,
        covers: @escaping ([Int32], [Int32]) -> Bool
    ) {
        self.graph = graph
        subsets = SubsetAutomaton(other)
        self.budget = budget
        self.covers = covers
        known = Array(repeating: [], count: graph.nodeCount)
    }

    /// How many pairs were looked at.
    public var pairCount: Int { pairs.count }

    public mutating func run() -> Outcome {
        let start = subsets.start()
        var layer: [Int] = []
        for node in graph.starts { add(node, start, parent: -1, LabelledGraph.silent, to: &layer) }
        while !layer.isEmpty {
            var nextLayer: [Int] = []
            var position = 0
            while position < layer.count {
                if position % 256 == 0, let stop = budget.stop(count: pairs.count, bytes: bytes) { return .cut(stop) }
                if let label = follow(layer[position], &layer, &nextLayer) {
                    return .missing(trace(to: layer[position]) + [label])
                }
                position += 1
            }
            layer = nextLayer
        }
        return .included
    }

    private var bytes: Int { pairs.capacity * 20 + known.count * 16 + subsets.bytes }

    /// Adds what comes behind a pair; a label that only the first graph can follow ends it.
    private mutating func follow(_ number: Int, _ layer: inout [Int], _ nextLayer: inout [Int]) -> Int32? {
        let pair = pairs[number]
        for edge in graph.edges(of: pair.node) {
            let (label, target) = (graph.labels[edge], graph.targets[edge])
            if label == LabelledGraph.silent {
                add(target, pair.set, parent: Int32(number), label, to: &layer)
                continue
            }
            let set = subsets.step(from: pair.set, label)
            if set == SubsetAutomaton.dead { return label }
            add(target, set, parent: Int32(number), label, to: &nextLayer)
        }
        return nil
    }

    private mutating func add(_ node: Int32, _ set: Int32, parent: Int32, _ label: Int32, to layer: inout [Int]) {
        let candidate = subsets.sets[Int(set)]
        for other in known[Int(node)] where other == set || covers(subsets.sets[Int(other)], candidate) { return }
        known[Int(node)].append(set)
        layer.append(pairs.count)
        pairs.append(Pair(node: node, set: set, parent: parent, label: label))
    }

    private func trace(to last: Int) -> [Int32] {
        var result: [Int32] = []
        var number = Int32(last)
        while number >= 0 {
            let pair = pairs[Int(number)]
            if pair.label != LabelledGraph.silent { result.append(pair.label) }
            number = pair.parent
        }
        return result.reversed()
    }

    /// Both ascending.
    static func isSubset(_ a: [Int32], _ b: [Int32]) -> Bool {
        guard a.count <= b.count else { return false }
        var position = 0
        for element in a {
            while position < b.count, b[position] < element { position += 1 }
            guard position < b.count, b[position] == element else { return false }
            position += 1
        }
        return true
    }
}
