import Diagnostics
import Model
import Program

extension Evaluator {
    mutating func binary(_ operation: BinaryOperation, _ a: SourceExpr, _ b: SourceExpr, _ e: SourceExpr) -> Operand {
        switch operation {
        case .and, .or, .implies: return Operand(logical(operation, a, b))
        case .equal: return Operand(equality(a, b))
        case .notEqual: return Operand(equality(a, b).negated)
        case .less: return Operand(comparison(a, b, orEqual: false))
        case .greater: return Operand(comparison(b, a, orEqual: false, swapped: true))
        case .lessOrEqual: return Operand(comparison(a, b, orEqual: true))
        case .greaterOrEqual: return Operand(comparison(b, a, orEqual: true, swapped: true))
        case .add, .subtract, .multiply:
            let x = number(value(a), a.type)
            let y = number(value(b), b.type)
            return convert(arithmetic(operation, x, y, e.span), from: .int, to: e.type, e.span)
        case .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor:
            let x = value(a).code
            let y = value(b).code
            return Operand(Self.bits(operation, x, y).low(layout.width(e.type)))
        case .shiftLeft, .shiftRight: return shift(operation, a, b, e)
        case .concatenate: return Operand(value(a).code.shiftedLeft(layout.width(b.type)).bitOr(value(b).code))
        case .isIn: return Operand(membership(a, b))
        case .union, .difference, .intersection, .insert, .remove: return sets(operation, a, b, e.type)
        }
    }

    private mutating func logical(_ operation: BinaryOperation, _ a: SourceExpr, _ b: SourceExpr) -> Code {
        let left = value(a).code
        let isDecided = operation == .or ? left.constantValue == 1 : left.constantValue == 0
        if isDecided { return operation == .and ? .zero : .one }
        let part = deferred { $0.value(b) }
        let test = test(left, for: part)
        let right = settled(part, under: operation == .or ? test.negated : test).code
        switch operation {
        case .and: return test.and(right)
        case .or: return test.or(right)
        default: return test.implies(right)  // the only other one that gets here
        }
    }

    private mutating func equality(_ a: SourceExpr, _ b: SourceExpr) -> Code {
        if a.type == b.type || !(a.type.isNumber && b.type.isNumber) {
            // A constant takes the form of the other side.
            let type = a.isConstantExpression ? b.type : a.type
            let x = value(a, as: type)
            let y = value(b, as: type)
            return zip(x.parts, y.parts).reduce(.one) { $0.and($1.0.equals($1.1)) }
        }
        let x = bounded(a)
        let y = bounded(b)
        return x.isNumber.and(y.isNumber).and(x.number.equals(y.number))
    }

    /// The number of an expression, and whether it is one: `unbounded` is none.
    private mutating func bounded(_ e: SourceExpr) -> (number: Code, isNumber: Code) {
        let operand = shared(value(e))
        guard case .rangeOrUnbounded(let lower, let upper) = e.type else {
            return (number(operand, e.type).code, .one)
        }
        let isNumber = Code.binary(.belowOrEqual, operand.code, .number(upper &- lower)).folded
        return (number(operand, e.type).code, isNumber)
    }

    /// Evaluates from left to right, whatever the comparison.
    private mutating func comparison(
        _ a: SourceExpr, _ b: SourceExpr, orEqual: Bool, swapped: Bool = false
    ) -> Code {
        let first = swapped ? b : a
        let second = swapped ? a : b
        let left: Code
        let right: Code
        if case .bits = a.type {
            left = value(first).code
            right = value(second).code
        } else {
            left = number(value(first), first.type).code
            right = number(value(second), second.type).code
        }
        let isUnsigned = if case .bits = a.type { true } else { false }
        let operation: BinaryOperator =
            isUnsigned ? (orEqual ? .belowOrEqual : .below) : (orEqual ? .lessOrEqual : .less)
        return Code.binary(operation, swapped ? right : left, swapped ? left : right).folded
    }

    // MARK: Integers

