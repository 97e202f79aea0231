import Program

extension Elaborator {
    /// Bounds of an integer expression from the types of its parts, so that a local may hold the value without a
    /// declared type: the least and greatest value, or nil where they are not bounded by 64 bits.
    func interval(of expr: Expr) -> (Int64, Int64)? {
        if case .range(let lower, let upper, _) = expr.type { return (lower, upper) }
        switch expr.kind {
        case .constant(.int(let value)): return (value, value)
        case .unary(.negate, let inner): return interval(of: inner).flatMap { negated($0) }
        case .binary(let operation, let left, let right):
            guard let a = interval(of: left), let b = interval(of: right) else { return nil }
            return combined(operation, a, b)
        case .conditional(_, let first, let second): return hull([first, second])
        case .match(_, let arms): return hull(arms.map(\.value))
        case .quantified(.count, let binders, _): return counted(binders.map(\.set))
        case .cardinality(let set): return counted([set])
        case .call(let id, _): return interval(of: id)
        case .toInt(let inner):
            if case .bits(let width) = inner.type, width < 63 { return (0, (1 << Int64(width)) - 1) }
            return nil
        case .old(let inner): return interval(of: inner)
        case .constant, .local, .read, .sibling, .locked, .field, .payload, .unwrap, .unary, .matches, .quantified,
            .setOf, .comprehension, .allOf, .makeCase, .makeRecord, .makeSome, .withRecord, .withPayload, .slice,
            .toBits, .process:
            return nil
        }
    }

    /// The bounds of what a function gives. Found once; nil while it is being found, as for a function that calls itself.
    private func interval(of id: FunctionID) -> (Int64, Int64)? {
        if let known = functionIntervals[id] { return known.bounds }
        functionIntervals[id] = FunctionInterval(bounds: nil)
        completeFunction(id)
        let bounds = interval(of: program[id].body)
        functionIntervals[id] = FunctionInterval(bounds: bounds)
        return bounds
    }

    private func hull(_ exprs: [Expr]) -> (Int64, Int64)? {
        var result: (Int64, Int64)?
        for expr in exprs {
            guard let next = interval(of: expr) else { return nil }
            result = result.map { (min($0.0, next.0), max($0.1, next.1)) } ?? next
        }
        return result
    }

    private func counted(_ sets: [Expr]) -> (Int64, Int64)? {
        var most: Int64 = 1
        for set in sets {
            guard case .set(let element) = set.type, let count = program.allValues(of: element)?.count else {
                return nil
            }
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
        case .implies, .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .bitsAdd,
            .bitsSubtract, .bitsMultiply, .bitsAnd, .bitsOr, .bitsXor, .shiftLeft, .shiftRight, .concatenate, .union,
            .difference, .intersection, .insert, .remove:
            return nil
        }
        guard !corners.contains(where: \.overflow) else { return nil }
        let values = corners.map(\.partialValue)
        guard let low = values.min(), let high = values.max() else { return nil }
        return (low, high)
    }
}

/// What is known about the result of a function; no bounds where it is not bounded.
struct FunctionInterval {
    let bounds: (Int64, Int64)?
}
