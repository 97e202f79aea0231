extension BinaryOperator {
    /// The result on codes. The short-circuit operators give the same value as when both sides are evaluated.
    public func apply(_ x: UInt64, _ y: UInt64) -> UInt64 {
        switch self {
        case .add: x &+ y
        case .subtract: x &- y
        case .multiply: x &* y
        case .bitAnd: x & y
        case .bitOr: x | y
        case .bitXor: x ^ y
        case .shiftLeft: x.shifted(by: Int(clamping: y))
        case .shiftRight: y < 64 ? x >> y : 0
        case .equal: x == y ? 1 : 0
        case .notEqual: x != y ? 1 : 0
        case .less: Int64(bitPattern: x) < Int64(bitPattern: y) ? 1 : 0
        case .lessOrEqual: Int64(bitPattern: x) <= Int64(bitPattern: y) ? 1 : 0
        case .below: x < y ? 1 : 0
        case .belowOrEqual: x <= y ? 1 : 0
        case .and: x != 0 && y != 0 ? 1 : 0
        case .or: x != 0 || y != 0 ? 1 : 0
        case .implies: x == 0 || y != 0 ? 1 : 0
        }
    }
}

extension UnaryOperator {
    public func apply(_ x: UInt64) -> UInt64 {
        switch self {
        case .not: x == 0 ? 1 : 0
        case .negate: 0 &- x
        case .complement: ~x
        case .populationCount: UInt64(x.nonzeroBitCount)
        }
    }
}
