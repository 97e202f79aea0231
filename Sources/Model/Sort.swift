/// A domain.
public struct Sort: Hashable, Sendable {
    public let name: String
    public let size: Int
    /// Whether steps and properties mean the same when its elements are renamed.
    public let isSymmetric: Bool

    public init(name: String, size: Int, isSymmetric: Bool = true) {
        self.name = name
        self.size = size
        self.isSymmetric = isSymmetric
    }

    /// How many elements renaming can exchange.
    public var exchangeable: Int { isSymmetric ? size : 1 }
}
