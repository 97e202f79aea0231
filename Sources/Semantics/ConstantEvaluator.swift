import Diagnostics
import Program

/// Why an expression has no constant value.
struct NotConstant: Error {
    let message: String
    let span: Span
}

/// Evaluates what constants, sizes and initial values of fields are made of. No shared state, no quantifiers.
struct ConstantEvaluator {
    private let program: Program

    init(_ program: Program) { self.program = program }

    func evaluate(_ expr: Expr) -> Result<Value, NotConstant> {
        do { return .success(try value(expr)) } catch { return .failure(error) }
    }

    private func value(_ expr: Expr) throws(NotConstant) -> Value {
        switch expr.kind {
        case .constant(let value): return value
        case .unary(let operation, let operand): return try unary(operation, value(operand), expr)
        case .binary(let operation, let left, let right): return try binary(operation, left, right, expr)
        case .conditional(let condition, let first, let second):
            return try value(condition) == .bool(true) ? value(first) : value(second)
        case .cardinality(let set): return .int(Int64(try elements(set).count))
        case .allOf: return .set(try elements(expr))
        case .setOf(let members): return .set(of: try all(members))
        case .makeCase(let id, let index, let arguments): return .enumeration(id, case: index, try all(arguments))
        case .makeRecord(let id, let arguments): return .record(id, try all(arguments))
        case .makeSome(let inner): return .some(try value(inner))
        case .toBits(let inner): return try bits(inner, expr)
        case .slice(let inner, let high, let low):
            guard case .bits(let raw) = try value(inner) else { throw failure(expr) }
            return .bits((raw >> UInt64(low)) & Self.mask(high - low + 1))
        case .toInt(let inner):
            if case .bits(let raw) = try value(inner), let number = Int64(exactly: raw) { return .int(number) }
            throw failure(expr)
        case .local, .read, .sibling, .locked, .field, .payload, .unwrap, .matches, .match, .quantified,
            .comprehension, .withRecord, .withPayload, .call, .old, .process:
            throw failure(expr)
        }
    }

    private func failure(_ expr: Expr) -> NotConstant {
        NotConstant(message: "this is not known before the search starts; a constant is needed here", span: expr.span)
    }

    private func all(_ exprs: [Expr]) throws(NotConstant) -> [Value] {
        var result: [Value] = []
        for expr in exprs { result.append(try value(expr)) }
        return result
    }

    private func elements(_ set: Expr) throws(NotConstant) -> [Value] {
        if case .allOf(let type) = set.kind, let values = program.allValues(of: type) { return values }
        if case .set(let values) = try value(set) { return values }
        throw failure(set)
    }

    private func bits(_ inner: Expr, _ expr: Expr) throws(NotConstant) -> Value {
        guard case .bits(let width) = expr.type else { throw failure(expr) }
        let mask = Self.mask(width)
        switch try value(inner) {
        case .int(let number): return .bits(UInt64(bitPattern: number) & mask)
        case .bits(let raw): return .bits(raw & mask)
        default: throw failure(expr)  // the checker lets nothing else through
        }
    }

    private func unary(_ operation: UnaryOperation, _ operand: Value, _ expr: Expr) throws(NotConstant) -> Value {
        switch (operation, operand) {
        case (.not, .bool(let value)): return .bool(!value)
        case (.negate, .int(let value)) where value != .min: return .int(-value)
        case (.complement, .bits(let raw)):
            guard case .bits(let width) = expr.type else { throw failure(expr) }
            return .bits(~raw & Self.mask(width))
        default: throw failure(expr)  // the checker lets nothing else through but -(-2^63)
        }
    }

    private func binary(
        _ operation: BinaryOperation, _ left: Expr, _ right: Expr, _ expr: Expr
    ) throws(NotConstant) -> Value {
        let first = try value(left)
        switch (operation, first) {
        case (.and, .bool(false)): return .bool(false)
        case (.or, .bool(true)), (.implies, .bool(false)): return .bool(true)
        default: break  // the right side decides
        }
        let second = try value(right)
        switch (operation, first, second) {
        case (.and, _, _), (.or, _, _), (.implies, _, _): return second
        case (.equal, _, _): return .bool(first == second)
        case (.notEqual, _, _): return .bool(first != second)
        case (.less, .int(let a), .int(let b)): return .bool(a < b)
        case (.lessOrEqual, .int(let a), .int(let b)): return .bool(a <= b)
        case (.greater, .int(let a), .int(let b)): return .bool(a > b)
        case (.greaterOrEqual, .int(let a), .int(let b)): return .bool(a >= b)
        case (.isIn, _, .set(let members)): return .bool(members.contains(first))
        case (.union, .set(let a), .set(let b)): return .set(of: a + b)
        case (.insert, .set(let a), _): return .set(of: a + [second])
        case (.difference, .set(let a), .set(let b)): return .set(a.filter { !b.contains($0) })
        case (.remove, .set(let a), _): return .set(a.filter { $0 != second })
        case (.add, .int(let a), .int(let b)): return try checked(a.addingReportingOverflow(b), expr)
        case (.subtract, .int(let a), .int(let b)): return try checked(a.subtractingReportingOverflow(b), expr)
        case (.multiply, .int(let a), .int(let b)): return try checked(a.multipliedReportingOverflow(by: b), expr)
        default: return try bits(operation, first, second, right, expr)
        }
    }

    private static func mask(_ width: Int) -> UInt64 { width >= 64 ? .max : (1 << UInt64(max(width, 0))) - 1 }

    /// Operators on bits.
    private func bits(
        _ operation: BinaryOperation, _ first: Value, _ second: Value, _ right: Expr, _ expr: Expr
    ) throws(NotConstant) -> Value {
        guard case .bits(let a) = first else { throw failure(expr) }
        guard case .bits(let b) = second else {
            // A shift by a number. Swift's shift by the width or more gives 0, as the language's does.
            guard case .int(let count) = second, count >= 0, case .bits(let width) = expr.type else {
                throw failure(expr)
            }
            return .bits((operation == .shiftLeft ? a << count : a >> count) & Self.mask(width))
        }
        switch operation {
        case .less: return .bool(a < b)
        case .lessOrEqual: return .bool(a <= b)
        case .greater: return .bool(a > b)
        case .greaterOrEqual: return .bool(a >= b)
        default: break  // the others give bits
        }
        guard case .bits(let width) = expr.type else { throw failure(expr) }
        let mask = Self.mask(width)
        switch operation {
        case .bitsAdd: return .bits((a &+ b) & mask)
        case .bitsSubtract: return .bits((a &- b) & mask)
        case .bitsMultiply: return .bits((a &* b) & mask)
        case .bitsAnd: return .bits(a & b)
        case .bitsOr: return .bits(a | b)
        case .bitsXor: return .bits(a ^ b)
        case .shiftLeft: return .bits((a << b) & mask)
        case .shiftRight: return .bits(a >> b)
        case .concatenate:
            guard case .bits(let low) = right.type else { throw failure(expr) }
            return .bits((a << UInt64(low) | b) & mask)
        default: throw failure(expr)  // no other operator takes bits
        }
    }

    private func checked(
        _ result: (partialValue: Int64, overflow: Bool), _ expr: Expr
    ) throws(NotConstant) -> Value {
        guard !result.overflow else {
            throw NotConstant(message: "this number does not fit in 64 bits", span: expr.span)
        }
        return .int(result.partialValue)
    }
}
