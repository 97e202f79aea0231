/// How two versions of a spec are compared.
public struct DiffOptions: Sendable {
    public var without: Set<Reduction> = []
    /// States of each search; nil for as many as there are.
    public var maximumStates: Int?
    /// Bytes of each search.
    public var maximumMemory: Int?
    /// Of each search.
    public var maximumTime: Duration?
    /// Threads of the searches that judge properties.
    public var threads = 1
    public var compiles = true
    public var events = EventSelection()
    /// Whether each event that is new or gone gets a run; otherwise one of each handler.
    public var showsAllWitnesses = false
    /// Asked every few milliseconds.
    public var isCancelled: @Sendable () -> Bool = { false }
    /// Told what is being looked at.
    public var progress: (@Sendable (String) -> Void)?

    public init() {}
}

/// Which events count as seen from outside.
public struct EventSelection: Sendable {
    /// Handlers (`ideal.load`), modules (`ideal`), and `returns`; empty for all.
    public var names: Set<String>

    /// Stands for a process that comes back to its place of rest, or to its end.
    public static let returns = "returns"

    public init(_ names: some Sequence<String> = [String]()) { self.names = Set(names) }

    public var hasReturns: Bool { names.isEmpty || names.contains(Self.returns) }

    /// Whether commits of a handler count.
    public func contains(handler: String) -> Bool {
        names.isEmpty || names.contains { handler == $0 || handler.hasPrefix($0 + ".") }
    }

    /// The names that stand for nothing in either version, in order.
    public func unknown(in old: PreparedRun, _ new: PreparedRun) -> [String] {
        let handlers = [old, new].flatMap { $0.program.handlers.filter(\.isGhost).map(\.name) }
        return names.filter { name in
            name != Self.returns && !handlers.contains { $0 == name || $0.hasPrefix(name + ".") }
        }.sorted()
    }
}
