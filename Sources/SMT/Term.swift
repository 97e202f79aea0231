/// A term of a ``TermGraph``: of sort Bool, or a bit vector of 1 to 64 bits.
///
/// Equal terms of one graph have equal meaning; terms of different graphs must not be mixed.
public struct Term: Hashable, Sendable {
    let id: Int32
    /// Bits of a bit vector; 0 for Bool.
    public let width: Int

    public var isBool: Bool { width == 0 }
}

/// What a term is made of. The operands of a node were made before it.
enum TermNode: Hashable {
    /// By its number in ``TermGraph/names``.
    case variable(Int)
    case truth(Bool)
    case bits(UInt64)
    case not(Term)
    /// Two or more, in ascending order, each once.
    case and([Term])
    case or([Term])
    case conditional(Term, Term, Term)
    case equal(Term, Term)
    case compare(Comparison, Term, Term)
    case arithmetic(Arithmetic, Term, Term)
    case complement(Term)
    case negate(Term)
    /// High bits first.
    case concat(Term, Term)
    /// From bit `low` on, as many as the term is wide.
    case extract(Term, low: Int)
}

/// Of two bit vectors of one width.
public enum Comparison: String, Hashable, Sendable {
    /// Unsigned.
    case below = "bvult"
    case belowOrEqual = "bvule"
    /// Two's complement.
    case less = "bvslt"
    case lessOrEqual = "bvsle"

    func holds(_ a: UInt64, _ b: UInt64, width: Int) -> Bool {
        switch self {
        case .below: a < b
        case .belowOrEqual: a <= b
        case .less: a.signExtended(from: width) < b.signExtended(from: width)
        case .lessOrEqual: a.signExtended(from: width) <= b.signExtended(from: width)
        }
    }

    var isReflexive: Bool {
        switch self {
        case .below, .less: false
        case .belowOrEqual, .lessOrEqual: true
        }
    }
}

/// Of two bit vectors of one width, modulo its power of two.
public enum Arithmetic: String, Hashable, Sendable {
    case add = "bvadd"
    case subtract = "bvsub"
    case multiply = "bvmul"
    case and = "bvand"
    case or = "bvor"
    case xor = "bvxor"
    /// Shifts by the width or more give 0.
    case shiftLeft = "bvshl"
    case shiftRight = "bvlshr"

    func apply(_ a: UInt64, _ b: UInt64, width: Int) -> UInt64 {
        let result: UInt64 =
            switch self {
            case .add: a &+ b
            case .subtract: a &- b
            case .multiply: a &* b
            case .and: a & b
            case .or: a | b
            case .xor: a ^ b
            case .shiftLeft: b < UInt64(width) ? a << b : 0
            case .shiftRight: b < UInt64(width) ? a >> b : 0
            }
        return result & .mask(width)
    }

    var isCommutative: Bool {
        switch self {
        case .add, .multiply, .and, .or, .xor: true
        case .subtract, .shiftLeft, .shiftRight: false
        }
    }
}

extension UInt64 {
    /// So many low ones, 0 to 64.
    static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(width)) - 1 }

    func signExtended(from width: Int) -> Int64 {
        let unused = UInt64(64 - width)
        return Int64(bitPattern: self << unused) >> Int64(unused)
    }
}
