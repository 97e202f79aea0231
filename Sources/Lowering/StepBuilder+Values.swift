import Diagnostics
import Model
import Program

/// Choices of whole values. Where a type has too many to number them, its parts are chosen: first the case, then what it
/// holds. What belongs to another case is 0.
extension StepBuilder {
    /// More values than a choice has numbers for.
    func isChosenInParts(_ type: Type) -> Bool {
        (layout.valueCount(type) > 1 << 16 || layout.width(type) > 64) && !(choosesWidely && layout.isDense(type))
    }

    /// Any value of a type. Fails with FL0222 where a part has too many values.
    mutating func chosen(_ type: Type, _ label: String, _ span: Span, _ result: inout [Instruction]) -> Operand {
        guard isChosenInParts(type) else { return numbered(type, label, &result) }
        switch type {
        case .record(let id) where choosesWidely:
            let fields = program[id].fields.filter { !$0.isVanished }
            var parts: [Code] = []
            for field in fields { parts += chosen(field.type, label + "." + field.name, span, &result).parts }
            guard program[id].isWord else { return Operand(parts: parts) }
            return Operand(evaluator.packedWord(id, parts))
        case .optional where choosesWidely, .enumeration where choosesWidely:
            let value = cases(of: type, label, span, &result)
            return layout.isSplit(type) ? value : Operand(evaluator.packedSplit(value, type))
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock, .record, .optional,
            .enumeration:
            let count = layout.valueCount(type)
            evaluator.fail(Diagnostic(.tooLarge, "a choice among \(count) values", at: span))
            return Operand(parts: layout.leaves(of: type).map { _ in .zero })
        }
    }

    private mutating func numbered(_ type: Type, _ label: String, _ result: inout [Instruction]) -> Operand {
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
