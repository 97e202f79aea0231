import Diagnostics

/// A name as written, with its place.
public struct Name: Hashable, Sendable {
    public let text: String
    public let span: Span

    public init(_ text: String, _ span: Span) {
        self.text = text
        self.span = span
    }
}

/// One or more names joined by dots: `std.memory`, `hw.Call`, `ideal.load`.
public struct Path: Hashable, Sendable {
    public let parts: [Name]

    public init(_ parts: [Name]) { self.parts = parts }

    public var text: String { parts.map(\.text).joined(separator: ".") }
    public var span: Span {
        guard let first = parts.first, let last = parts.last else { return Span(SourceID(index: 0), 0, 0) }
        return first.span.joined(last.span)
    }
}
