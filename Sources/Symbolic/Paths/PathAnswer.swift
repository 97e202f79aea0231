/// For which values of the symbolic constants something is violated, in the terms of the spec.
public struct PathAnswer: Sendable, Hashable {
    public enum Extent: String, Sendable, Hashable {
        case everywhere, somewhere, nowhere
    }

    /// For how many values there is a violation; nil where it is not known whether for all or some.
    public let extent: Extent?
    /// Where there is one, and where there is none. Without ``isExact`` both are as the search has met them.
    public let violated: String
    public let holds: String
    /// Whether the formulas are sets of values for each constant, with exact ends.
    public let isExact: Bool
    /// Values next to each other, one with a violation and one without.
    public let boundaries: [Boundary]
    /// Where `init` has no outcome, so that nothing is violated and nothing holds; nil for nowhere, and where it is not known.
    public let idle: String?

    public struct Boundary: Sendable, Hashable {
        public let violated: [Value]
        public let holds: [Value]
    }

    public struct Value: Sendable, Hashable {
        public let name: String
        public let value: String
    }
}
