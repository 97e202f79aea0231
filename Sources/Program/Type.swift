import Diagnostics

public enum LockKind: String, Sendable, CaseIterable {
    /// A spinlock: may not be held across a wait.
    case spin = "lock"
    /// A sleeping mutex.
    case mutex
    /// A reader-writer lock.
    case readWrite = "rwlock"
}

/// A resolved type of one configuration: all bounds and sizes are numbers.
public indirect enum Type: Hashable, Sendable {
    /// The type with one value.
    case unit
    case bool
    /// Integers in expressions, 64 bits. No variable has this type.
    case int
    /// `lower...upper`. Leaving it is the violation `range`, unless it wraps.
    case range(lower: Int64, upper: Int64, wraps: Bool)
    /// A range, or `unbounded`.
    case rangeOrUnbounded(lower: Int64, upper: Int64)
    /// 1 to 64 bits; arithmetic wraps.
    case bits(Int)
    /// Interchangeable identities.
    case domain(DomainID)
    case enumeration(EnumID)
    case record(RecordID)
    case set(Type)
    case optional(Type)
    case lock(LockKind)
}

/// Interchangeable identities, sized by the configuration.
public struct Domain: Sendable {
    /// Qualified: `Thread`, `hw.Call`.
    public let name: String
    public let size: Int
    public let span: Span

    public init(name: String, size: Int, span: Span) {
        self.name = name
        self.size = size
        self.span = span
    }
}

/// A field of a record or of a payload.
public struct Field: Sendable {
    /// Payload fields without a name are called `0`, `1`, …
    public let name: String
    public let type: Type
    /// `x += e` on it is one read-modify-write.
    public let isAtomic: Bool
    /// The initial value; the default of the type where the source gives none.
    public let initial: Value
    /// The field means something only while this holds; ``ExprKind/sibling(_:)`` names the other fields of the record.
    public var condition: Expr?
    /// Slicing removed it from a plain record: no engine keeps a cell for it. Numbers of fields stay.
    public var isVanished: Bool = false
    public let span: Span

    public init(name: String, type: Type, isAtomic: Bool, initial: Value, condition: Expr?, span: Span) {
        self.name = name
        self.type = type
        self.isAtomic = isAtomic
        self.initial = initial
        self.condition = condition
        self.span = span
    }
}

public struct EnumCase: Sendable {
    public let name: String
    public let payload: [Field]

    public init(name: String, payload: [Field]) {
        self.name = name
        self.payload = payload
    }
}

/// An enumeration; a value of it is one cell.
public struct Enumeration: Sendable {
    public let name: String
    public var cases: [EnumCase]
    public let span: Span

    public init(name: String, cases: [EnumCase], span: Span) {
        self.name = name
        self.cases = cases
        self.span = span
    }
}

/// A record. A plain record in a variable is one cell a field; a `word record` is one cell.
public struct Record: Sendable {
    public let name: String
    public var fields: [Field]
    public let isWord: Bool
    public let span: Span

    public init(name: String, fields: [Field], isWord: Bool, span: Span) {
        self.name = name
        self.fields = fields
        self.isWord = isWord
        self.span = span
    }
}
