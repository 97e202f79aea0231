import Diagnostics
import Model
import Program

extension Evaluator {
    /// The value of an expression in the form of another type; the violation `range` where it does not fit.
    mutating func value(_ e: SourceExpr, as type: Type) -> Operand {
        switch e.kind {
        case .constant(let value) where Self.fits(value, type):
            var result = Operand(
                parts: layout.flattened(value, type).enumerated().map { index, part in
                    .constant(layout.code(part, layout.leaves(of: type)[index].type))
                })
            if case .int(let n) = value { result.interval = n...n }
            return result
        case .makeSome(let inner):
            if case .optional(let wrapped) = type {
                return some(value(inner, as: wrapped), wrapped)
            }
        case .conditional(let condition, let a, let b):
            return conditional(condition, { $0.value(a, as: type) }, { $0.value(b, as: type) })
        case .match(let subject, let arms): return match(subject, arms, as: type)
        default: break  // the form of anything else is its own
        }
        return convert(value(e), from: e.type, to: type, e.span)
    }

    private static func fits(_ value: Value, _ type: Type) -> Bool {
        switch (value, type) {
        case (.int(let n), .range(let lower, let upper, _)), (.int(let n), .rangeOrUnbounded(let lower, let upper)):
            lower <= n && n <= upper
        case (.unbounded, .rangeOrUnbounded): true
        case (.unbounded, _): false
        default: true  // the checker has given it the type
        }
    }

    mutating func convert(_ operand: Operand, from: Type, to: Type, _ span: Span) -> Operand {
        if from == to { return operand }
        switch to {
        case .int: return number(operand, from)
        case .range(let lower, let upper, let wraps):
            guard from.isNumber else { return operand }
            let n = number(operand, from)
            return wraps ? wrapped(n, lower, upper, span) : limited(n, lower, upper, span)
        case .rangeOrUnbounded(let lower, let upper): return convert(operand, from, toUnbounded: lower, upper, span)
        case .optional(let inner): return convert(operand, from, toOptional: inner, span)
        case .set(let element):
            guard case .set(let old) = from, case .range(let a, _, _) = old, case .range(let b, _, _) = element else {
                return operand
            }
            let shift = a.subtractingReportingOverflow(b).partialValue
            let moved =
                shift >= 0
                ? operand.code.shiftedLeft(Int(clamping: shift)) : operand.code.shiftedRight(Int(clamping: -shift))
            return Operand(moved.low(layout.valueCount(element)))
        case .bits(let width): return Operand(operand.code.low(width))
        case .unit, .bool, .domain, .enumeration, .record, .lock: return operand
        }
    }

    /// The number that an integer is, as two's complement.
    func number(_ operand: Operand, _ type: Type) -> Operand {
        switch type {
        case .range(let lower, let upper, _), .rangeOrUnbounded(let lower, let upper):
            let known = operand.interval ?? (lower <= upper ? lower...upper : nil)
            return Operand(operand.code.plus(.number(lower)), known)
        case .unit, .bool, .int, .bits, .domain, .enumeration, .record, .set, .optional, .lock: return operand
        }
    }

    private mutating func limited(_ n: Operand, _ lower: Int64, _ upper: Int64, _ span: Span) -> Operand {
        guard lower <= upper else { return n }
        let limits = lower...upper
        if let interval = n.interval, limits.contains(interval.lowerBound), limits.contains(interval.upperBound) {
            return Operand(n.code.minus(.number(lower)), interval)
        }
        let code = shared(n.code).minus(.number(lower))
        let inside = Code.binary(.belowOrEqual, code, .number(upper &- lower)).folded
        check(inside, BuiltinViolation.range.rawValue, "`\(origins.text(span))` leaves \(lower)..\(upper)", span)
        return Operand(code, limits)
    }

    /// Modulo the size of a range that wraps.
    private mutating func wrapped(_ n: Operand, _ lower: Int64, _ upper: Int64, _ span: Span) -> Operand {
        guard lower <= upper else { return n }
        let size = UInt64(bitPattern: upper &- lower) &+ 1
        let offset = n.code.minus(.number(lower))
        if size & (size &- 1) == 0 { return Operand(offset.bitAnd(.constant(size &- 1)), lower...upper) }
        var code = shared(offset)
        guard let interval = n.interval, let rounds = Self.rounds(interval, lower, upper), rounds.up + rounds.down <= 64
        else {
            fail(Diagnostic(.notSupported, "a number of any size can't be put into the range that wraps", at: span))
            return n
        }
        for _ in 0..<rounds.up {
            code = shared(Code.binary(.less, code, .zero).choosing(code.plus(.constant(size)), code))
        }
        for _ in 0..<rounds.down {
            code = shared(Code.binary(.below, code, .constant(size)).choosing(code, code.minus(.constant(size))))
        }
        return Operand(code, lower...upper)
    }

