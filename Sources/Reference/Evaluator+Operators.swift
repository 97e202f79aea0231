import Diagnostics
import Program

extension Evaluator {
    mutating func unary(_ operation: UnaryOperation, _ operand: Expr, _ whole: Expr) throws(Stop) -> Value {
        switch (operation, try evaluate(operand)) {
        case (.not, .bool(let flag)): return .bool(!flag)
        case (.negate, .int(let number)):
            return try integer(Int64(0).subtractingReportingOverflow(number), "-(\(number))", whole.span)
        case (.complement, .bits(let pattern)): return .bits(~pattern & mask(whole.type))
        case (_, .unbounded): throw unboundedOperand(operand.span)
        default: throw defect("an operator on another type", whole.span)  // a pair
        }
    }

    mutating func binary(
        _ operation: BinaryOperation, _ left: Expr, _ right: Expr, _ whole: Expr
    ) throws(Stop) -> Value {
        switch operation {
        case .implies: return try isTrue(left) ? .bool(isTrue(right)) : .bool(true)
        case .or: return try isTrue(left) ? .bool(true) : .bool(isTrue(right))
        case .and: return try isTrue(left) ? .bool(isTrue(right)) : .bool(false)
        case .equal: return .bool(try evaluate(left) == evaluate(right))
        case .notEqual: return .bool(try evaluate(left) != evaluate(right))
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .add, .subtract, .multiply, .bitsAdd,
            .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor, .shiftLeft, .shiftRight, .concatenate,
            .union, .difference, .intersection, .insert, .remove:
            let x = try evaluate(left)
            let y = try evaluate(right)
            if operation == .concatenate { return try concatenate(x, y, right.type, whole) }
            return try apply(operation, x, y, whole)
        }
    }

    /// An operator that needs both of its operands.
    func apply(_ operation: BinaryOperation, _ x: Value, _ y: Value, _ whole: Expr) throws(Stop) -> Value {
        switch (operation, x, y) {
        case (.equal, _, _): return .bool(x == y)
        case (.notEqual, _, _): return .bool(x != y)
        case (.isIn, _, .set(let values)): return .bool(values.contains(x))
        case (.union, .set(let a), .set(let b)): return .set(of: a + b)
        case (.difference, .set(let a), .set(let b)): return .set(a.filter { !b.contains($0) })
        case (.intersection, .set(let a), .set(let b)): return .set(a.filter { b.contains($0) })
        case (.insert, .set(let a), _): return .set(of: a + [try conform(y, to: whole.type.element, whole.span)])
        case (.remove, .set(let a), _):
            let member = try conform(y, to: whole.type.element, whole.span)
            return .set(a.filter { $0 != member })
        case (.shiftLeft, .bits(let pattern), _), (.shiftRight, .bits(let pattern), _):
            return try shift(operation, pattern, y, whole)
        case (_, .int(let a), .int(let b)): return try applyToIntegers(operation, a, b, whole)
        case (_, .bits(let a), .bits(let b)): return try applyToBits(operation, a, b, whole)
        case (_, .unbounded, _), (_, _, .unbounded): throw unboundedOperand(whole.span)
        default: throw defect("an operator on other types", whole.span)  // a triple
        }
    }

    private func applyToIntegers(
        _ operation: BinaryOperation, _ a: Int64, _ b: Int64, _ whole: Expr
    ) throws(Stop) -> Value {
        switch operation {
        case .less: return .bool(a < b)
        case .lessOrEqual: return .bool(a <= b)
        case .greater: return .bool(a > b)
        case .greaterOrEqual: return .bool(a >= b)
        case .add: return try integer(a.addingReportingOverflow(b), "\(a) + \(b)", whole.span)
        case .subtract: return try integer(a.subtractingReportingOverflow(b), "\(a) - \(b)", whole.span)
        case .multiply: return try integer(a.multipliedReportingOverflow(by: b), "\(a) * \(b)", whole.span)
        case .implies, .or, .and, .equal, .notEqual, .isIn, .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd,
            .bitsOr, .bitsXor, .shiftLeft, .shiftRight, .concatenate, .union, .difference, .intersection, .insert,
            .remove:
            throw defect("an operator on integers", whole.span)
        }
    }

