import Diagnostics
import Model
import Program

/// Values in several parts because one code is too narrow; see ``Layout/isSplit(_:)``.
extension Evaluator {
    /// `some(x)`, given `x`.
    func some(_ inner: Operand, _ wrapped: Type) -> Operand {
        let type = Type.optional(wrapped)
        if layout.isSplit(type) { return split(type, 1, [inner]) }
        return Operand(packedCode(inner, wrapped).shiftedLeft(1).bitOr(.one))
    }

    /// What an optional wraps, where it is not none.
    func wrappedValue(_ operand: Operand, _ wrapped: Type) -> Operand {
        let type = Type.optional(wrapped)
        if layout.isSplit(type) { return splitPayload(operand, type, 1, 0) }
        return unpacked(operand.code.shiftedRight(1), wrapped)
    }

    /// A split value of a case, given all that it holds.
    func split(_ type: Type, _ tag: Int, _ payload: [Operand]) -> Operand {
        var parts = [Code.constant(UInt64(tag))]
        for field in layout.splitFields(type) {
            if field.caseNumber == tag, payload.indices.contains(field.number), !field.parts.isEmpty {
                parts += keptParts(payload[field.number], field.type)
            } else {
                parts += field.parts.map { _ in .zero }
            }
        }
        return Operand(parts: parts)
    }

    /// The form of a payload in the parts of a split value.
    func keptParts(_ operand: Operand, _ type: Type) -> [Code] {
        zip(operand.parts, layout.leaves(of: type)).map { part, leaf in
            layout.zeroNamesElement(leaf.type) ? part.shiftedLeft(1).bitOr(.one) : part
        }
    }

    /// A payload of a split value of that case.
    func splitPayload(_ operand: Operand, _ type: Type, _ tag: Int, _ number: Int) -> Operand {
        guard let field = layout.splitField(type, tag, number) else { return Operand(parts: []) }
        let parts = operand.parts[field.parts.clamped(to: 0..<operand.parts.count)]
        var result = Operand(
            parts: zip(parts, layout.leaves(of: field.type)).map { part, leaf in
                layout.zeroNamesElement(leaf.type) ? part.shiftedRight(1) : part
            })
        result.interval = field.type.interval
        return result
    }

    /// The same value with another payload.
    func replacedPayload(_ operand: Operand, _ type: Type, _ tag: Int, _ number: Int, with new: Operand) -> Operand {
        guard let field = layout.splitField(type, tag, number), field.parts.upperBound <= operand.parts.count else {
            return operand
        }
        var result = operand
        result.parts.replaceSubrange(field.parts, with: keptParts(new, field.type))
        return result
    }

    // MARK: In one code, for sets and indices

    func packedSplit(_ operand: Operand, _ type: Type) -> Code {
        layout.splitFields(type).reduce(operand.code) { result, field in
            let inner = splitPayload(operand, type, field.caseNumber, field.number)
            return result.bitOr(packedCode(inner, field.type).shiftedLeft(shift(of: field, type)))
        }
    }

    func unpackedSplit(_ code: Code, _ type: Type) -> Operand {
        let tagWidth = if case .enumeration(let id) = type { CellType.tagWidth(program[id].cases.count) } else { 1 }
        let tag = code.low(tagWidth)
        var parts = [tag]
        for field in layout.splitFields(type) where !field.parts.isEmpty {
            let inner = code.shiftedRight(shift(of: field, type)).low(layout.width(field.type))
            let isThere = tag.equals(.constant(UInt64(field.caseNumber)))
            parts += keptParts(unpacked(inner, field.type), field.type).map { isThere.choosing($0, .zero) }
        }
        return Operand(parts: parts)
    }

    private func shift(of field: SplitField, _ type: Type) -> Int {
        guard case .enumeration(let id) = type else { return 1 }
        return layout.payloadSlots(id, field.caseNumber)[field.number].shift
    }
}
