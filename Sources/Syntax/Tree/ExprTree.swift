import Diagnostics

public enum UnaryOperator: String, Sendable, CaseIterable {
    case not = "not"
    case negate = "-"
    case complement = "~"
}

/// Binary operators, loosest first: `implies` < `or` < `and` < comparisons < `|` < `^` < `&` < shifts < `+ - ++` < `*`.
public enum BinaryOperator: String, Sendable, CaseIterable {
    case implies = "implies"
    case or = "or"
    case and = "and"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
    case isNotIn = "not in"
    case bitOr = "|"
    case bitXor = "^"
    /// Masks of bits; intersection of sets.
    case bitAnd = "&"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    /// Sum; union of sets.
    case add = "+"
    /// Difference; of sets too (an element or a set on the right).
    case subtract = "-"
    /// Concatenation of bits, high part first.
    case concatenate = "++"
    case multiply = "*"
}

public enum Quantifier: String, Sendable {
    case all
    case some
    case count
}

/// `name in set [where condition]`. Without a set (`each q in Page` has one; a pattern `all x: ..` does not) it is an error.
public struct BinderTree: Sendable {
    public let name: Name
    /// The set, or a path that names a domain or a finite type.
    public let set: ExprTree
    public let condition: ExprTree?

    public init(name: Name, set: ExprTree, condition: ExprTree?) {
        self.name = name
        self.set = set
        self.condition = condition
    }
}

/// An argument of a record literal, a `with` update: `name: value`.
public struct FieldValueTree: Sendable {
    public let name: Name
    public let value: ExprTree

    public init(name: Name, value: ExprTree) {
        self.name = name
        self.value = value
    }
}

/// `pattern: value` of a `match` used as an expression.
public struct ExprArmTree: Sendable {
    public let pattern: PatternTree
    public let value: ExprTree

    public init(pattern: PatternTree, value: ExprTree) {
        self.pattern = pattern
        self.value = value
    }
}

/// An expression as written. Places (left-hand sides) are expressions too.
public struct ExprTree: Sendable {
    public indirect enum Kind: Sendable {
        /// A decimal, `0x` or `0b` number. `digits` counts hexadecimal or binary digits, 0 for decimal.
        case number(UInt64, bitWidth: Int)
        case bool(Bool)
        case string(String)
        /// A single name. Dots are `member`, so `hw.pte` is `member(name(hw), pte)`.
        case name(Name)
        case member(ExprTree, Name)
        /// `base[i, j]`
        case index(ExprTree, [ExprTree])
        /// `base[high:low]`, a slice of bits.
        case slice(ExprTree, high: ExprTree, low: ExprTree)
        /// `callee(arguments)`; also a case of an enum with its payload.
        case call(ExprTree, [ExprTree])
        /// `Name { field: value, … }`
        case record(ExprTree, [FieldValueTree])
        /// `bits<12>(x)`
        case bitsConversion(width: ExprTree, ExprTree)
        case unary(UnaryOperator, ExprTree)
        case binary(BinaryOperator, ExprTree, ExprTree)
        /// `e is pattern`, `e is not pattern`
        case isPattern(ExprTree, PatternTree, negated: Bool)
        /// `if c { a } else { b }`; `else if` nests.
        case conditional(ExprTree, ExprTree, ExprTree)
        case match(ExprTree, [ExprArmTree])
        /// `all x in S, y in T where P: body`; `count(x in S where P)` has no body; `count(S)` is `cardinality`.
        case quantified(Quantifier, [BinderTree], body: ExprTree?)
        /// `count(S)` of a set or domain.
        case cardinality(ExprTree)
        /// `{}`, `{a, b}`
        case setLiteral([ExprTree])
        /// `{x in S where P}`
        case setComprehension(BinderTree)
        /// `all D`: the set of all values of a type.
        case allOf(ExprTree)
        /// `e with { field: value, … }`
        case with(ExprTree, [FieldValueTree])
        /// `e!`
        case unwrap(ExprTree)
        /// `racy(place)`
        case racy(ExprTree)
        /// `old(e)`
        case old(ExprTree)
        /// `unbounded`
        case unbounded
        case error
    }

    public let kind: Kind
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}

/// A pattern as written.
public struct PatternTree: Sendable {
    public indirect enum Kind: Sendable {
        /// `_`
        case anything
        /// A name alone: a case without payload, or (inside a payload) a new variable. The checker decides.
        case name(Path)
        /// `mapped(f, _)`, `some(x)`
        case constructor(Path, [PatternTree])
        /// A number, `true`, `false`.
        case literal(ExprTree)
        /// `{}`: the empty set.
        case emptySet
        case error
    }

    public let kind: Kind
    public let span: Span

    public init(_ kind: Kind, _ span: Span) {
        self.kind = kind
        self.span = span
    }
}
