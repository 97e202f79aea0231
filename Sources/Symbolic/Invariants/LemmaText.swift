import Model

/// Lemmas in the terms of the spec.
public struct LemmaText {
    private let layout: CellLayout
    private let names: SortNames
    private let states: StateText
    private let parts: StateParts

    public init(_ model: Model) {
        layout = CellLayout(model)
        names = model.sortNames
        states = StateText(model)
        parts = StateParts(layout, sorts: model.sorts)
    }

    /// `not (program[P0] at 4_transparency.fl:60 or 72 and entry[P0] is resident)`
    public func text(_ lemma: StateLemma) -> String {
        let parts = lemma.excluded.map { text($0) }
        return parts.count == 1 && parts[0].hasPrefix("(")
            ? "not \(parts[0])" : "not (\(parts.joined(separator: " and ")))"
    }

    func text(_ literal: StateLiteral) -> String {
        switch literal {
        case .has(let part, let value): text(parts.all[part], [value])
        case .hasOneOf(let part, let values): text(parts.all[part], values)
        case .hasNot(let part, let value): text(parts.all[part], value, isEqual: false)
        case .same(let a, let b): "\(name(parts.all[a])) == \(name(parts.all[b]))"
        case .different(let a, let b): "\(name(parts.all[a])) != \(name(parts.all[b]))"
        }
    }

    /// `(entry[P0] is resident or entry[P0] is empty)`; what is not the case, where that is shorter.
    private func text(_ part: StatePart, _ values: [UInt64]) -> String {
        let others = part.isWide ? nil : (0..<part.count).filter { !values.contains($0) }
        let isNot = others.map { $0.count < values.count } ?? false
        let shown = isNot ? others ?? [] : values
        if isNot, shown.isEmpty { return "\(name(part)) is there" }
        if let process = states.process(ofCell: part.cell) {
            return "\(process) \(isNot ? "not " : "")at \(states.places(shown, ofCell: part.cell))"
        }
        let texts = shown.map { text(part, $0, isEqual: !isNot) }
        return isNot || texts.count == 1 ? texts.joined(separator: " and ") : "(\(texts.joined(separator: " or ")))"
    }

    private func text(_ part: StatePart, _ value: UInt64, isEqual: Bool) -> String {
        guard let type = part.type else {
            let shown = layout.types[part.cell].caseName(value, at: part.low, names.sorts)
            return "\(name(part)) is \(isEqual ? "" : "not ")\(shown)"
        }
        return "\(name(part)) \(isEqual ? "==" : "!=") \(type.describe(value, names: names))"
    }

    /// `entry[P0]`, `entry[P0].resident.frame`
    private func name(_ part: StatePart) -> String {
        layout.names[part.cell] + layout.types[part.cell].path(to: part, from: 0, names.sorts)
    }
}

extension CellType {
    /// The name of a case, where the number of the case begins at a bit.
    fileprivate func caseName(_ value: UInt64, at low: Int, _ sorts: [Sort]) -> String {
        switch self {
        case .optional(let wrapped):
            low == 0 ? (value == 0 ? "none" : "some") : wrapped.caseName(value, at: low - 1, sorts)
        case .tagged(_, let cases):
            if low == 0 {
                cases.indices.contains(Int(clamping: value)) ? cases[Int(clamping: value)].name : "?"
            } else {
                "case \(value)"
            }
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .set, .exclusiveLock, .sharedLock, .location,
            .tuple:
            "case \(value)"
        }
    }

    /// The fields that lead to a part.
    fileprivate func path(to part: StatePart, from start: Int, _ sorts: [Sort]) -> String {
        switch self {
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .set, .exclusiveLock, .sharedLock, .location:
            return ""
        case .optional(let wrapped):
            return part.low == start ? "" : "!" + wrapped.path(to: part, from: start + 1, sorts)
        case .tuple(_, let fields): return Self.path(fields, to: part, from: start, sorts)
        case .tagged(_, let cases):
            let tag = CellType.tagWidth(cases.count)
            if part.low < start + tag { return "" }
            let own = part.guards.first { $0.low == start && $0.width == tag }
            guard
                let one = tag == 0
                    ? cases.first : own.flatMap({ cases.indices.contains(Int($0.value)) ? cases[Int($0.value)] : nil })
            else { return "" }
            return ".\(one.name)" + Self.path(one.fields, to: part, from: start + tag, sorts)
        }
    }

    private static func path(
        _ fields: [CellField], to part: StatePart, from start: Int, _ sorts: [Sort]
    ) -> String {
        var low = start
        for field in fields {
            let width = field.type.width(sorts: sorts)
            if part.low >= low, part.low < low + width {
                return ".\(field.name)" + field.type.path(to: part, from: low, sorts)
            }
            low += width
        }
        return ""
    }
}
