import Diagnostics

/// `@name(argument, …)` before a statement or a declaration: what people and tools know of it, and the model does not.
public struct AttributeTree: Sendable {
    public enum ArgumentKind: Sendable, Hashable {
        case string(String)
        case name(Path)
    }

    public struct Argument: Sendable {
        public let kind: ArgumentKind
        public let span: Span

        public init(_ kind: ArgumentKind, _ span: Span) {
            self.kind = kind
            self.span = span
        }
    }

    public let name: Name
    public let arguments: [Argument]
    /// From the `@` to the `)`.
    public let span: Span
    /// The statement or declaration that it belongs to.
    public let target: Span

    public init(name: Name, arguments: [Argument], span: Span, target: Span) {
        self.name = name
        self.arguments = arguments
        self.span = span
        self.target = target
    }
}
