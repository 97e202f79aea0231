import Diagnostics
import Program

// Patterns, quantifiers, and values that are built from others.
extension Evaluator {
    /// Whether a pattern matches; then its locals are bound.
    mutating func matches(_ value: Value, _ pattern: Pattern) -> Bool {
        switch (pattern, value) {
        case (.anything, _): return true
        case (.bind(let local), _):
            bind(local, value)
            return true
        case (.constant(let constant), _): return constant == value
        case (.enumeration(_, let wanted, let patterns), .enumeration(_, let index, let payload)):
            guard wanted == index else { return false }
            for (pattern, part) in zip(patterns, payload) where !matches(part, pattern) { return false }
            return true
        case (.none, .none): return true
        case (.some(let pattern), .some(let wrapped)): return matches(wrapped, pattern)
        case (.emptySet, .set(let values)): return values.isEmpty
        case (.enumeration, _), (.none, _), (.some, _), (.emptySet, _): return false
        }
    }

    mutating func match(_ subject: Expr, _ arms: [ExprArm], _ span: Span) throws(Stop) -> Value {
        let value = try evaluate(subject)
        for arm in arms where matches(value, arm.pattern) { return try evaluate(arm.value) }
        throw defect("no arm matches \(naming.text(value))", span)
    }

    /// All elements are looked at, also behind the one that decides: which one that is must not depend on their order.
    mutating func quantified(_ kind: QuantifierKind, _ binders: [Binder], _ body: Expr) throws(Stop) -> Value {
        var (total, holding) = (0, 0)
        try forEach(binders[...]) { evaluator throws(Stop) in
            total += 1
            if try evaluator.isTrue(body) { holding += 1 }
        }
        switch kind {
        case .all: return .bool(holding == total)
        case .some: return .bool(holding > 0)
        case .count: return .int(Int64(holding))
        }
    }

    /// Runs `visit` for every combination of values of binders, ascending, with the locals bound.
    mutating func forEach(
        _ binders: ArraySlice<Binder>, _ visit: (inout Evaluator) throws(Stop) -> Void
    ) throws(Stop) {
        guard let binder = binders.first else {
            try visit(&self)
            return
        }
        for value in try elements(binder.set) {
            bind(binder.local, value)
            if let condition = binder.condition, try !isTrue(condition) { continue }
            try forEach(binders.dropFirst(), visit)
        }
    }

    mutating func comprehension(_ binder: Binder) throws(Stop) -> Value {
        var result: [Value] = []
        for value in try elements(binder.set) {
            bind(binder.local, value)
            if let condition = binder.condition, try !isTrue(condition) { continue }
            result.append(value)
        }
        return .set(result)
    }

    mutating func makeSet(_ parts: [Expr], _ whole: Expr) throws(Stop) -> Value {
        var result: [Value] = []
        for part in parts { result.append(try conforming(part, to: whole.type.element)) }
        return .set(of: result)
    }

    mutating func makeCase(_ id: EnumID, _ index: Int, _ parts: [Expr], _ span: Span) throws(Stop) -> Value {
        guard program[id].cases.indices.contains(index) else { throw defect("a case that does not exist", span) }
        return .enumeration(id, case: index, try conforming(parts, to: program[id].cases[index].payload, span))
    }

    mutating func withRecord(_ value: Expr, _ updates: [FieldUpdate]) throws(Stop) -> Value {
        guard case .record(let id, let fields) = try evaluate(value) else { throw defect("no record", value.span) }
        return .record(id, try updating(fields, of: program[id].fields, updates))
    }

    mutating func withPayload(
        _ value: Expr, _ wanted: Int, _ updates: [FieldUpdate], _ span: Span
    ) throws(Stop) -> Value {
        let old = try evaluate(value)
        guard case .enumeration(let id, let index, let payload) = old else { throw defect("no enum value", span) }
        guard index == wanted else { throw wrongCase(old, span) }
        return .enumeration(id, case: index, try updating(payload, of: program[id].cases[index].payload, updates))
    }

    private mutating func updating(
        _ old: [Value], of fields: [Field], _ updates: [FieldUpdate]
    ) throws(Stop) -> [Value] {
        var values = old
        for update in updates where values.indices.contains(update.field) && fields.indices.contains(update.field) {
            values[update.field] = try conforming(update.value, to: fields[update.field].type)
        }
        return values
    }

    // MARK: Fitting a type

    /// Evaluates an expression and makes its value fit a type: this is where ranges are checked, or wrap.
    mutating func conforming(_ expression: Expr, to type: Type) throws(Stop) -> Value {
        try conform(evaluate(expression), to: type, expression.span)
    }

    mutating func conforming(_ parts: [Expr], to fields: [Field], _ span: Span) throws(Stop) -> [Value] {
        guard parts.count == fields.count else { throw defect("another number of fields", span) }
        var values: [Value] = []
        for (part, field) in zip(parts, fields) { values.append(try conforming(part, to: field.type)) }
        return values
    }

    func conform(_ value: Value, to type: Type, _ span: Span) throws(Stop) -> Value {
        switch (type, value) {
        case (.range(let lower, let upper, let wraps), .int(let number)):
            if lower <= number && number <= upper { return value }
            guard wraps, let wrapped = Evaluator.wrap(number, lower, upper) else {
                throw outside(value, "\(lower)..\(upper)", span)
            }
            return .int(wrapped)
        case (.range(let lower, let upper, _), .unbounded): throw outside(value, "\(lower)..\(upper)", span)
        case (.rangeOrUnbounded(let lower, let upper), .int(let number)):
            guard lower <= number && number <= upper else { throw outside(value, "\(lower)..\(upper)", span) }
            return value
        case (.record(let id), .record(_, let fields)) where tables.hasVanished[id.raw]:
            var parts: [Value] = []
            for (field, part) in zip(program[id].fields, fields) {
                parts.append(field.isVanished ? field.initial : try conform(part, to: field.type, span))
            }
            return .record(id, parts)
        case (.optional(let wrapped), .some(let inner)): return .some(try conform(inner, to: wrapped, span))
        default: return value  // a pair: built values fit since they were built, other types have no bounds
        }
    }

    private func outside(_ value: Value, _ bounds: String, _ span: Span) -> Stop {
        .violation(violation(.range, "\(naming.text(value)) is outside \(bounds)", span))
    }

    /// `number` modulo the size of the range, or nil where the range is empty.
    private static func wrap(_ number: Int64, _ lower: Int64, _ upper: Int64) -> Int64? {
        guard lower <= upper else { return nil }
        let size = UInt64(bitPattern: upper &- lower) &+ 1
        if size == 0 { return number }
        if number >= lower {
            return lower &+ Int64(bitPattern: UInt64(bitPattern: number &- lower) % size)
        }
        let below = (UInt64(bitPattern: lower &- number) &- 1) % size
        return upper &- Int64(bitPattern: below)
    }
}
