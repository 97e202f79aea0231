/// Reachable states of a model, packed, one after the other.
public struct SampledStates: Sendable {
    public var words: [UInt64]
    public let width: Int
    /// Whether each stands for all that renaming elements of symmetric sorts makes of it.
    public let areRepresentatives: Bool

    public init(words: [UInt64], width: Int, areRepresentatives: Bool = false) {
        self.areRepresentatives = areRepresentatives
        self.words = words
        self.width = width
    }

    public var count: Int { width == 0 ? 0 : words.count / width }

    /// Puts them in the order of their words.
    public mutating func sort() {
        let (old, width) = (words, width)
        let order = (0..<count).sorted { a, b in
            for word in 0..<width where old[a * width + word] != old[b * width + word] {
                return old[a * width + word] < old[b * width + word]
            }
            return false
        }
        words.removeAll(keepingCapacity: true)
        for number in order { words += old[number * width..<(number + 1) * width] }
    }
}
