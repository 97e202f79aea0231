import ModelTestSupport
import Testing

@testable import Exploration

/// Inclusion of traces against all traces up to a length, on small random graphs.
@Suite("Inclusion of traces")
struct TraceInclusionTests {
    private static let seeds: Range<UInt64> = 0..<600
    /// Traces up to this length are counted one by one.
    private static let length = 6

    typealias Inclusion = (LabelledGraph, LabelledGraph) -> TraceInclusion.Outcome

    /// Up to five nodes, half of the edges silent, two labels.
    private func graph(_ random: inout SeededNumbers) -> LabelledGraph {
        let count = Int.random(in: 1...5, using: &random)
        let edges = (0..<Int.random(in: 0...9, using: &random)).map { _ in
            LabelledGraph.Edge(
                Int32.random(in: 0..<Int32(count), using: &random), max(0, Int32.random(in: -1...2, using: &random)),
                Int32.random(in: 0..<Int32(count), using: &random))
        }
        return LabelledGraph(nodeCount: count, starts: [0, Int32(count - 1) / 2], edges: edges)
    }

    /// All traces up to a length, by following single nodes.
    private func traces(_ graph: LabelledGraph) -> Set<[Int32]> {
        struct Place: Hashable {
            let node: Int32
            let trace: [Int32]
        }
        var seen = Set(graph.starts.map { Place(node: $0, trace: []) })
        var work = Array(seen)
        while let place = work.popLast() {
            for edge in graph.edges(of: place.node) {
                let label = graph.labels[edge]
                let trace = label == LabelledGraph.silent ? place.trace : place.trace + [label]
                let next = Place(node: graph.targets[edge], trace: trace)
                if trace.count <= Self.length, seen.insert(next).inserted { work.append(next) }
            }
        }
        return Set(seen.map(\.trace))
    }

    /// How many of the seeds show that an implementation is wrong.
    private func mistakes(_ inclusion: Inclusion) -> Int {
        Self.seeds.count { seed in
            var random = SeededNumbers(seed)
            let (a, b) = (graph(&random), graph(&random))
            let (all, known) = (traces(a), traces(b))
            let shortest = all.subtracting(known).map(\.count).min()
            switch inclusion(a, b) {
            case .included: return shortest != nil
            case .missing(let trace):
                guard trace.count <= Self.length else { return shortest != nil }
                return trace.count != shortest || !all.contains(trace) || known.contains(trace)
            case .cut: return true
            }
        }
    }

    private func included(_ a: LabelledGraph, _ b: LabelledGraph) -> TraceInclusion.Outcome {
        var search = TraceInclusion(of: a, in: b)
        return search.run()
    }

    @Test("A trace is found missing exactly where one is, and a shortest one")
    func agreement() {
        #expect(mistakes(included) == 0)
        #expect(mistakes { included($0.reduced(), $1.reduced()) } == 0)
        #expect(mistakes { included($0, $1.reduced()) } == 0)
    }

    @Test("Reducing a graph keeps its traces, makes it no larger, and twice is as once")
    func reduction() {
        var smaller = 0
        for seed in Self.seeds {
            var random = SeededNumbers(seed)
            let whole = graph(&random)
            let reduced = whole.reduced()
            #expect(traces(reduced) == traces(whole), "seed \(seed)")
            #expect(reduced.nodeCount <= whole.nodeCount)
            #expect(reduced.reduced().nodeCount == reduced.nodeCount)
            if reduced.nodeCount < whole.nodeCount { smaller += 1 }
        }
        #expect(smaller * 2 > Self.seeds.count)
    }

    @Test("Pairs that are left out save work")
    func antichains() {
        var (with, without) = (0, 0)
        for seed in Self.seeds {
            var random = SeededNumbers(seed)
            let (a, b) = (graph(&random), graph(&random))
            var pruned = TraceInclusion(of: a, in: b)
            var plain = TraceInclusion(of: a, in: b, BehaviourBudget()) { _, _ in false }
            #expect(pruned.run() == plain.run())
            with += pruned.pairCount
            without += plain.pairCount
        }
        #expect(with < without)
    }

    @Test("Seeded defects are noticed: larger sets instead of smaller ones left out, silent edges not followed")
    func seededDefects() {
        let wrongWay = mistakes { a, b in
            var search = TraceInclusion(of: a, in: b, BehaviourBudget()) { TraceInclusion.isSubset($1, $0) }
            return search.run()
        }
        #expect(wrongWay > 0)
        func deaf(_ graph: LabelledGraph) -> LabelledGraph {
            let edges = (0..<Int32(graph.nodeCount)).flatMap { node in
                graph.edges(of: node).filter { graph.labels[$0] != LabelledGraph.silent }
                    .map { LabelledGraph.Edge(node, graph.labels[$0], graph.targets[$0]) }
            }
            return LabelledGraph(nodeCount: graph.nodeCount, starts: graph.starts, edges: edges)
        }
        #expect(mistakes { included($0, deaf($1)) } > 0)
        #expect(mistakes { included(deaf($0), $1) } > 0)
    }

    @Test("A budget that ends first is said, and nothing else")
    func budget() {
        var budget = BehaviourBudget()
        let edges = (0..<Int32(40)).map { LabelledGraph.Edge($0, 1 + $0 % 2, $0 + 1) }
        let line = LabelledGraph(nodeCount: 41, starts: [0], edges: edges)
        budget.maximumStates = 0
        var limited = TraceInclusion(of: line, in: line, budget)
        #expect(limited.run() == .cut(.states(limit: 0)))
        budget.maximumStates = nil
        budget.isCancelled = { true }
        var cancelled = TraceInclusion(of: line, in: line, budget)
        #expect(cancelled.run() == .cut(.cancelled))
    }
}
