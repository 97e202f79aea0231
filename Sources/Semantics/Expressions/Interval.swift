import Program

/// Bounds of integer expressions from the types of their parts, so that a local may hold the value without a
/// declared type.
struct Interval {
    private let program: Program

    init(_ program: Program) { self.program = program }

    /// The least and greatest value, or nil where they are not bounded by 64 bits.
    func of(_ expr: Expr) -> (Int64, Int64)? {
        if case .range(let lower, let upper, _) = expr.type { return (lower, upper) }
        switch expr.kind {
        case .constant(.int(let value)): return (value, value)
        case .unary(.negate, let inner): return of(inner).flatMap { negated($0) }
        case .binary(let operation, let left, let right):
            guard let a = of(left), let b = of(right) else { return nil }
            return combined(operation, a, b)
        case .conditional(_, let first, let second):
            guard let a = of(first), let b = of(second) else { return nil }
            return (min(a.0, b.0), max(a.1, b.1))
        case .match(_, let arms):
            let all = arms.map { of($0.value) }
            guard let first = all.first, var result = first else { return nil }
            for next in all.dropFirst() {
                guard let next else { return nil }
                result = (min(result.0, next.0), max(result.1, next.1))
            }
            return result
        case .quantified(.count, let binders, _): return counted(binders.map(\.set))
        case .cardinality(let set): return counted([set])
        case .call(let id, _): return of(program[id].body)
        case .toInt(let inner):
            if case .bits(let width) = inner.type, width < 63 { return (0, (1 << Int64(width)) - 1) }
            return nil
        case .local, .read: return nil
        default: return nil  // no other expression gives an integer without a range
        }
    }

    private func counted(_ sets: [Expr]) -> (Int64, Int64)? {
        var most: Int64 = 1
        for set in sets {
            guard case .set(let element) = set.type, let count = program.allValues(of: element)?.count else { return nil }
            let (product, overflow) = most.multipliedReportingOverflow(by: Int64(count))
            guard !overflow else { return nil }
            most = product
        }
        return (0, most)
    }

    private func negated(_ interval: (Int64, Int64)) -> (Int64, Int64)? {
        guard interval.0 != .min else { return nil }
        return (-interval.1, -interval.0)
    }

    private func combined(
        _ operation: BinaryOperation, _ a: (Int64, Int64), _ b: (Int64, Int64)
    ) -> (Int64, Int64)? {
        let corners: [(partialValue: Int64, overflow: Bool)]
        switch operation {
        case .add: corners = [a.0.addingReportingOverflow(b.0), a.1.addingReportingOverflow(b.1)]
        case .subtract: corners = [a.0.subtractingReportingOverflow(b.1), a.1.subtractingReportingOverflow(b.0)]
        case .multiply:
            corners = [a.0, a.1].flatMap { x in [b.0, b.1].map { x.multipliedReportingOverflow(by: $0) } }
        default: return nil  // the other operators give no integers
        }
        guard !corners.contains(where: \.overflow) else { return nil }
        let values = corners.map(\.partialValue)
        guard let low = values.min(), let high = values.max() else { return nil }
        return (low, high)
    }
}
