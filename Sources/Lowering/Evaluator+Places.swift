import Diagnostics
import Model
import Program

/// The cells that a place names.
struct Cells {
    let variable: SourceVariableID
    /// Dense, and trivial.
    let indices: [Code]
    /// Which leaves of the variable.
    let leaves: Range<Int>
}

extension Evaluator {
    /// Evaluates the indices of a place.
    mutating func cells(_ place: Place) -> Cells {
        let variable = program[place.variable]
        var indices: [Code] = []
        for (index, type) in zip(place.indices, variable.indexTypes) {
            let code = packedCode(value(index, as: type), type)
            indices.append(shared(dense(code, type)))
        }
        return Cells(
            variable: place.variable, indices: indices, leaves: layout.leafRange(place.fields, in: variable.type))
    }

    func read(_ cell: CellID, _ indices: [Code]) -> Code {
        mode == .old ? .readOld(cell, indices) : .read(cell, indices)
    }

    /// The value of a place.
    mutating func value(_ place: Place) -> Operand { value(place, cells(place)) }

    /// The type of the cell that a place lies in.
    func cellType(of place: Place) -> Type {
        var type = program[place.variable].type
        for field in place.fields {
            guard case .record(let id) = type, program[id].fields.indices.contains(field) else { return type }
            type = program[id].fields[field].type
        }
        return type
    }

    /// Whether a cell means something; nil where it always does. With `depth` only the conditions count that stand
    /// on the way to a place with so many fields.
    mutating func alive(_ cells: Cells, _ leaf: Int, depth: Int = .max) -> Code? {
        alive(cells, leaf) { one in one.record.map { $0.count < depth } ?? true }
    }

    /// Whether those conditions of a cell hold that `counts` picks; nil where it picks none.
    mutating func alive(_ cells: Cells, _ leaf: Int, counts: (Aliveness) -> Bool) -> Code? {
        let conditions = layout.leaves[cells.variable.raw][leaf].conditions.filter(counts)
        guard !conditions.isEmpty else { return nil }
        let (outerMode, outerSiblings, outerLocals) = (mode, siblings, locals)
        if mode == .checked { mode = .lenient }
        var result = Code.one
        for one in conditions {
            let (code, inner) = framed { me -> Code in
                if let record = one.record {
                    me.siblings = Siblings(variable: cells.variable, indices: cells.indices, path: record)
                    me.locals = [:]
                } else {
                    me.siblings = nil
                    me.locals = me.indexLocals(cells)
                }
                return me.value(one.condition).code
            }
            result = result.and(Self.closed(inner, code))
        }
        (mode, siblings, locals) = (outerMode, outerSiblings, outerLocals)
        return result
    }

    /// The index names of a variable's declaration, for one element.
    func indexLocals(_ cells: Cells) -> [LocalID: Operand] {
        let variable = program[cells.variable]
        var result: [LocalID: Operand] = [:]
        for (local, (index, type)) in zip(variable.scope.parameters, zip(cells.indices, variable.indexTypes)) {
            result[local] = unpacked(undense(index, type), type)
            result[local]?.interval = type.interval
        }
        return result
    }

    mutating func checkAlive(_ cells: Cells, _ leaf: Int, _ span: Span) {
        guard let alive = alive(cells, leaf) else { return }
        check(alive: alive, cells, leaf, span)
    }

    mutating func check(alive: Code, _ cells: Cells, _ leaf: Int, _ span: Span) {
        let condition = layout.leaves[cells.variable.raw][leaf].conditions.map { origins.text($0.condition.span) }
        check(
            alive, BuiltinViolation.useAfterFree.rawValue,
            "`\(origins.text(span))` is used while it means nothing: `\(condition.joined(separator: " and "))` is false",
            span, resumable: true)
    }

    // MARK: Dense indices

    func dense(_ code: Code, _ type: Type) -> Code {
        guard let codes = layout.irregularCodes(type) else { return code }
        return Self.looked(up: code, in: codes.enumerated().map { (key: $0.element, value: UInt64($0.offset)) })
    }

