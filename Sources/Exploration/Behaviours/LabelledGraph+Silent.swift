extension LabelledGraph {
    /// The same traces with every circle of silent edges made one node. Silent edges lead to lower numbers then.
    ///
    /// Tarjan, Depth-first search and linear graph algorithms, 1972; without recursion. O(n + m).
    func withoutSilentCircles() -> LabelledGraph {
        let component = silentComponents()
        var edges: [Edge] = []
        edges.reserveCapacity(edgeCount)
        for node in 0..<Int32(nodeCount) {
            let source = component.number[Int(node)]
            for edge in self.edges(of: node) {
                let target = component.number[Int(targets[edge])]
                if labels[edge] == Self.silent, source == target { continue }
                edges.append(Edge(source, labels[edge], target))
            }
        }
        return LabelledGraph(
            nodeCount: component.count, starts: starts.map { component.number[Int($0)] }, edges: edges)
    }

    /// The strongly connected components of silent edges. They are numbered in the order in which they are finished, so
    /// what a component leads to silently has lower numbers.
    private func silentComponents() -> (number: [Int32], count: Int) {
        var number = [Int32](repeating: -1, count: nodeCount)
        var order = [Int32](repeating: -1, count: nodeCount)
        var low = [Int32](repeating: 0, count: nodeCount)
        var (open, path, next): ([Int32], [(node: Int32, edge: Int)], Int32) = ([], [], 0)
        var count: Int32 = 0
        func begin(_ node: Int32) {
            (order[Int(node)], low[Int(node)]) = (next, next)
            next += 1
            open.append(node)
            path.append((node, self.edges(of: node).lowerBound))
        }
        for root in 0..<Int32(nodeCount) where order[Int(root)] < 0 {
            begin(root)
            while let (node, edge) = path.last {
                // Silent edges come first.
                guard edge < offsets[Int(node) + 1], labels[edge] == Self.silent else {
                    path.removeLast()
                    if let caller = path.last?.node { low[Int(caller)] = min(low[Int(caller)], low[Int(node)]) }
                    guard low[Int(node)] == order[Int(node)] else { continue }
                    while let member = open.popLast() {
                        number[Int(member)] = count
                        if member == node { break }
                    }
                    count += 1
                    continue
                }
                path[path.count - 1].edge += 1
                let target = targets[edge]
                if order[Int(target)] < 0 {
                    begin(target)
                } else if number[Int(target)] < 0 {
                    low[Int(node)] = min(low[Int(node)], order[Int(target)])
                }
            }
        }
        return (number, Int(count))
    }
}
