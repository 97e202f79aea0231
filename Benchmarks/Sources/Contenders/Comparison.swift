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

    /// Without what takes minutes.
    public func withoutSlow() -> Comparison {
        Comparison(title: title, kind: kind, contenders: contenders.filter { !$0.isSlow })
    }

    public var slow: [String] { contenders.filter(\.isSlow).map { "\(title): \($0.name)" } }
}
