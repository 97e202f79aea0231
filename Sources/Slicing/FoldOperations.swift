import Program

/// Operations on constants. Nil where the result is a violation, or the operands are no constants of the right form:
/// then the expression stays as it is.
enum FoldOperations {
    static func unary(_ operation: UnaryOperation, _ value: Value, _ type: Type) -> Value? {
        switch (operation, value) {
        case (.not, .bool(let b)): return .bool(!b)
        case (.negate, .int(let n)):
            let (result, overflow) = (0 as Int64).subtractingReportingOverflow(n)
            return overflow ? nil : .int(result)
        case (.complement, .bits(let b)): return mask(type).map { .bits(~b & $0) }
        case (.not, _), (.negate, _), (.complement, _): return nil
        }
    }

    static func binary(_ operation: BinaryOperation, _ a: Expr, _ b: Expr, _ type: Type) -> Value? {
        guard let x = a.constant, let y = b.constant else { return nil }
        switch operation {
        case .equal: return .bool(x == y)
        case .notEqual: return .bool(x != y)
        case .implies, .or, .and: return logic(operation, x, y)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: return comparison(operation, x, y)
        case .isIn, .union, .difference, .intersection, .insert, .remove: return sets(operation, x, y)
        case .add, .subtract, .multiply: return integers(operation, x, y)
        case .bitsAdd, .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor: return bits(operation, x, y, type)
        case .shiftLeft, .shiftRight: return shift(operation, x, y, type)
        case .concatenate:
            guard case .bits(let high) = x, case .bits(let low) = y, case .bits(let width) = b.type else { return nil }
            return .bits((width < 64 ? high << UInt64(width) : 0) | low)
        }
    }

    private static func logic(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> Value? {
        guard case .bool(let p) = x, case .bool(let q) = y else { return nil }
        if operation == .and { return .bool(p && q) }
        return .bool(operation == .or ? p || q : !p || q)
    }

    private static func comparison(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> Value? {
        let order: Int
        switch (x, y) {
        case (.int(let a), .int(let b)): order = a < b ? -1 : (a == b ? 0 : 1)
        case (.bits(let a), .bits(let b)): order = a < b ? -1 : (a == b ? 0 : 1)
        default: return nil  // two values of other types have no order
        }
        if operation == .less { return .bool(order < 0) }
        if operation == .lessOrEqual { return .bool(order <= 0) }
        return .bool(operation == .greater ? order > 0 : order >= 0)
    }

    private static func sets(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> Value? {
        if operation == .isIn, case .set(let elements) = y { return .bool(elements.contains(x)) }
        guard case .set(let a) = x else { return nil }
        if operation == .insert { return .set(of: a + [y]) }
        if operation == .remove { return .set(a.filter { $0 != y }) }
        guard case .set(let b) = y else { return nil }
        if operation == .union { return .set(of: a + b) }
        if operation == .difference { return .set(a.filter { !b.contains($0) }) }
        return operation == .intersection ? .set(a.filter { b.contains($0) }) : nil
    }

    private static func integers(_ operation: BinaryOperation, _ x: Value, _ y: Value) -> Value? {
        guard case .int(let a) = x, case .int(let b) = y else { return nil }
        let (result, overflow) =
            operation == .add
            ? a.addingReportingOverflow(b)
            : operation == .subtract ? a.subtractingReportingOverflow(b) : a.multipliedReportingOverflow(by: b)
        return overflow ? nil : .int(result)
    }

    private static func bits(_ operation: BinaryOperation, _ x: Value, _ y: Value, _ type: Type) -> Value? {
        guard case .bits(let a) = x, case .bits(let b) = y, let mask = mask(type) else { return nil }
        if operation == .bitsAdd { return .bits((a &+ b) & mask) }
        if operation == .bitsSubtract { return .bits((a &- b) & mask) }
        if operation == .bitsMultiply { return .bits((a &* b) & mask) }
        if operation == .bitsAnd { return .bits(a & b) }
        return operation == .bitsOr ? .bits(a | b) : .bits(a ^ b)
    }

    private static func shift(_ operation: BinaryOperation, _ x: Value, _ y: Value, _ type: Type) -> Value? {
        guard case .bits(let a) = x, case .bits(let width) = type, let mask = mask(type) else { return nil }
        let count: UInt64
        switch y {
        case .int(let n) where n >= 0: count = UInt64(n)
        case .bits(let n): count = n
        default: return nil  // a negative count is a violation
        }
        if count >= UInt64(width) { return .bits(0) }
        return .bits(operation == .shiftLeft ? a << count & mask : a >> count)
    }

    static func slice(_ value: Value, high: Int, low: Int) -> Value? {
        guard case .bits(let b) = value, 0 <= low, low <= high, high < 64, let mask = mask(.bits(high - low + 1)) else {
            return nil
        }
        return .bits(b >> UInt64(low) & mask)
    }

    static func toBits(_ value: Value, _ type: Type) -> Value? {
        guard let mask = mask(type) else { return nil }
        if case .int(let n) = value { return .bits(UInt64(bitPattern: n) & mask) }
        if case .bits(let b) = value { return .bits(b & mask) }
        return nil
    }

    static func toInt(_ value: Value) -> Value? {
        guard case .bits(let b) = value, let n = Int64(exactly: b) else { return nil }
        return .int(n)
    }

    private static func mask(_ type: Type) -> UInt64? {
        guard case .bits(let width) = type, width > 0, width <= 64 else { return nil }
        return UInt64.max >> UInt64(64 - width)
    }

    // MARK: Parts of values

    static func field(_ value: Value, _ index: Int) -> Value? {
        guard case .record(_, let fields) = value, fields.indices.contains(index) else { return nil }
        return fields[index]
    }

    static func payload(_ value: Value, _ enumCase: Int, _ index: Int) -> Value? {
        guard case .enumeration(_, case: enumCase, let payload) = value, payload.indices.contains(index) else {
            return nil
        }
        return payload[index]
    }

    static func inner(_ value: Value, _ step: InnerField) -> Value? {
        switch step {
        case .record(let index): return field(value, index)
        case .payload(case: let enumCase, field: let index): return payload(value, enumCase, index)
        case .some:
            guard case .some(let wrapped) = value else { return nil }
            return wrapped
        }
    }

    /// What the locals of a pattern get; nil where the value does not match.
    static func match(_ value: Value, _ pattern: Pattern) -> [LocalID: Value]? {
        switch (pattern, value) {
        case (.anything, _): return [:]
        case (.bind(let local), _): return [local: value]
        case (.constant(let expected), _): return expected == value ? [:] : nil
        case (.enumeration(_, case: let expected, let parts), .enumeration(_, case: let actual, let payload)):
            guard expected == actual, parts.count <= payload.count else { return nil }
            var result: [LocalID: Value] = [:]
            for (part, value) in zip(parts, payload) {
                guard let bound = match(value, part) else { return nil }
                result.merge(bound) { $1 }
            }
            return result
        case (.none, .none): return [:]
        case (.some(let inner), .some(let wrapped)): return match(wrapped, inner)
        case (.emptySet, .set(let elements)): return elements.isEmpty ? [:] : nil
        case (.enumeration, _), (.none, _), (.some, _), (.emptySet, _): return nil
        }
    }
}
