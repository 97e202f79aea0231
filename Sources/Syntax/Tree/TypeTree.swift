import Diagnostics

/// A type as written.
public struct TypeTree: Sendable {
    public indirect enum Kind: Sendable {
        /// `bool`, `int`, `unit`, `lock`, `mutex`, `rwlock`, `version`, a domain, enum, record or alias, possibly qualified.
        case named(Path)
        /// `a..b`, `a..b wrap`. The bounds are constant expressions.
        case range(ExprTree, ExprTree, wraps: Bool)
        /// `bits<N>`
        case bits(ExprTree)
        /// `set<T>`
        case set(TypeTree)
        /// `T?`
        case optional(TypeTree)
        /// `a..b or unbounded`
        case orUnbounded(TypeTree)
        /// What could not be parsed; a diagnostic has been reported.
        case error
    }

    public let kind: Kind
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}
