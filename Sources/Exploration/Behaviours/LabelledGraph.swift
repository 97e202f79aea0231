/// A finite graph whose edges have labels: what a model does as it is seen from outside.
///
/// Label 0 is *silent*. A *trace* is the sequence of the other labels on a way from a start; the traces of a graph are
/// those of all its ways, also of those that could go on. So two graphs are compared by what may happen, not by what must:
/// a way that stops for ever differs from one that goes on only by traces that are missing.
public struct LabelledGraph: Sendable {
    public static let silent: Int32 = 0

    public let nodeCount: Int
    /// Without repetition, ascending.
    public let starts: [Int32]
    /// By node: where its edges start; one more at the end.
    let offsets: [Int]
    /// Of each node in ascending order of label and target, each once.
    let labels: [Int32]
    let targets: [Int32]

    public struct Edge: Hashable, Comparable, Sendable {
        public let source: Int32
        public let label: Int32
        public let target: Int32

        public init(_ source: Int32, _ label: Int32, _ target: Int32) {
            (self.source, self.label, self.target) = (source, label, target)
        }

        public static func < (a: Edge, b: Edge) -> Bool {
            (a.source, a.label, a.target) < (b.source, b.label, b.target)
        }
    }

    /// Edges may come in any order, and more than once. O(n log n).
    public init(nodeCount: Int, starts: some Sequence<Int32>, edges: [Edge]) {
        self.nodeCount = nodeCount
        self.starts = Set(starts).sorted()
        var offsets = [0]
        var labels: [Int32] = []
        var targets: [Int32] = []
        offsets.reserveCapacity(nodeCount + 1)
        var last: Edge?
        for edge in edges.sorted() where edge != last {
            last = edge
            while offsets.count <= Int(edge.source) { offsets.append(labels.count) }
            labels.append(edge.label)
            targets.append(edge.target)
        }
        while offsets.count <= nodeCount { offsets.append(labels.count) }
        (self.offsets, self.labels, self.targets) = (offsets, labels, targets)
    }

    public var edgeCount: Int { labels.count }

    func edges(of node: Int32) -> Range<Int> { offsets[Int(node)]..<offsets[Int(node) + 1] }
}
