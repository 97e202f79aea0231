/// The integers from `lower` to `upper`, both included.
public struct Interval: Equatable, Sendable {
    public let lower: Int64
    public let upper: Int64

    func isInside(_ other: Interval) -> Bool { other.lower <= lower && upper <= other.upper }

    func union(_ other: Interval) -> Interval {
        Interval(lower: min(lower, other.lower), upper: max(upper, other.upper))
    }

    /// All results of an operation that is monotone in each argument, or nil where one leaves 64 bits.
    static func combining(
        _ a: Interval, _ b: Interval, _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> Interval? {
        var corners: [Int64] = []
        for x in [a.lower, a.upper] {
            for y in [b.lower, b.upper] {
                let (value, overflow) = operation(x, y)
                if overflow { return nil }
                corners.append(value)
            }
        }
        guard let lower = corners.min(), let upper = corners.max() else { return nil }
        return Interval(lower: lower, upper: upper)
    }

    static func + (a: Interval, b: Interval) -> Interval? { combining(a, b) { $0.addingReportingOverflow($1) } }

    static func - (a: Interval, b: Interval) -> Interval? { combining(a, b) { $0.subtractingReportingOverflow($1) } }

    static func * (a: Interval, b: Interval) -> Interval? { combining(a, b) { $0.multipliedReportingOverflow(by: $1) } }
}

extension Type {
    /// The integers of a range.
    var interval: Interval? {
        if case .range(let lower, let upper, wraps: _) = self { return Interval(lower: lower, upper: upper) }
        return nil
    }
}

extension Expr {
    /// All integers that the expression may have, as far as types tell; nil where nothing is known.
    public var interval: Interval? {
        switch kind {
        case .constant(.int(let n)): return Interval(lower: n, upper: n)
        case .binary(.add, let a, let b): return both(a, b) { $0 + $1 }
        case .binary(.subtract, let a, let b): return both(a, b) { $0 - $1 }
        case .binary(.multiply, let a, let b): return both(a, b) { $0 * $1 }
        case .unary(.negate, let e): return e.interval.flatMap { Interval(lower: 0, upper: 0) - $0 }
        case .conditional(_, let a, let b): return both(a, b) { $0.union($1) }
        case .match(_, let arms):
            let all = arms.map(\.value.interval)
            guard var result = all.first ?? nil else { return nil }
            for other in all.dropFirst() {
                guard let other else { return nil }
                result = result.union(other)
            }
            return result
        case .cardinality: return Interval(lower: 0, upper: 64)
        case .toInt(let e):
            guard case .bits(let width) = e.type, width < 63 else { return nil }
            return Interval(lower: 0, upper: 1 << Int64(width) - 1)
        case .read(let place, racy: _): return type.interval ?? place.type.interval
        case .constant, .local, .sibling, .locked, .field, .payload, .unwrap, .unary, .binary, .matches, .quantified,
            .setOf, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome, .withRecord, .withPayload, .call, .old,
            .slice, .toBits, .process:
            return type.interval
        }
    }

    private func both(_ a: Expr, _ b: Expr, _ combine: (Interval, Interval) -> Interval?) -> Interval? {
        guard let x = a.interval, let y = b.interval else { return nil }
        return combine(x, y)
    }
}
