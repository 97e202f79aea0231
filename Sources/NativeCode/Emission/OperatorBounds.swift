import Model

extension BinaryOperator {
    /// The result on constants, as the machine has it.
    func folded(_ x: UInt64, _ y: UInt64) -> UInt64 {
        switch self {
        case .add: x &+ y
        case .subtract: x &- y
        case .multiply: x &* y
        case .bitAnd: x & y
        case .bitOr: x | y
        case .bitXor: x ^ y
        case .shiftLeft: y < 64 ? x << y : 0
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

    /// The largest result for operands up to these; `shift` is the right one where it is known.
    func bound(_ x: UInt64, _ y: UInt64, shift: UInt64?) -> UInt64 {
        switch self {
        case .add:
            let (sum, overflow) = x.addingReportingOverflow(y)
            return overflow ? .max : sum
        case .multiply:
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            return overflow ? .max : product
        case .subtract: return .max
        case .bitAnd: return min(x, y)
        case .bitOr, .bitXor: return .ones(max(x.bitsNeeded, y.bitsNeeded))
        case .shiftLeft:
            guard let most = Int(exactly: y), x.bitsNeeded + most <= 64 else { return .max }
            return most < 64 ? x << UInt64(most) : 0
        case .shiftRight: return shift.map { $0 < 64 ? x >> $0 : 0 } ?? x
        case .equal, .notEqual, .less, .lessOrEqual, .below, .belowOrEqual, .and, .or, .implies: return 1
        }
    }
}

extension UnaryOperator {
    /// The result on a constant, as the machine has it.
    func folded(_ x: UInt64) -> UInt64 {
        switch self {
        case .not: x == 0 ? 1 : 0
        case .negate: 0 &- x
        case .complement: ~x
        case .populationCount: UInt64(x.nonzeroBitCount)
        }
    }
}
