import Diagnostics
import Model
import Program

/// Choices of whole values. Where a type has too many to number them, its parts are chosen: first the case, then what it
/// holds. What belongs to another case is 0.
extension StepBuilder {
    /// Whether there are more values than are listed, see ``Layout/irregularCodes(_:)``, or they have no code.
    func isChosenInParts(_ type: Type) -> Bool {
        switch type {
        case .optional, .enumeration, .record: layout.valueCount(type) > 4096 || layout.width(type) > 64
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock: false
        }
    }

    /// Any value of a type. Fails with FL0222 where a part has too many values.
    mutating func chosen(_ type: Type, _ label: String, _ span: Span, _ result: inout [Instruction]) -> Operand {
        guard isChosenInParts(type) else { return numbered(type, label, span, &result) }
        switch type {
        case .record(let id):
            let fields = program[id].fields.filter { !$0.isVanished }
            var parts: [Code] = []
            for field in fields { parts += chosen(field.type, label + "." + field.name, span, &result).parts }
            guard program[id].isWord else { return Operand(parts: parts) }
            return Operand(evaluator.packedWord(id, parts))
        case .optional, .enumeration:
            let value = cases(of: type, label, span, &result)
            return layout.isSplit(type) ? value : Operand(evaluator.packedSplit(value, type))
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock:
            return numbered(type, label, span, &result)
        }
    }

    /// Fails with FL0222 for more values than ``choosesWidely`` allows.
    mutating func limit(_ count: Int, _ type: Type, _ span: Span) {
        guard count > 1 << 16, !(choosesWidely && layout.isDense(type)) else { return }
        evaluator.fail(Diagnostic(.tooLarge, "a choice among \(count) values", at: span))
    }

    private mutating func numbered(
        _ type: Type, _ label: String, _ span: Span, _ result: inout [Instruction]
    ) -> Operand {
        limit(layout.valueCount(type), type, span)
        let register = evaluator.register()
        result.append(
            .choose(
                register: register, count: layout.valueCount(type), label: label, type: layout.cellType(type)))
        var operand = evaluator.unpacked(evaluator.undense(.register(register), type), type)
        operand.interval = type.interval
        return operand
    }

    /// In the form of a split value, whether or not the type is split.
    private mutating func cases(
        of type: Type, _ label: String, _ span: Span, _ result: inout [Instruction]
    ) -> Operand {
        let tag = evaluator.register()
        let tags = layout.cellType(layout.tagLeaf(type))
        result.append(.choose(register: tag, count: tags.valueCount(sorts: layout.sorts), label: label, type: tags))
        var parts = [Code.register(tag)]
        for field in layout.splitFields(type) where !field.parts.isEmpty {
            var inner: [Instruction] = []
            let payload = chosen(field.type, label, span, &inner)
            for part in evaluator.keptParts(payload, field.type) {
                let register = evaluator.register()
                result.append(.set(register: register, .zero))
                inner.append(.set(register: register, part))
                parts.append(.register(register))
            }
            let isMeant = Code.register(tag).equals(.constant(UInt64(field.caseNumber)))
            result.append(.branch(isMeant, inner, []))
        }
        return Operand(parts: parts)
    }
}
