import Model
import Program

extension Layout {
    /// The code of a value. A number of type `int` is its own two's complement.
    func code(_ value: Value, _ type: Type) -> UInt64 {
        switch (value, type) {
        case (.bool(let flag), _): return flag ? 1 : 0
        case (.int(let n), .int): return UInt64(bitPattern: n)
        case (.int(let n), .range(let lower, _, _)), (.int(let n), .rangeOrUnbounded(let lower, _)):
            return UInt64(bitPattern: n &- lower)
        case (.int(let n), .bits(let width)): return UInt64(bitPattern: n) & .lowMask(width)
        case (.int(let n), _): return UInt64(bitPattern: n)
        case (.unbounded, .rangeOrUnbounded(let lower, let upper)): return UInt64(bitPattern: upper &- lower) &+ 1
        case (.bits(let bits), _): return bits
        case (.element(_, let number), _): return UInt64(number)
        case (.enumeration(let id, case: let number, let payload), _):
            guard program[id].cases.indices.contains(number) else { return UInt64(number) }
            let tagWidth = CellType.tagWidth(program[id].cases.count)
            return packed(payload, program[id].cases[number].payload, from: tagWidth) | UInt64(number)
        case (.record(let id, let values), _): return packed(values, program[id].fields, from: 0)
        case (.set(let elements), .set(let element)):
            return elements.reduce(0) { mask, one in
                let index = cellType(element).denseIndex(of: code(one, element), sorts: sorts) ?? 0
                return mask | (index < 64 ? 1 << UInt64(index) : 0)
            }
        case (.some(let inner), .optional(let wrapped)): return code(inner, wrapped) << 1 | 1
        case (.lockExclusive, .lock(.readWrite)): return UInt64(instanceCount + 1)
        case (.lockExclusive, _): return 1
        case (.lockShared(let n), _): return UInt64(n)
        case (.unit, _), (.unbounded, _), (.set, _), (.none, _), (.some, _), (.lockFree, _): return 0
        }
    }

    private func packed(_ values: [Value], _ fields: [Field], from start: Int) -> UInt64 {
        zip(zip(values, fields), slots(fields, from: start)).reduce(0) { result, one in
            let ((value, field), slot) = one
            return field.isVanished || slot.shift > 63 ? result : result | code(value, field.type) << UInt64(slot.shift)
        }
    }

    /// Where the fields of a word record, or the payload fields of a case, lie in the code.
    func slots(_ fields: [Field], from start: Int) -> [(shift: Int, width: Int)] {
        var shift = start
        return fields.map { field in
            let width = field.isVanished ? 0 : width(field.type)
            defer { shift += width }
            return (shift, width)
        }
    }

    func payloadSlots(_ id: EnumID, _ number: Int) -> [(shift: Int, width: Int)] {
        slots(program[id].cases[number].payload, from: CellType.tagWidth(program[id].cases.count))
    }

    /// The codes of a type by dense index where they differ from it.
    func irregularCodes(_ type: Type) -> [UInt64]? {
        switch type {
        case .enumeration, .record, .optional:
            let codes = cellType(type).codes(sorts: sorts, limit: 4096) ?? []
            return codes.enumerated().allSatisfy { UInt64($0.offset) == $0.element } ? nil : codes
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .set, .lock: return nil
        }
    }
}
