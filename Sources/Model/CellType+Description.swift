extension CellType {
    /// A code in the user's terms: `mapped(F0, true)`, `{M0, M2}`, `none`, `unbounded`. A code that is not valid
    /// appears as `invalid(9)`.
    public func describe(_ code: UInt64, names: SortNames) -> String {
        let sorts = names.sorts
        switch self {
        case .unit: return code == 0 ? "unit" : Self.invalid(code)
        case .bool: return code == 0 ? "false" : code == 1 ? "true" : Self.invalid(code)
        case .range(let lower, let upper): return Self.number(code, lower, upper)
        case .rangeOrUnbounded(let lower, let upper):
            let unbounded = UInt64(bitPattern: upper &- lower) &+ 1
            return code == unbounded ? "unbounded" : Self.number(code, lower, upper)
        case .bits(let width):
            return code & ~UInt64.lowBits(width) == 0 ? "0x" + String(code, radix: 16) : Self.invalid(code)
        case .element(let sort):
            guard let number = Int(exactly: code), sorts.indices.contains(sort), number < sorts[sort].size else {
                return Self.invalid(code)
            }
            return names.element(number, of: sort)
        case .tagged(_, let cases): return Self.describe(code, cases: cases, names: names)
        case .tuple(let name, let fields):
            guard let values = Self.split(code, fields: fields, sorts: sorts) else { return Self.invalid(code) }
            let shown = zip(fields, values).map { "\($0.name): \($0.type.describe($1, names: names))" }
            return "\(name) { \(shown.joined(separator: ", ")) }"
        case .set(let element): return Self.describe(set: code, of: element, names: names)
        case .optional(let wrapped):
            if code == 0 { return "none" }
            return code & 1 == 1 ? "some(\(wrapped.describe(code >> 1, names: names)))" : Self.invalid(code)
        case .exclusiveLock: return code == 0 ? "free" : code == 1 ? "held" : Self.invalid(code)
        case .sharedLock(let holders):
            if code == 0 { return "free" }
            guard let number = Int(exactly: code), number <= holders.saturatingSum(1) else { return Self.invalid(code) }
            return number > holders ? "held" : "shared by \(number)"
        case .location: return "L\(code)"
        }
    }

    private static func invalid(_ code: UInt64) -> String { "invalid(\(code))" }

    private static func number(_ code: UInt64, _ lower: Int64, _ upper: Int64) -> String {
        code <= UInt64(bitPattern: upper &- lower) ? String(lower &+ Int64(bitPattern: code)) : invalid(code)
    }

    private static func describe(_ code: UInt64, cases: [CellCase], names: SortNames) -> String {
        let tagWidth = tagWidth(cases.count)
        guard let tag = Int(exactly: code & .lowBits(tagWidth)), tag < cases.count,
            let values = split(
                tagWidth >= 64 ? 0 : code >> UInt64(tagWidth), fields: cases[tag].fields, sorts: names.sorts)
        else { return invalid(code) }
        let shown = zip(cases[tag].fields, values).map { $0.type.describe($1, names: names) }
        return shown.isEmpty ? cases[tag].name : "\(cases[tag].name)(\(shown.joined(separator: ", ")))"
    }

    private static func describe(set code: UInt64, of element: CellType, names: SortNames) -> String {
        guard let codes = element.codes(sorts: names.sorts), code & ~UInt64.lowBits(codes.count) == 0 else {
            return invalid(code)
        }
        let members = codes.enumerated().filter { code >> UInt64($0.offset) & 1 == 1 }
        return "{" + members.map { element.describe($0.element, names: names) }.joined(separator: ", ") + "}"
    }

    /// The codes of the fields; nil where bits above the last one are set.
    private static func split(_ code: UInt64, fields: [CellField], sorts: [Sort]) -> [UInt64]? {
        var rest = code
        var values: [UInt64] = []
        for field in fields {
            let width = field.type.width(sorts: sorts)
            values.append(rest & .lowBits(width))
            rest = width >= 64 ? 0 : rest >> UInt64(width)
        }
        return rest == 0 ? values : nil
    }
}
