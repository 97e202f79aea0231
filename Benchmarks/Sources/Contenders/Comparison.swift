/// Contenders that do the same work. Ratios are to the first one.
public struct Comparison: Sendable {
    /// What the table shows.
    public enum Kind: Sendable {
        /// Searches: speed and memory by state.
        case search
        /// Everything between the command and the prompt.
        case prompt
    }

    public let title: String
    public let kind: Kind
    public let contenders: [Contender]
}