    mutating func arithmetic(_ operation: BinaryOperation, _ a: Operand, _ b: Operand, _ span: Span) -> Operand {
        if let interval = Self.interval(operation, a.interval, b.interval) {
            return Operand(Self.bits(operation, a.code, b.code), interval)
        }
        let (x, y) = (shared(a.code), shared(b.code))
        let result = shared(Self.bits(operation, x, y))
        check(
            Self.fits(operation, x, y, result), BuiltinViolation.range.rawValue,
            "`\(origins.text(span))` leaves 64 bits", span)
        return Operand(result)
    }

    static func bits(_ operation: BinaryOperation, _ a: Code, _ b: Code) -> Code {
        switch operation {
        case .add, .bitsAdd: a.plus(b)
        case .subtract, .bitsSubtract: a.minus(b)
        case .multiply, .bitsMultiply: a.times(b)
        case .bitsAnd: a.bitAnd(b)
        case .bitsOr: a.bitOr(b)
        case .bitsXor: a.bitXor(b)
        default: a  // no arithmetic
        }
    }

    /// Nil where the result may leave 64 bits.
    static func interval(
        _ operation: BinaryOperation, _ a: ClosedRange<Int64>?, _ b: ClosedRange<Int64>?
    ) -> ClosedRange<Int64>? {
        guard let a, let b else { return nil }
        var corners: [Int64] = []
        for x in [a.lowerBound, a.upperBound] {
            for y in [b.lowerBound, b.upperBound] {
                let (value, overflow) =
                    operation == .add
                    ? x.addingReportingOverflow(y)
                    : operation == .subtract ? x.subtractingReportingOverflow(y) : x.multipliedReportingOverflow(by: y)
                if overflow { return nil }
                corners.append(value)
            }
        }
        guard let low = corners.min(), let high = corners.max() else { return nil }
        return low...high
    }

    /// Whether the signed result is the true one.
    private static func fits(_ operation: BinaryOperation, _ a: Code, _ b: Code, _ result: Code) -> Code {
        func negative(_ code: Code) -> Code { .binary(.less, code, .zero) }
        switch operation {
        case .add: return negative(a.bitXor(result).bitAnd(b.bitXor(result))).negated
        case .subtract: return negative(a.bitXor(b).bitAnd(a.bitXor(result))).negated
        default:
            // The high half of the product must repeat the sign of the low half.
            return signedHigh(a, b).equals(Code.zero.minus(negative(result)))
        }
    }

    /// The high 64 bits of the signed product.
    private static func signedHigh(_ a: Code, _ b: Code) -> Code {
        func negative(_ code: Code) -> Code { .binary(.less, code, .zero) }
        let (a1, a0, b1, b0) = (a.shiftedRight(32), a.low(32), b.shiftedRight(32), b.low(32))
        let middle = a1.times(b0).plus(a0.times(b0).shiftedRight(32))
        let cross = middle.low(32).plus(a0.times(b1))
        let high = a1.times(b1).plus(middle.shiftedRight(32)).plus(cross.shiftedRight(32))
        return high.minus(negative(a).choosing(b, .zero)).minus(negative(b).choosing(a, .zero))
    }

    private mutating func shift(
        _ operation: BinaryOperation, _ a: SourceExpr, _ b: SourceExpr, _ e: SourceExpr
    ) -> Operand {
        let x = value(a).code
        var count = value(b)
        if b.type.isNumber {
            count = number(count, b.type)
            if count.interval.map({ $0.lowerBound < 0 }) ?? true {
                count.parts = [shared(count.code)]
                check(
                    Code.binary(.less, count.code, .zero).folded.negated, BuiltinViolation.range.rawValue,
                    "`\(origins.text(b.span))` is negative", e.span)
            }
        }
        let shifted = operation == .shiftLeft ? x.shiftedLeft(count.code) : x.shiftedRight(count.code)
        return Operand(shifted.low(layout.width(e.type)))
    }
}

extension SourceExpr {
    var isConstantExpression: Bool {
        switch kind {
        case .constant: true
        default: false  // computed
        }
    }
}
