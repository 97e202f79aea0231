import Model
import Program

import struct Model.Model
import struct Program.Program

/// Reads the shared part of a state of a lowered model back as values of its program.
public struct StateDecoder: Sendable {
    private let layout: Layout
    private let model: Model
    private let events: EventTable

    /// Nil where the model was not lowered from the program.
    ///
    /// - Parameter widestCode: as it was lowered with, see ``LoweringOptions/widestCode``.
    public init?(program: Program, model: Model, widestCode: Int = 64) {
        guard let layout = try? Layout(program, widestCode: widestCode) else { return nil }
        for (index, variable) in layout.variables.enumerated() {
            guard model.variables.indices.contains(index), model.variables[index].name == variable.name else {
                return nil
            }
        }
        self.layout = layout
        self.model = model
        events = EventTable(program)
    }

    /// By number of the program's variable, the elements in row-major order. Vanished variables are left out.
    public func values(in words: [UInt64]) -> [Int: [Value]] {
        var result: [Int: [Value]] = [:]
        for (number, variable) in layout.program.variables.enumerated() where !variable.isVanished {
            let id = SourceVariableID(number)
            let leaves = layout.leaves[number]
            let count = variable.indexTypes.reduce(1) { $0 &* layout.valueCount($1) }
            result[number] = (0..<count).map { element in
                var codes = leaves.indices.map { leaf in
                    model.code(layout.cell(id, leaf: leaf), element: element, in: words)
                }[...]
                return value(of: variable.type, &codes)
            }
        }
        return result
    }

    /// The handler that an event of the model tells of, and its arguments.
    public func commit(_ event: ObservedEvent) -> (handler: HandlerID, arguments: [Value])? {
        guard let handler = events.handler(of: event.event) else { return nil }
        var codes = event.arguments[...]
        let types = layout.program[handler].scope.parameterTypes
        return (handler, types.map { value(of: $0, &codes) })
    }

    /// Puts a value together from the codes of its leaves, first leaf first.
    private func value(of type: Type, _ codes: inout ArraySlice<UInt64>) -> Value {
        if case .record(let id) = type, !layout.program[id].isWord {
            return .record(
                id, layout.program[id].fields.map { $0.isVanished ? $0.initial : value(of: $0.type, &codes) })
        }
        return layout.isSplit(type) ? splitValue(of: type, &codes) : cell(codes.popFirst() ?? 0, type)
    }

    private func splitValue(of type: Type, _ codes: inout ArraySlice<UInt64>) -> Value {
        let tag = Int(truncatingIfNeeded: codes.popFirst() ?? 0)
        var payload: [Value] = []
        for field in layout.splitFields(type) {
            var own = zip(codes.prefix(field.parts.count), layout.leaves(of: field.type)).map { code, leaf in
                layout.zeroNamesElement(leaf.type) ? code >> 1 : code
            }[...]
            codes = codes.dropFirst(field.parts.count)
            if field.caseNumber == tag { payload.append(value(of: field.type, &own)) }
        }
        if case .enumeration(let id) = type { return .enumeration(id, case: tag, payload) }
        return payload.first.map { .some($0) } ?? .none
    }

    /// The value that a code stands for.
    private func cell(_ code: UInt64, _ type: Type) -> Value {
        switch type {
        case .unit: return .unit
        case .bool: return .bool(code != 0)
        case .int: return .int(Int64(bitPattern: code))
        case .range(let lower, _, _): return .int(lower &+ Int64(bitPattern: code))
        case .rangeOrUnbounded(let lower, let upper):
            let number = lower &+ Int64(bitPattern: code)
            return number > upper ? .unbounded : .int(number)
        case .bits: return .bits(code)
        case .domain(let id): return .element(id, Int(truncatingIfNeeded: code))
        case .enumeration(let id): return enumeration(code, id)
        case .record(let id):
            let fields = layout.program[id].fields
            return .record(id, parts(code, fields, layout.slots(fields, from: 0)))
        case .set(let element):
            let all = layout.cellType(element).codes(sorts: layout.sorts, limit: 64) ?? []
            return .set(
                of: all.enumerated().filter { code >> UInt64($0.offset) & 1 == 1 }.map { cell($0.element, element) })
        case .optional(let wrapped): return code == 0 ? .none : .some(cell(code >> 1, wrapped))
        case .lock(let kind): return lock(code, kind)
        }
    }

    private func enumeration(_ code: UInt64, _ id: EnumID) -> Value {
        let cases = layout.program[id].cases
        let number = Int(truncatingIfNeeded: code & .lowMask(CellType.tagWidth(cases.count)))
        guard cases.indices.contains(number) else { return .enumeration(id, case: number, []) }
        return .enumeration(id, case: number, parts(code, cases[number].payload, layout.payloadSlots(id, number)))
    }

    private func parts(_ code: UInt64, _ fields: [Field], _ slots: [(shift: Int, width: Int)]) -> [Value] {
        zip(fields, slots).map { field, slot in
            field.isVanished
                ? field.initial
                : cell(slot.shift > 63 ? 0 : code >> UInt64(slot.shift) & .lowMask(slot.width), field.type)
        }
    }

    private func lock(_ code: UInt64, _ kind: LockKind) -> Value {
        switch kind {
        case .spin, .mutex: code == 0 ? .lockFree : .lockExclusive
        case .readWrite:
            if code == 0 {
                .lockFree
            } else if code > UInt64(layout.instanceCount) {
                .lockExclusive
            } else {
                .lockShared(Int(truncatingIfNeeded: code))
            }
        }
    }
}
