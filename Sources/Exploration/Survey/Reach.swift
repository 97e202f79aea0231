import Model

/// What the states of a search, and the steps from them, have come by: what tells a result that means something.
public struct Reach: Hashable, Sendable {
    /// Statements and ways that some possible step comes by.
    public let marks: Set<Mark>
    /// Those that some step comes to and may end at, because it waits.
    public let touched: Set<Mark>
    /// All that there are in the model.
    public let possible: Set<Mark>
    /// Those that were looked for in some states only; they are not among ``possible``.
    public let unsought: Set<Mark>
    /// By number of ``Model/witnesses``: whether some state or step meets it.
    public let witnesses: [Bool]
    /// Whether some step ends where every process is at rest. Nil where no property asks.
    public let comesToRest: Bool?
}
