import Diagnostics

/// Operators after resolution: the type of the operands is in the name.
public enum BinaryOperation: String, Sendable, CaseIterable {
    /// Short-circuit, left to right.
    case implies, or, and
    /// On any two values of one type.
    case equal, notEqual
    /// On integers and on bits (unsigned).
    case less, lessOrEqual, greater, greaterOrEqual
    /// element, set
    case isIn
    /// Integers. A result outside 64 bits is the violation `range`.
    case add, subtract, multiply
    /// Bits of one width, modulo 2^N.
    case bitsAdd, bitsSubtract, bitsMultiply, bitsAnd, bitsOr, bitsXor
    /// Bits by an integer or bits; a shift by the width or more gives 0. A negative count is the violation `range`.
    case shiftLeft, shiftRight
    /// High part, low part.
    case concatenate
    /// set, set
    case union, difference, intersection
    /// set, element
    case insert, remove
}

public enum UnaryOperation: String, Sendable, CaseIterable {
    case not
    /// Integers.
    case negate
    /// Bits.
    case complement
}

public enum QuantifierKind: String, Sendable, CaseIterable {
    case all, some, count
}

/// `local in set where condition`. Later binders may use earlier ones.
public struct Binder: Sendable {
    public let local: LocalID
    public let set: Expr
    public let condition: Expr?

    public init(local: LocalID, set: Expr, condition: Expr?) {
        self.local = local
        self.set = set
        self.condition = condition
    }
}

/// A pattern; it binds locals of the scope when it matches.
public indirect enum Pattern: Sendable {
    case anything
    case bind(LocalID)
    case constant(Value)
    /// The case and one pattern per payload field.
    case enumeration(EnumID, case: Int, [Pattern])
    case none
    case some(Pattern)
    case emptySet
}

/// A step from a cell's value into a part of it.
public enum InnerField: Hashable, Sendable {
    /// A field of a word record.
    case record(Int)
    /// A payload field; another case is the violation `none_value`.
    case payload(case: Int, field: Int)
    /// The content of an optional; `none` is the violation `none_value`.
    case some
}

/// A shared place: a variable, an index per dimension, the path through plain records to a cell, and the path inside it.
public struct Place: Sendable {
    public let variable: VariableID
    public let indices: [Expr]
    /// Field numbers through plain records. The place is one cell when this path ends in no plain record.
    public let fields: [Int]
    /// Inside the cell. A store through it is a load and a store of the cell.
    public let inner: [InnerField]
    /// The type of the whole place, ``inner`` included.
    public let type: Type
    public let span: Span

    public init(
        variable: VariableID, indices: [Expr], fields: [Int], inner: [InnerField] = [], type: Type, span: Span
    ) {
        self.variable = variable
        self.indices = indices
        self.fields = fields
        self.inner = inner
        self.type = type
        self.span = span
    }
}

public struct ExprArm: Sendable {
    public let pattern: Pattern
    public let value: Expr

    public init(pattern: Pattern, value: Expr) {
        self.pattern = pattern
        self.value = value
    }
}

public struct FieldUpdate: Sendable {
    public let field: Int
    public let value: Expr

    public init(field: Int, value: Expr) {
        self.field = field
        self.value = value
    }
}

public enum ProcessAttribute: String, Sendable {
    /// Has left its first control point.
    case started
    case finished
}

public indirect enum ExprKind: Sendable {
    case constant(Value)
    case local(LocalID)
    /// A shared variable, a ghost variable or a symbolic constant. A read of a field whose `when` does not hold is
    /// the violation `use_after_free` (in properties and ghost code it just gives the field's default).
    case read(Place, racy: Bool)
    /// Another field of the record in whose `when` this stands.
    case sibling(Int)
    /// Whether a lock is held by anybody.
    case locked(Place)
    /// A field of a record value.
    case field(Expr, Int)
    /// A payload field of an enum value. Another case is the violation `none_value`.
    case payload(Expr, case: Int, field: Int)
    /// `e!`: `none` is the violation `none_value`.
    case unwrap(Expr)
    case unary(UnaryOperation, Expr)
    case binary(BinaryOperation, Expr, Expr)
    /// True when it matches; then the pattern's locals are bound, to the right of `and`/`implies` and where the
    /// enclosing statement says.
    case matches(Expr, Pattern)
    case conditional(Expr, Expr, Expr)
    /// The first matching arm. The checker has proved that one matches.
    case match(Expr, [ExprArm])
    /// `all`, `some`: the body is a condition. `count`: the body is a condition too (`true` where none was written).
    case quantified(QuantifierKind, [Binder], Expr)
    case cardinality(Expr)
    case setOf([Expr])
    case comprehension(Binder)
    /// All values of a type, as a set.
    case allOf(Type)
    case makeCase(EnumID, case: Int, [Expr])
    case makeRecord(RecordID, [Expr])
    case makeSome(Expr)
    /// A copy of a record with some fields replaced.
    case withRecord(Expr, [FieldUpdate])
    /// A copy of an enum value with some payload fields replaced. Another case is the violation `none_value`.
    case withPayload(Expr, case: Int, [FieldUpdate])
    case call(FunctionID, [Expr])
    /// In `transition` properties: the value before the step.
    case old(Expr)
    /// Bits `high` down to `low`.
    case slice(Expr, high: Int, low: Int)
    /// An integer as bits, modulo 2^N; the width is in the type. Also widens and truncates bits.
    case toBits(Expr)
    /// Bits as an unsigned integer.
    case toInt(Expr)
    case process(ProcessID, [Expr], ProcessAttribute)
}

/// A typed expression. It has no effects; it may read shared state.
public struct Expr: Sendable {
    public let kind: ExprKind
    public let type: Type
    public let span: Span

    public init(_ kind: ExprKind, _ type: Type, _ span: Span) {
        self.kind = kind
        self.type = type
        self.span = span
    }
}
