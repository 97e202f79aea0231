import Model

/// Constructors that fold what is constant, so that lowering need not think about it.
extension Code {
    static let zero = Code.constant(0)
    static let one = Code.constant(1)

    static func number(_ n: Int64) -> Code { .constant(UInt64(bitPattern: n)) }

    var constantValue: UInt64? {
        if case .constant(let value) = self { return value }
        return nil
    }

    /// Costs nothing to evaluate twice.
    var isTrivial: Bool {
        switch self {
        case .constant, .register, .processIndex: true
        case .read, .readOld, .unary, .binary, .conditional, .bind, .quantified: false
        }
    }

    func and(_ other: Code) -> Code {
        if constantValue == 0 || other == .one { return self }
        if constantValue == 1 || other.constantValue == 0 { return other }
        return .binary(.and, self, other)
    }

    func or(_ other: Code) -> Code {
        if constantValue == 1 || other == .zero { return self }
        if constantValue == 0 { return other }
        return .binary(.or, self, other)
    }

    func implies(_ other: Code) -> Code {
        if constantValue == 0 || other.constantValue == 1 { return .one }
        if constantValue == 1 { return other }
        return .binary(.implies, self, other)
    }

    var negated: Code {
        if let value = constantValue { return value == 0 ? .one : .zero }
        if case .unary(.not, let inner) = self, inner.isTruth { return inner }
        return .unary(.not, self)
    }

    /// Is 0 or 1 for certain.
    private var isTruth: Bool {
        switch self {
        case .constant(let value): value <= 1
        case .unary(let operation, _): operation == .not
        case .binary(let operation, _, _):
            switch operation {
            case .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual, .and, .or, .implies: true
            case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight: false
            }
        case .quantified(let quantifier, register: _, count: _, _): quantifier == .all || quantifier == .some
        case .read, .readOld, .processIndex, .register, .conditional, .bind: false
        }
    }

    func equals(_ other: Code) -> Code {
        if let a = constantValue, let b = other.constantValue { return a == b ? .one : .zero }
        return .binary(.equal, self, other)
    }

    func plus(_ other: Code) -> Code { arithmetic(.add, other) { $0 &+ $1 } }
    func minus(_ other: Code) -> Code { arithmetic(.subtract, other) { $0 &- $1 } }
    func times(_ other: Code) -> Code { arithmetic(.multiply, other) { $0 &* $1 } }
    func bitOr(_ other: Code) -> Code { self == .zero ? other : arithmetic(.bitOr, other) { $0 | $1 } }
    func bitXor(_ other: Code) -> Code { arithmetic(.bitXor, other) { $0 ^ $1 } }

    func bitAnd(_ other: Code) -> Code {
        if let a = constantValue, let b = other.constantValue { return .constant(a & b) }
        if constantValue == 0 || other.constantValue == 0 { return .zero }
        return .binary(.bitAnd, self, other)
    }

    func shiftedLeft(_ other: Code) -> Code { arithmetic(.shiftLeft, other) { $1 >= 64 ? 0 : $0 << $1 } }
    func shiftedRight(_ other: Code) -> Code { arithmetic(.shiftRight, other) { $1 >= 64 ? 0 : $0 >> $1 } }
    func shiftedLeft(_ count: Int) -> Code { shiftedLeft(.constant(UInt64(max(0, count)))) }
    func shiftedRight(_ count: Int) -> Code { shiftedRight(.constant(UInt64(max(0, count)))) }

    /// The lowest bits.
    func low(_ width: Int) -> Code { width >= 64 ? self : bitAnd(.constant(.lowMask(width))) }

    /// `width` bits from bit `shift` on, with zeroes there.
    func cleared(_ shift: Int, _ width: Int) -> Code {
        bitAnd(.constant(~(shift >= 64 ? 0 : UInt64.lowMask(width) << UInt64(shift))))
    }

    /// The bit of that number.
    func bit(_ index: Code) -> Code { shiftedRight(index).bitAnd(.one) }

    func choosing(_ yes: Code, _ no: Code) -> Code {
        if let value = constantValue { return value != 0 ? yes : no }
        return yes == no ? yes : .conditional(self, yes, no)
    }

    private func arithmetic(
        _ operation: BinaryOperator, _ other: Code, _ fold: (UInt64, UInt64) -> UInt64
    ) -> Code {
        if let a = constantValue, let b = other.constantValue { return .constant(fold(a, b)) }
        if other.constantValue == 0 {
            switch operation {
            case .add, .subtract, .bitOr, .bitXor, .shiftLeft, .shiftRight: return self
            case .multiply, .bitAnd: return .zero
            case .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual, .and, .or, .implies: break
            }
        }
        return .binary(operation, self, other)
    }
}

extension UInt64 {
    static func lowMask(_ width: Int) -> UInt64 { width >= 64 ? .max : (width <= 0 ? 0 : (1 << UInt64(width)) - 1) }
}
