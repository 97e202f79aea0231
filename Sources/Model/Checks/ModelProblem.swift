/// Why no engine may run a model. Lowering never makes such a model; a text that was damaged or written by hand can.
public struct ModelProblem: Hashable, Sendable, CustomStringConvertible {
    /// `variable pte`, `action 3`, `property content`.
    public let place: String
    public let message: String

    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }

    public var description: String { "\(place): \(message)" }
}

/// Bounds that keep engines inside their means, all far above what a search could explore.
public enum ModelLimits {
    /// How deep expressions, instructions and types may be nested.
    public static let depth = 1000
    static let sortSize = 1 << 16
    /// Cells of one variable; the packed state has at most as many words.
    static let cells = 1 << 15
    static let instances = 1 << 12
    static let registers = 1 << 14
    /// Values of a choice, rounds of a quantifier.
    static let choices = 1 << 24
    static let locations = 1 << 20
}
