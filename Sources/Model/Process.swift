public enum ProcessKind: String, Hashable, Sendable, CaseIterable {
    case ordinary, daemon, hardware
}

/// A lock that is held at a location, in terms of the process's indices and locals.
public struct HeldLock: Hashable, Sendable {
    public let lock: VariableID
    public let indices: [Expr]
    public let isShared: Bool

    public init(lock: VariableID, indices: [Expr], isShared: Bool) {
        self.lock = lock
        self.indices = indices
        self.isShared = isShared
    }
}

/// A control point of a process.
public struct Location: Hashable, Sendable {
    /// The first statement that runs from here; nil for the end.
    public let origin: Origin?
    /// Inlined handlers, outermost first.
    public let callStack: [String]
    /// The start, or the head of an outermost loop.
    public let isRest: Bool
    public let isFinal: Bool
    /// The head of an outermost loop. A start that is none is at rest for invariants, but not for deadlock.
    public let isLoopHead: Bool
    public let held: [HeldLock]

    public init(
        origin: Origin?, callStack: [String], isRest: Bool, isFinal: Bool, isLoopHead: Bool = false, held: [HeldLock]
    ) {
        self.origin = origin
        self.callStack = callStack
        self.isRest = isRest
        self.isFinal = isFinal
        self.isLoopHead = isLoopHead
        self.held = held
    }
}

public struct Process: Hashable, Sendable {
    public let name: String
    public let kind: ProcessKind
    public let dimensions: [Dimension]
    public let programCounter: VariableID
    /// Location 0 is the start.
    public let locations: [Location]

    public init(
        name: String, kind: ProcessKind, dimensions: [Dimension], programCounter: VariableID, locations: [Location]
    ) {
        self.name = name
        self.kind = kind
        self.dimensions = dimensions
        self.programCounter = programCounter
        self.locations = locations
    }

    public var instanceCount: Int { dimensions.reduce(1) { $0.saturatingProduct($1.count) } }
}