    func undense(_ index: Code, _ type: Type) -> Code {
        guard let codes = layout.irregularCodes(type) else { return index }
        return Self.looked(up: index, in: codes.enumerated().map { (key: UInt64($0.offset), value: $0.element) })
    }

    /// The value of a key that the table has; of another one it is some value of the table.
    private static func looked(up key: Code, in table: [(key: UInt64, value: UInt64)]) -> Code {
        guard table.count > mostInTurn else {
            return table.dropFirst().reversed().reduce(.constant(table.first?.value ?? 0)) { rest, one in
                key.equals(.constant(one.key)).choosing(.constant(one.value), rest)
            }
        }
        return halved(key, table.sorted { $0.key < $1.key }[...])
    }

    /// So many keys are compared one after the other; more would be nested too deep.
    private static let mostInTurn = 64

    private static func halved(_ key: Code, _ table: ArraySlice<(key: UInt64, value: UInt64)>) -> Code {
        guard table.count > 1 else { return .constant(table.first?.value ?? 0) }
        let middle = table.startIndex + table.count / 2
        return Code.binary(.below, key, .constant(table[middle].key))
            .choosing(halved(key, table[..<middle]), halved(key, table[middle...]))
    }

    // MARK: Inside a cell

    /// A part of a value; the violation `none_value` where it has another shape.
    mutating func inner(_ whole: Operand, _ type: Type, _ path: [InnerField], _ span: Span) -> Operand {
        var operand = whole
        var type = type
        for step in path {
            switch step {
            case .record(let number): (operand, type) = recordField(operand, type, number)
            case .payload(case: let number, field: let field):
                (operand, type) = payload(operand, type, number, field, span)
            case .some: (operand, type) = unwrapped(operand, type, span)
            }
        }
        return operand
    }

    mutating func recordField(_ operand: Operand, _ type: Type, _ number: Int) -> (Operand, Type) {
        guard case .record(let id) = type, program[id].fields.indices.contains(number) else { return (operand, type) }
        let field = program[id].fields[number].type
        if layout.isPlainRecord(type) {
            let range = layout.leafRange([number], in: type).clamped(to: 0..<operand.parts.count)
            var result = Operand(parts: Array(operand.parts[range]))
            result.interval = field.interval
            return (result, field)
        }
        let slot = layout.slots(program[id].fields, from: 0)[number]
        return (extracted(operand.code, slot, field), field)
    }

    mutating func payload(
        _ operand: Operand, _ type: Type, _ number: Int, _ field: Int, _ span: Span
    ) -> (Operand, Type) {
        guard case .enumeration(let id) = type, program[id].cases.indices.contains(number),
            program[id].cases[number].payload.indices.contains(field)
        else { return (operand, type) }
        let whole = shared(operand)
        checkCase(whole, id, number, span)
        let fieldType = program[id].cases[number].payload[field].type
        if layout.isSplit(type) { return (splitPayload(whole, type, number, field), fieldType) }
        return (extracted(whole.code, layout.payloadSlots(id, number)[field], fieldType), fieldType)
    }

    mutating func checkCase(_ value: Operand, _ id: EnumID, _ number: Int, _ span: Span) {
        check(
            hasCase(value, id, number), BuiltinViolation.noneValue.rawValue,
            "`\(origins.text(span))`: the value is no `\(program[id].cases[number].name)`", span)
    }

    func hasCase(_ value: Operand, _ id: EnumID, _ number: Int) -> Code {
        guard program[id].cases.count > 1 else { return .one }
        if layout.isSplit(.enumeration(id)) { return value.code.equals(.constant(UInt64(number))) }
        return value.code.low(CellType.tagWidth(program[id].cases.count)).equals(.constant(UInt64(number)))
    }

