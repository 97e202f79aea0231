/// What is wrong with the textual form of a model, and in which line.
public struct ModelTextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// From 1.
    public let line: Int
    public let message: String

    public init(line: Int, message: String) {
        self.line = line
        self.message = message
    }

    public var description: String { "line \(line): \(message)" }
}