    private func applyToBits(
        _ operation: BinaryOperation, _ a: UInt64, _ b: UInt64, _ whole: Expr
    ) throws(Stop) -> Value {
        switch operation {
        case .less: return .bool(a < b)
        case .lessOrEqual: return .bool(a <= b)
        case .greater: return .bool(a > b)
        case .greaterOrEqual: return .bool(a >= b)
        case .bitsAdd, .add: return .bits((a &+ b) & mask(whole.type))
        case .bitsSubtract, .subtract: return .bits((a &- b) & mask(whole.type))
        case .bitsMultiply, .multiply: return .bits((a &* b) & mask(whole.type))
        case .bitsAnd: return .bits(a & b)
        case .bitsOr: return .bits(a | b)
        case .bitsXor: return .bits(a ^ b)
        case .implies, .or, .and, .equal, .notEqual, .isIn, .shiftLeft, .shiftRight, .concatenate, .union,
            .difference, .intersection, .insert, .remove:
            throw defect("an operator on bits", whole.span)
        }
    }

    private func shift(
        _ operation: BinaryOperation, _ pattern: UInt64, _ count: Value, _ whole: Expr
    ) throws(Stop) -> Value {
        var distance: UInt64 = 0
        if case .int(let number) = count {
            guard number >= 0 else {
                throw .violation(violation(.range, "the shift count \(number) is negative", whole.span))
            }
            distance = UInt64(number)
        } else if case .bits(let number) = count {
            distance = number
        } else {
            throw defect("a shift by something else", whole.span)
        }
        let width = UInt64(whole.type.bitWidth ?? 64)
        guard distance < width else { return .bits(0) }
        return .bits((operation == .shiftLeft ? pattern << distance : pattern >> distance) & mask(whole.type))
    }

    private func concatenate(_ high: Value, _ low: Value, _ lowType: Type, _ whole: Expr) throws(Stop) -> Value {
        guard case .bits(let a) = high, case .bits(let b) = low, let width = lowType.bitWidth else {
            throw defect("a concatenation of something else", whole.span)
        }
        return .bits(((width >= 64 ? 0 : a << UInt64(width)) | b) & mask(whole.type))
    }

    mutating func slice(_ value: Expr, _ high: Int, _ low: Int) throws(Stop) -> Value {
        guard case .bits(let pattern) = try evaluate(value), low >= 0, low < 64, high >= low else {
            throw defect("a slice of something else", value.span)
        }
        return .bits((pattern >> UInt64(low)) & mask(.bits(high - low + 1)))
    }

    mutating func toBits(_ value: Expr, _ whole: Expr) throws(Stop) -> Value {
        let operand = try evaluate(value)
        if case .int(let number) = operand { return .bits(UInt64(bitPattern: number) & mask(whole.type)) }
        if case .bits(let pattern) = operand { return .bits(pattern & mask(whole.type)) }
        throw operand == .unbounded ? unboundedOperand(value.span) : defect("no number", value.span)
    }

    mutating func toInt(_ value: Expr) throws(Stop) -> Value {
        let operand = try evaluate(value)
        if case .int = operand { return operand }
        guard case .bits(let pattern) = operand else {
            throw operand == .unbounded ? unboundedOperand(value.span) : defect("no number", value.span)
        }
        guard let number = Int64(exactly: pattern) else {
            throw .violation(violation(.range, "\(pattern) does not fit in 64 bits", value.span))
        }
        return .int(number)
    }

    private func integer(
        _ result: (partialValue: Int64, overflow: Bool), _ text: String, _ span: Span
    ) throws(Stop) -> Value {
        guard !result.overflow else {
            throw .violation(violation(.range, "`\(text)` does not fit in 64 bits", span))
        }
        return .int(result.partialValue)
    }

    private func unboundedOperand(_ span: Span) -> Stop {
        .violation(violation(.range, "`unbounded` is no number to calculate with", span))
    }

    private func mask(_ type: Type) -> UInt64 {
        guard let width = type.bitWidth, width < 64 else { return .max }
        return width <= 0 ? 0 : (1 << UInt64(width)) - 1
    }
}