    mutating func unwrapped(_ operand: Operand, _ type: Type, _ span: Span) -> (Operand, Type) {
        guard case .optional(let wrapped) = type else { return (operand, type) }
        let whole = shared(operand)
        checkSome(whole.code, span)
        if layout.isSplit(type) { return (splitPayload(whole, type, 1, 0), wrapped) }
        return (part(whole.code.shiftedRight(1), wrapped), wrapped)
    }

    /// - Parameter code: that of an optional, or of the tag of a split one.
    private mutating func checkSome(_ code: Code, _ span: Span) {
        check(
            code.equals(.zero).negated, BuiltinViolation.noneValue.rawValue, "`\(origins.text(span))` is none", span)
    }

    private mutating func extracted(_ code: Code, _ slot: (shift: Int, width: Int), _ type: Type) -> Operand {
        part(code.shiftedRight(slot.shift).low(slot.width), type)
    }

    /// A value that was packed inside another.
    mutating func part(_ code: Code, _ type: Type) -> Operand {
        var result = unpacked(layout.isComposite(type) ? shared(code) : code, type)
        result.interval = type.interval
        return result
    }

    /// A value with a part replaced.
    mutating func replaced(
        _ whole: Operand, _ type: Type, _ path: ArraySlice<InnerField>, with new: Operand, _ span: Span
    ) -> Operand {
        guard let step = path.first else { return new }
        let rest = path.dropFirst()
        guard layout.isComposite(type) else { return Operand(replaced(whole.code, type, path, with: new, span)) }
        let whole = shared(whole)
        switch (step, type) {
        case (.record(let number), .record):
            let range = layout.leafRange([number], in: type)
            let (field, fieldType) = recordField(whole, type, number)
            var result = whole
            result.parts.replaceSubrange(range, with: replaced(field, fieldType, rest, with: new, span).parts)
            return result
        case (.payload(case: let number, field: let field), .enumeration(let id)):
            checkCase(whole, id, number, span)
            let old = splitPayload(whole, type, number, field)
            let part = replaced(old, program[id].cases[number].payload[field].type, rest, with: new, span)
            return replacedPayload(whole, type, number, field, with: part)
        case (.some, .optional(let wrapped)):
            checkSome(whole.code, span)
            let part = replaced(splitPayload(whole, type, 1, 0), wrapped, rest, with: new, span)
            return replacedPayload(whole, type, 1, 0, with: part)
        case (.record, _), (.payload, _), (.some, _): return whole
        }
    }

    /// A code with a part replaced.
    private mutating func replaced(
        _ whole: Code, _ type: Type, _ path: ArraySlice<InnerField>, with new: Operand, _ span: Span
    ) -> Code {
        guard let step = path.first else { return packedCode(new, type) }
        let rest = path.dropFirst()
        let whole = shared(whole)
        switch (step, type) {
        case (.record(let number), .record(let id)):
            let slot = layout.slots(program[id].fields, from: 0)[number]
            return replacedField(whole, slot, program[id].fields[number].type, rest, new, span)
        case (.payload(case: let number, field: let field), .enumeration(let id)):
            checkCase(Operand(whole), id, number, span)
            let slot = layout.payloadSlots(id, number)[field]
            return replacedField(whole, slot, program[id].cases[number].payload[field].type, rest, new, span)
        case (.some, .optional(let wrapped)):
            checkSome(whole, span)
            return replaced(whole.shiftedRight(1), wrapped, rest, with: new, span).shiftedLeft(1).bitOr(.one)
        case (.record, _), (.payload, _), (.some, _): return whole
        }
    }

    private mutating func replacedField(
        _ whole: Code, _ slot: (shift: Int, width: Int), _ type: Type, _ rest: ArraySlice<InnerField>, _ new: Operand,
        _ span: Span
    ) -> Code {
        let old = whole.shiftedRight(slot.shift).low(slot.width)
        let field = replaced(old, type, rest, with: new, span)
        return whole.cleared(slot.shift, slot.width).bitOr(field.shiftedLeft(slot.shift))
    }
}
