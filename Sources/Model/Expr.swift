/// Operators on 64-bit words. Truth is 1 and 0.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    /// Modulo 2^64.
    case add, subtract, multiply
    case bitAnd, bitOr, bitXor
    /// A shift by 64 or more gives 0.
    case shiftLeft, shiftRight
    case equal, notEqual
    /// Signed.
    case less, lessOrEqual
    /// Unsigned.
    case below, belowOrEqual
    /// Short-circuit: the right side is evaluated only where it matters.
    case and, or, implies
}

public enum UnaryOperator: String, Hashable, Sendable, CaseIterable {
    /// 1 for 0, else 0.
    case not
    /// Two's complement.
    case negate
    case complement
    /// The number of one bits.
    case populationCount
}

public enum Quantifier: String, Hashable, Sendable, CaseIterable {
    case all, some
    /// How many.
    case count
    /// The set of the register values for which the body is 1, as bits.
    case collect
}

/// A pure expression over codes.
public indirect enum Expr: Hashable, Sendable {
    case constant(UInt64)
    /// An element of a variable, one index a dimension, each from 0. The indices are in range by construction.
    case read(VariableID, [Expr])
    /// The same before the step; in `transition` properties only.
    case readOld(VariableID, [Expr])
    /// An index of the acting process instance, from 0.
    case processIndex(Int)
    /// A register: a choice, a `let`, a quantified variable, or set by ``Instruction/set(_:_:)``.
    case register(Int)
    case unary(UnaryOperator, Expr)
    case binary(BinaryOperator, Expr, Expr)
    /// Condition, then, else; only one branch is evaluated.
    case conditional(Expr, Expr, Expr)
    /// `let register = value in body`
    case bind(register: Int, Expr, Expr)
    /// Over the register values `0..<count`.
    case quantified(Quantifier, register: Int, count: Int, Expr)
}
