extension LabelledGraph {
    /// A graph with the same traces and one node for all nodes that are branching bisimilar; where time is up, one that is
    /// only rid of its silent circles.
    ///
    /// Partitions are refined by signatures: Blom and Orzan, Distributed branching bisimulation reduction of state spaces,
    /// 2003. Each round costs O(m log m), and there are at most as many as nodes, mostly some tens.
    public func reduced(_ budget: BehaviourBudget = BehaviourBudget()) -> LabelledGraph {
        let graph = withoutSilentCircles()
        var blocks = [Int32](repeating: 0, count: graph.nodeCount)
        var count = 1
        while true {
            guard budget.stopInTime == nil else { return graph }
            var signatures = Signatures(graph, blocks)
            let finer = signatures.refine()
            if finer == count { return signatures.quotient() }
            (blocks, count) = (signatures.newBlocks, finer)
        }
    }
}

/// What each node of a partitioned graph can do: behind silent edges within its block, an edge to another block, or an
/// edge with a label. Nodes of one block with different signatures are told apart in the next round.
private struct Signatures {
    private let graph: LabelledGraph
    private let blocks: [Int32]
    /// By node, in the next partition.
    private(set) var newBlocks: [Int32]
    private var numbers: [Key: Int32] = [:]
    /// Of each new block: label and old block of each edge, ascending.
    private var keys: [Key] = []

    private struct Key: Hashable {
        let block: Int32
        let edges: [UInt64]
    }

    init(_ graph: LabelledGraph, _ blocks: [Int32]) {
        self.graph = graph
        self.blocks = blocks
        newBlocks = Array(repeating: 0, count: graph.nodeCount)
    }

    /// How many blocks the next partition has.
    mutating func refine() -> Int {
        for node in 0..<Int32(graph.nodeCount) {
            let key = Key(block: blocks[Int(node)], edges: signature(of: node))
            if let known = numbers[key] {
                newBlocks[Int(node)] = known
            } else {
                newBlocks[Int(node)] = Int32(keys.count)
                numbers[key] = Int32(keys.count)
                keys.append(key)
            }
        }
        return keys.count
    }

    /// Silent edges lead to lower numbers, whose signatures are known already.
    private func signature(of node: Int32) -> [UInt64] {
        let own = blocks[Int(node)]
        var result: [UInt64] = []
        for edge in graph.edges(of: node) {
            let (label, target) = (graph.labels[edge], Int(graph.targets[edge]))
            if label == LabelledGraph.silent, blocks[target] == own {
                result += keys[Int(newBlocks[target])].edges
            } else {
                result.append(UInt64(UInt32(bitPattern: label)) << 32 | UInt64(UInt32(bitPattern: blocks[target])))
            }
        }
        guard result.count > 1 else { return result }
        result.sort()
        var kept = 1
        for index in 1..<result.count where result[index] != result[kept - 1] {
            result[kept] = result[index]
            kept += 1
        }
        result.removeLast(result.count - kept)
        return result
    }

    /// The graph of the blocks; only where the partition is stable.
    func quotient() -> LabelledGraph {
        // Old and new blocks are the same sets; edges name the old ones.
        var edges: [LabelledGraph.Edge] = []
        for key in keys {
            for edge in key.edges {
                let label = Int32(truncatingIfNeeded: edge >> 32)
                edges.append(LabelledGraph.Edge(key.block, label, Int32(truncatingIfNeeded: edge)))
            }
        }
        return LabelledGraph(
            nodeCount: keys.count, starts: graph.starts.map { blocks[Int($0)] }, edges: edges)
    }
}
