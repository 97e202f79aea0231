import Diagnostics
import Model
import Program

/// Building values, calls, and bits.
extension Evaluator {
    mutating func makeCase(_ id: EnumID, _ number: Int, _ payload: [SourceExpr]) -> Operand {
        guard program[id].cases.indices.contains(number) else { return Operand(.zero) }
        if layout.isSplit(.enumeration(id)) {
            var parts: [Operand] = []
            for (e, field) in zip(payload, program[id].cases[number].payload) { parts.append(value(e, as: field.type)) }
            return split(.enumeration(id), number, parts)
        }
        let slots = layout.payloadSlots(id, number)
        var result = Code.constant(UInt64(number))
        for (index, (e, field)) in zip(payload, program[id].cases[number].payload).enumerated() {
            let part = packedCode(value(e, as: field.type), field.type)
            result = part.shiftedLeft(slots[index].shift).bitOr(result)
        }
        return Operand(result)
    }

    mutating func makeRecord(_ id: RecordID, _ fields: [SourceExpr]) -> Operand {
        var parts: [Code] = []
        for (e, field) in zip(fields, program[id].fields) {
            let operand = value(e, as: field.type)
            if !field.isVanished { parts += operand.parts }
        }
        return program[id].isWord ? Operand(packedWord(id, parts)) : Operand(parts: parts)
    }

    /// - Parameter parts: those of all fields, one after the other.
    func packedWord(_ id: RecordID, _ parts: [Code]) -> Code {
        let slots = layout.slots(program[id].fields, from: 0)
        var result = Code.zero
        var next = 0
        for (index, field) in program[id].fields.enumerated() {
            let count = layout.leaves(of: field.type).count
            let operand = Operand(parts: Array(parts[next..<min(next + count, parts.count)]))
            result = result.bitOr(packedCode(operand, field.type).shiftedLeft(slots[index].shift))
            next = min(next + count, parts.count)
        }
        return result
    }

    mutating func withRecord(_ record: SourceExpr, _ updates: [FieldUpdate]) -> Operand {
        guard case .record(let id) = record.type else { return value(record) }
        var result = value(record)
        for update in updates where program[id].fields.indices.contains(update.field) {
            let type = program[id].fields[update.field].type
            let new = value(update.value, as: type)
            if program[id].isWord {
                let slot = layout.slots(program[id].fields, from: 0)[update.field]
                let part = packedCode(new, type).shiftedLeft(slot.shift)
                result = Operand(result.code.cleared(slot.shift, slot.width).bitOr(part))
            } else if !program[id].fields[update.field].isVanished {
                result.parts.replaceSubrange(layout.leafRange([update.field], in: record.type), with: new.parts)
            }
        }
        return result
    }

    mutating func withPayload(
        _ subject: SourceExpr, _ number: Int, _ updates: [FieldUpdate], _ span: Span
    ) -> Operand {
        guard case .enumeration(let id) = subject.type, program[id].cases.indices.contains(number) else {
            return value(subject)
        }
        let whole = shared(value(subject))
        checkCase(whole, id, number, span)
        let payload = program[id].cases[number].payload
        if layout.isSplit(subject.type) {
            return updates.filter { payload.indices.contains($0.field) }.reduce(whole) { result, update in
                let new = value(update.value, as: payload[update.field].type)
                return replacedPayload(result, subject.type, number, update.field, with: new)
            }
        }
        var code = whole.code
        for update in updates where payload.indices.contains(update.field) {
            let type = payload[update.field].type
            let slot = layout.payloadSlots(id, number)[update.field]
            let part = packedCode(value(update.value, as: type), type).shiftedLeft(slot.shift)
            code = code.cleared(slot.shift, slot.width).bitOr(part)
        }
        return Operand(code)
    }

    mutating func call(_ id: FunctionID, _ arguments: [SourceExpr], _ type: Type) -> Operand {
        let function = program[id]
        var inner: [LocalID: Operand] = [:]
        for (parameter, argument) in zip(function.scope.parameters, arguments) {
            let operand = value(argument, as: function.scope.locals[parameter.raw].type)
            inner[parameter] = shared(operand)
        }
        let outer = locals
        locals = inner
        let result = value(function.body, as: function.result)
        locals = outer
        return convert(result, from: function.result, to: type, function.span)
    }

    mutating func toBits(_ e: SourceExpr, _ type: Type) -> Operand {
        guard case .bits(let width) = type else { return value(e) }
        if e.type.isNumber { return Operand(number(value(e), e.type).code.low(width)) }
        return Operand(value(e).code.low(width))
    }

    mutating func toInt(_ e: SourceExpr) -> Operand {
        let code = value(e).code
        guard case .bits(let width) = e.type else { return number(value(e), e.type) }
        if width < 63 { return Operand(code, 0...((1 << Int64(width)) - 1)) }
        let result = shared(code)
        check(
            Code.binary(.less, result, .zero).negated, BuiltinViolation.range.rawValue,
            "`\(origins.text(e.span))` is no 64-bit integer", e.span)
        return Operand(result, 0...Int64.max)
    }

    mutating func unary(_ operation: UnaryOperation, _ operand: SourceExpr, _ e: SourceExpr) -> Operand {
        switch operation {
        case .not: return Operand(value(operand).code.negated)
        case .complement:
            let width = layout.width(operand.type)
            return Operand(value(operand).code.bitXor(.constant(.lowMask(width))))
        case .negate:
            let n = number(value(operand), operand.type)
            let code = shared(n.code)
            if n.interval.map({ $0.lowerBound == .min }) ?? true {
                check(
                    code.equals(.number(.min)).negated, BuiltinViolation.range.rawValue,
                    "`\(origins.text(e.span))` leaves 64 bits", e.span)
            }
            let interval = n.interval.flatMap { $0.lowerBound == .min ? nil : -$0.upperBound ... -$0.lowerBound }
            return convert(Operand(Code.zero.minus(code), interval), from: .int, to: e.type, e.span)
        }
    }
}
