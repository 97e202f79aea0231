/// A program with its arguments. The first argument is the program: a path, or a name that is found on the PATH.
public struct Command: Equatable, Sendable {
    public var arguments: [String]
    /// Variables that the environment gets in addition.
    public var environment: [String: String]
    /// Whether another exit status than 0 is a failure. Searches also tell by their status what they have found.
    public var mustSucceed: Bool

    public init(_ arguments: [String], environment: [String: String] = [:], mustSucceed: Bool = true) {
        self.arguments = arguments
        self.environment = environment
        self.mustSucceed = mustSucceed
    }

    /// The command as one would type it.
    public var text: String { arguments.joined(separator: " ") }
}
