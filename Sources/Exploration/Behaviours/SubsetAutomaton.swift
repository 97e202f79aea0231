/// The deterministic automaton of the traces of a graph, made as far as it is asked for.
///
/// A state is the set of the nodes in which the graph may be after a trace, silent edges followed. Nodes that have no edge
/// with a label are left out: they add nothing to the traces from there on.
struct SubsetAutomaton {
    private let graph: LabelledGraph
    /// By number, each ascending.
    private(set) var sets: [[Int32]] = []
    private var numbers: [[Int32]: Int32] = [:]
    private var next: [UInt64: Int32] = [:]
    /// By node: the number of the last closure that it was met in.
    private var marks: [Int32]
    private var closureCount: Int32 = 0
    private(set) var bytes = 0

    /// Where no node is left: the trace is none of the graph.
    static let dead: Int32 = -1

    init(_ graph: LabelledGraph) {
        self.graph = graph
        marks = Array(repeating: 0, count: graph.nodeCount)
    }

    mutating func start() -> Int32 { number(of: closure(graph.starts)) }

    /// Where a label leads from a set.
    mutating func step(from set: Int32, _ label: Int32) -> Int32 {
        let key = UInt64(UInt32(bitPattern: set)) << 32 | UInt64(UInt32(bitPattern: label))
        if let known = next[key] { return known }
        var reached: [Int32] = []
        for node in sets[Int(set)] {
            for edge in graph.edges(of: node) where graph.labels[edge] == label { reached.append(graph.targets[edge]) }
        }
        let result = reached.isEmpty ? Self.dead : number(of: closure(reached))
        next[key] = result
        bytes += 32
        return result
    }

    private mutating func number(of set: [Int32]) -> Int32 {
        if let known = numbers[set] { return known }
        let number = Int32(sets.count)
        sets.append(set)
        numbers[set] = number
        bytes += set.count * 4 + 64
        return number
    }

    private mutating func closure(_ nodes: [Int32]) -> [Int32] {
        closureCount += 1
        var result: [Int32] = []
        var work = nodes
        while let node = work.popLast() {
            guard marks[Int(node)] != closureCount else { continue }
            marks[Int(node)] = closureCount
            var hasLabel = false
            for edge in graph.edges(of: node) {
                if graph.labels[edge] == LabelledGraph.silent {
                    work.append(graph.targets[edge])
                } else {
                    hasLabel = true
                }
            }
            if hasLabel { result.append(node) }
        }
        return result.sorted()
    }
}
