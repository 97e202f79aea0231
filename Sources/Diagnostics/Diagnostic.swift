/// How much a diagnostic matters.
public enum Severity: String, Sendable {
    /// The input can't be used.
    case error
    /// The input can be used, but probably does not mean what its author thinks.
    case warning
}

/// A further place that a diagnostic speaks about, or a further fact.
public struct Note: Hashable, Sendable {
    public let message: String
    public let span: Span?

    public init(_ message: String, at span: Span? = nil) {
        self.message = message
        self.span = span
    }
}

/// A change of the text that would cure the diagnostic.
public struct FixIt: Hashable, Sendable {
    /// What the change does, as an instruction: "replace `=` with `==`".
    public let message: String
    public let span: Span
    public let replacement: String

    public init(_ message: String, replace span: Span, with replacement: String) {
        self.message = message
        self.span = span
        self.replacement = replacement
    }
}

/// One finding about the input: where, what, why, what to do.
public struct Diagnostic: Hashable, Sendable, Error {
    public let code: DiagnosticCode
    public let severity: Severity
    /// What is wrong, in the user's terms; one sentence without a final full stop.
    public let message: String
    /// Nil for findings that have no place in a source file (a missing file, say).
    public let span: Span?
    public let notes: [Note]
    public let fixIts: [FixIt]

    public init(
        _ code: DiagnosticCode, _ message: String, at span: Span?, severity: Severity = .error, notes: [Note] = [],
        fixIts: [FixIt] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.span = span
        self.notes = notes
        self.fixIts = fixIts
    }
}

extension Sequence<Diagnostic> {
    public var hasErrors: Bool { contains { $0.severity == .error } }
}
