import Diagnostics
import Program

/// The number of a node within its ``FlowGraph``.
public struct NodeID: Hashable, Comparable, Sendable {
    public let index: Int

    public init(_ index: Int) { self.index = index }

    public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// A local of one inlined instance of a scope.
public struct FlowLocal: Sendable {
    /// With the inlined handlers before it: `fault.orig`.
    public let path: String
    public let type: Type
    public let isMutable: Bool
    public let span: Span
}

/// A lock that is held for certain.
public struct HeldLock: Sendable {
    /// In terms of locals of the graph; copies of immutable locals are resolved.
    public let place: Place
    /// Equal keys are equal places.
    public let key: PlaceKey
    public let isShared: Bool
    /// The locals that the place is named by.
    let locals: [LocalID]
}

/// The control flow of one process with all handler calls inlined.
///
/// All expressions name locals of ``locals``; the indices of the process come first in it.
public struct FlowGraph: Sendable {
    public internal(set) var locals: [FlowLocal] = []
    public let indexCount: Int
    public internal(set) var nodes: [FlowNode] = []
    public internal(set) var start = NodeID(0)
    /// Inlined handlers, outermost first; ``FlowNode/stack`` counts in it. Entry 0 is empty.
    public internal(set) var stacks: [[String]] = [[]]
    /// The locals that may be read, or name a held lock, before they are written: at the beginning of each node.
    public internal(set) var liveIn: [Set<LocalID>] = []
    /// The locks that are held at the beginning of each node, in the order in which they were taken.
    public internal(set) var heldIn: [[HeldLock]] = []
    /// Locks that may be held although ``heldIn`` does not say so: their names can't be followed.
    public internal(set) var untrackedLocks: Set<VariableID> = []
    /// The `atomic` blocks of the process, each once.
    public internal(set) var atomicBlocks: Set<StmtID> = []

    /// What immutable locals stand for.
    var definitions: Definitions?

    init(indexCount: Int) { self.indexCount = indexCount }

    public subscript(id: NodeID) -> FlowNode { nodes[id.index] }

    /// The key of a place whose indices are over the locals of the graph; nil where they read something that changes.
    public func key(of place: Place) -> PlaceKey? { definitions?.key(place) }
}