    /// How often the size of a range must be added, or subtracted, at most.
    private static func rounds(
        _ interval: ClosedRange<Int64>, _ lower: Int64, _ upper: Int64
    ) -> (up: Int, down: Int)? {
        let (span, o1) = upper.subtractingReportingOverflow(lower)
        let (size, o2) = span.addingReportingOverflow(1)
        let (below, o3) = lower.subtractingReportingOverflow(interval.lowerBound)
        let (above, o4) = interval.upperBound.subtractingReportingOverflow(upper)
        guard !o1, !o2, !o3, !o4, size > 0 else { return nil }
        func rounds(_ distance: Int64) -> Int { distance <= 0 ? 0 : Int(clamping: (distance - 1) / size + 1) }
        let (up, down) = (rounds(below), rounds(above))
        return up < 1 << 20 && down < 1 << 20 ? (up, down) : nil
    }

    private mutating func convert(
        _ operand: Operand, _ from: Type, toUnbounded lower: Int64, _ upper: Int64, _ span: Span
    ) -> Operand {
        guard from.isNumber else { return operand }
        guard case .rangeOrUnbounded(let a, let b) = from else {
            return limited(number(operand, from), lower, upper, span)
        }
        let code = shared(operand.code)
        let isUnbounded = code.equals(.number((b &- a) &+ 1))
        let converted = under(isUnbounded.negated) { me in
            me.limited(Operand(code.plus(.number(a)), nil), lower, upper, span)
        }
        return Operand(isUnbounded.choosing(.number((upper &- lower) &+ 1), converted.code))
    }

    private mutating func convert(
        _ operand: Operand, _ from: Type, toOptional wrapped: Type, _ span: Span
    ) -> Operand {
        guard case .optional(let old) = from, old != wrapped else { return operand }
        let optional = shared(operand)
        let isSome = layout.isSplit(from) ? optional.code : optional.code.bitAnd(.one)
        let inner = under(isSome) { $0.convert($0.wrappedValue(optional, old), from: old, to: wrapped, span) }
        let result = some(inner, wrapped)
        return Operand(parts: result.parts.map { isSome.choosing($0, .zero) })
    }

    /// One code for a value, also for one of several parts.
    func packedCode(_ operand: Operand, _ type: Type) -> Code {
        if layout.isSplit(type) { return packedSplit(operand, type) }
        guard layout.isPlainRecord(type) else { return operand.code }
        var (shift, next) = (0, 0)
        var result = Code.zero
        for piece in layout.pieces(of: type) {
            let count = layout.leaves(of: piece).count
            let part = Operand(parts: Array(operand.parts[next..<min(next + count, operand.parts.count)]))
            result = result.bitOr(packedCode(part, piece).shiftedLeft(shift))
            shift += layout.width(piece)
            next += count
        }
        return result
    }

    /// The opposite of ``packedCode(_:_:)``; the code must be trivial where the value has several parts.
    func unpacked(_ code: Code, _ type: Type) -> Operand {
        if layout.isSplit(type) { return unpackedSplit(code, type) }
        guard layout.isPlainRecord(type) else { return Operand(code) }
        var shift = 0
        var parts: [Code] = []
        for piece in layout.pieces(of: type) {
            let width = layout.width(piece)
            parts += unpacked(code.shiftedRight(shift).low(width), piece).parts
            shift += width
        }
        return Operand(parts: parts)
    }
}

extension Type {
    var isNumber: Bool {
        switch self {
        case .int, .range, .rangeOrUnbounded: true
        case .unit, .bool, .bits, .domain, .enumeration, .record, .set, .optional, .lock: false
        }
    }

    /// The numbers of a range.
    var interval: ClosedRange<Int64>? {
        switch self {
        case .range(let lower, let upper, _): lower <= upper ? lower...upper : nil
        case .unit, .bool, .int, .rangeOrUnbounded, .bits, .domain, .enumeration, .record, .set, .optional, .lock: nil
        }
    }
}

extension Code {
    /// A comparison of constants, decided.
    var folded: Code {
        guard case .binary(let operation, let left, let right) = self, let a = left.constantValue,
            let b = right.constantValue
        else { return self }
        switch operation {
        case .equal: return a == b ? .one : .zero
        case .notEqual: return a != b ? .one : .zero
        case .less: return Int64(bitPattern: a) < Int64(bitPattern: b) ? .one : .zero
        case .lessOrEqual: return Int64(bitPattern: a) <= Int64(bitPattern: b) ? .one : .zero
        case .below: return a < b ? .one : .zero
        case .belowOrEqual: return a <= b ? .one : .zero
        case .add, .subtract, .multiply, .bitAnd, .bitOr, .bitXor, .shiftLeft, .shiftRight, .and, .or, .implies:
            return self
        }
    }
}
