import Diagnostics
import Model
import Program

extension Evaluator {
    /// The value of an expression in the form of its own type.
    mutating func value(_ e: SourceExpr) -> Operand {
        switch e.kind {
        case .constant(let value): return constant(value, e.type)
        case .local(let id): return locals[id] ?? Operand(parts: layout.leaves(of: e.type).map { _ in .zero })
        case .read(let place, racy: _): return value(place)
        case .sibling(let field): return sibling(field, e.type)
        case .locked(let place): return Operand(lockState(place).equals(.zero).negated)
        case .field(let record, let field): return recordField(value(record), record.type, field).0
        case .payload(let subject, case: let number, field: let field):
            return payload(value(subject), subject.type, number, field, e.span).0
        case .unwrap(let subject): return unwrapped(value(subject), subject.type, e.span).0
        case .unary(let operation, let operand): return unary(operation, operand, e)
        case .binary(let operation, let a, let b): return binary(operation, a, b, e)
        case .matches(let subject, let pattern): return Operand(matches(subject, pattern))
        case .conditional(let condition, let a, let b):
            return conditional(condition, { $0.value(a, as: e.type) }, { $0.value(b, as: e.type) })
        case .match(let subject, let arms): return match(subject, arms, as: e.type)
        case .quantified(let kind, let binders, let body): return quantified(kind, binders[...], body)
        case .cardinality(let set): return cardinality(set)
        case .setOf(let elements): return setOf(elements, e.type)
        case .comprehension(let binder): return Operand(comprehension(binder))
        case .allOf(let type): return Operand(.constant(.lowMask(layout.valueCount(type))))
        case .makeCase(let id, case: let number, let payload): return makeCase(id, number, payload)
        case .makeRecord(let id, let fields): return makeRecord(id, fields)
        case .makeSome(let inner):
            guard case .optional(let wrapped) = e.type else { return value(inner) }
            return some(value(inner, as: wrapped), wrapped)
        case .withRecord(let record, let updates): return withRecord(record, updates)
        case .withPayload(let subject, case: let number, let updates):
            return withPayload(subject, number, updates, e.span)
        case .call(let function, let arguments): return call(function, arguments, e.type)
        case .old(let inner): return old(inner)
        case .slice(let inner, high: let high, low: let low):
            return Operand(value(inner).code.shiftedRight(low).low(high - low + 1))
        case .toBits(let inner): return toBits(inner, e.type)
        case .toInt(let inner): return toInt(inner)
        case .process(let id, let indices, let attribute): return Operand(process(id, indices, attribute))
        }
    }

    private func constant(_ value: Value, _ type: Type) -> Operand {
        let leaves = layout.leaves(of: type)
        var result = Operand(
            parts: zip(layout.flattened(value, type), leaves).map { .constant(layout.code($0, $1.type)) })
        if case .int(let n) = value { result.interval = n...n }
        return result
    }

    private mutating func sibling(_ field: Int, _ type: Type) -> Operand {
        guard let siblings else { return constant(program.defaultValue(of: type), type) }
        let range = layout.leafRange(siblings.path + [field], in: program[siblings.variable].type)
        var result = Operand(
            parts: range.map { read(layout.cell(siblings.variable, leaf: $0), siblings.indices) })
        result.interval = type.interval
        return result
    }

    /// The code of a lock.
    mutating func lockState(_ place: Place) -> Code {
        let cells = cells(place)
        return read(layout.cell(place.variable, leaf: cells.leaves.lowerBound), cells.indices)
    }

    private mutating func old(_ e: SourceExpr) -> Operand {
        let outer = mode
        mode = .old
        let result = value(e)
        mode = outer
        return result
    }

    private mutating func process(_ id: ProcessID, _ indices: [SourceExpr], _ attribute: ProcessAttribute) -> Code {
        var codes: [Code] = []
        for (index, type) in zip(indices, program[id].indexTypes) {
            codes.append(shared(dense(packedCode(value(index, as: type), type), type)))
        }
        guard programCounters.indices.contains(id.raw) else { return .zero }
        let location = read(programCounters[id.raw], codes)
        switch attribute {
        case .started: return finalLocations[id.raw] == 0 ? .one : location.equals(.zero).negated
        case .finished: return finalLocations[id.raw].map { location.equals(.constant(UInt64($0))) } ?? .zero
        }
    }

