import Program

/// Which locals may be read before they are written. A local that names a held lock is read while the lock is held.
struct LivenessAnalysis {
    let graph: FlowGraph

    func run() -> [Set<LocalID>] {
        let uses = graph.nodes.indices.map { index in
            graph.heldIn[index].reduce(into: graph.nodes[index].uses) { $0.formUnion($1.locals) }
        }
        var live = uses
        var changed = true
        // Nodes are numbered backwards, so going up settles most of them in the first round.
        while changed {
            changed = false
            for (index, node) in graph.nodes.enumerated() {
                var result = uses[index]
                for (number, successor) in node.successors.enumerated() {
                    result.formUnion(live[successor.index].subtracting(node.definitions(to: number)))
                }
                if let untaken = node.untaken { result.formUnion(live[untaken.index]) }
                if result != live[index] {
                    live[index] = result
                    changed = true
                }
            }
        }
        let indices = Set((0..<graph.indexCount).map { LocalID($0) })
        return live.map { $0.subtracting(indices) }
    }
}
