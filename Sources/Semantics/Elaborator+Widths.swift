import Diagnostics
import Program

extension Elaborator {
    /// Bits that a value of a cell type takes in its encoding; nil for types that are no cell.
    func width(_ type: Type) -> Int? {
        switch type {
        case .unit: 0
        case .bool: 1
        case .int: nil
        case .range(let lower, let upper, _): Self.bitsFor(upper - lower)
        case .rangeOrUnbounded(let lower, let upper): Self.bitsFor(upper - lower + 1)
        case .bits(let width): width
        case .domain(let id): Self.bitsFor(Int64(max(program[id].size, 1) - 1))
        case .enumeration(let id):
            program[id].cases.map { fieldsWidth($0.payload) }.reduce(Optional(0)) { total, next in
                guard let total, let next else { return nil }
                return max(total, next)
            }.map { $0 + Self.bitsFor(Int64(program[id].cases.count - 1)) }
        case .record(let id): program[id].isWord ? fieldsWidth(program[id].fields) : nil
        case .set(let element): program.allValues(of: element, limit: 64)?.count
        case .optional(let wrapped): width(wrapped).map { $0 + 1 }
        case .lock: 1
        }
    }

    private func fieldsWidth(_ fields: [Field]) -> Int? {
        fields.reduce(Optional(0)) { total, field in
            guard let total, let next = width(field.type) else { return nil }
            return total + next
        }
    }

    private static func bitsFor(_ largest: Int64) -> Int { 64 - largest.leadingZeroBitCount }

    /// A type whose values are one cell.
    func isCell(_ type: Type) -> Bool { width(type) != nil }

    func isLock(_ type: Type) -> Bool { if case .lock = type { true } else { false } }

    /// Whether a lock is part of a value.
    func containsLock(_ type: Type) -> Bool {
        switch type {
        case .lock: true
        case .record(let id): program[id].fields.contains { containsLock($0.type) }
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .enumeration, .set, .optional: false
        }
    }

    func isInteger(_ type: Type) -> Bool { if case .range = type { true } else { type == .int } }

    /// How many elements an array of these indices has; saturates.
    func elements(_ indexTypes: [Type]) -> Int {
        indexTypes.reduce(1) { count, type in
            let (product, overflow) = count.multipliedReportingOverflow(by: program.allValues(of: type)?.count ?? 0)
            return overflow ? .max : product
        }
    }

    /// Optionals and enumerations may be wider: they are kept in several cells then.
    func checkedWidth(_ type: Type, _ span: Span) -> Type? {
        guard case .record = type, let width = width(type), width > 64 else { return type }
        report(
            .cellTooWide, "a value of \(describe(type)) takes \(width) bits; one cell has at most 64", at: span,
            notes: [Note("a cell is what one access touches; split it, or make it a plain record")])
        return nil
    }

    /// A type in the user's words.
    func describe(_ type: Type) -> String {
        switch type {
        case .unit: "`unit`"
        case .bool: "`bool`"
        case .int: "an integer"
        case .range(let lower, let upper, let wraps): "`\(lower)..\(upper)\(wraps ? " wrap" : "")`"
        case .rangeOrUnbounded(let lower, let upper): "`\(lower)..\(upper) or unbounded`"
        case .bits(let width): "`bits<\(width)>`"
        case .domain(let id): "`\(program[id].name)`"
        case .enumeration(let id): "`\(program[id].name)`"
        case .record(let id): "`\(program[id].name)`"
        case .set(let element): "a set of \(describe(element))"
        case .optional(let wrapped): "an optional \(describe(wrapped))"
        case .lock(let kind): "a `\(kind.rawValue)`"
        }
    }
}