    // MARK: Choice

    mutating func conditional(
        _ condition: SourceExpr, _ yes: (inout Evaluator) -> Operand, _ no: (inout Evaluator) -> Operand
    ) -> Operand {
        let code = value(condition).code
        if let known = code.constantValue { return known != 0 ? yes(&self) : no(&self) }
        let first = deferred(yes)
        let second = deferred(no)
        let test = test(code, for: first, second)
        let a = settled(first, under: test)
        let b = settled(second, under: test.negated)
        return Self.merged(test, a, b)
    }

    static func merged(_ test: Code, _ a: Operand, _ b: Operand) -> Operand {
        if let known = test.constantValue { return known != 0 ? a : b }
        var result = Operand(parts: zip(a.parts, b.parts).map { test.choosing($0, $1) })
        if let x = a.interval, let y = b.interval {
            result.interval = min(x.lowerBound, y.lowerBound)...max(x.upperBound, y.upperBound)
        }
        return result
    }

    mutating func match(_ subject: SourceExpr, _ arms: [ExprArm], as type: Type) -> Operand {
        let scrutinee = shared(value(subject))
        var results: [(test: Code, value: Operand)] = []
        var earlier = Code.zero
        for (index, arm) in arms.enumerated() {
            let isLast = index == arms.count - 1
            let test = isLast ? .one : test(arm.pattern, scrutinee, subject.type)
            bind(arm.pattern, scrutinee, subject.type)
            let reached = earlier.negated.and(test)
            results.append((test, under(reached) { $0.value(arm.value, as: type) }))
            earlier = earlier.or(test)
        }
        guard let last = results.last else { return constant(program.defaultValue(of: type), type) }
        return results.dropLast().reversed().reduce(last.value) { Self.merged($1.test, $1.value, $0) }
    }

    mutating func matches(_ subject: SourceExpr, _ pattern: Pattern) -> Code {
        let scrutinee = shared(value(subject))
        let result = test(pattern, scrutinee, subject.type)
        bind(pattern, scrutinee, subject.type)
        return result
    }

    // MARK: Patterns; the value must be trivial

    func test(_ pattern: Pattern, _ value: Operand, _ type: Type) -> Code {
        switch pattern {
        case .anything, .bind: return .one
        case .constant(let constant):
            let other = self.constant(constant, type)
            return zip(value.parts, other.parts).reduce(.one) { $0.and($1.0.equals($1.1)) }
        case .enumeration(let id, case: let number, let parts):
            var result = hasCase(value, id, number)
            for (index, part) in parts.enumerated() {
                guard let (field, fieldType) = payloadPart(value, id, number, index) else { continue }
                result = result.and(test(part, field, fieldType))
            }
            return result
        case .none, .emptySet: return value.code.equals(.zero)
        case .some(let inner):
            guard case .optional(let wrapped) = type else { return .one }
            return value.code.equals(.zero).negated.and(test(inner, wrappedValue(value, wrapped), wrapped))
        }
    }

    mutating func bind(_ pattern: Pattern, _ value: Operand, _ type: Type) {
        switch pattern {
        case .anything, .constant, .none, .emptySet: break
        case .bind(let local):
            var value = value
            value.interval = value.interval ?? type.interval
            locals[local] = value
        case .enumeration(let id, case: let number, let parts):
            for (index, part) in parts.enumerated() {
                guard let (field, fieldType) = payloadPart(value, id, number, index) else { continue }
                bind(part, field, fieldType)
            }
        case .some(let inner):
            guard case .optional(let wrapped) = type else { return }
            bind(inner, wrappedValue(value, wrapped), wrapped)
        }
    }

    private func payloadPart(_ value: Operand, _ id: EnumID, _ number: Int, _ index: Int) -> (Operand, Type)? {
        let payload = program[id].cases[number].payload
        guard payload.indices.contains(index) else { return nil }
        if layout.isSplit(.enumeration(id)) {
            return (splitPayload(value, .enumeration(id), number, index), payload[index].type)
        }
        let slot = layout.payloadSlots(id, number)[index]
        return (unpacked(value.code.shiftedRight(slot.shift).low(slot.width), payload[index].type), payload[index].type)
    }
}
