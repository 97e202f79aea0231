import Model
import SMT

/// Bits of a cell that mean something by themselves: a number, the case of an enum, a field of the payload of a case.
struct StatePart: Sendable {
    /// Some bits of the same cell that must have a value, for the part to be there: the case that has the field.
    struct Guard: Hashable, Sendable {
        let low: Int
        let width: Int
        let value: UInt64
    }

    let cell: Int
    let low: Int
    let width: Int
    /// What the bits are the code of; nil for the number of a case.
    let type: CellType?
    let guards: [Guard]
    /// How many values it has; codes from 0 on.
    let count: UInt64

    /// Whether it has more values than are told apart one by one. Such parts are compared with each other, and with 0.
    var isWide: Bool { width > Self.widest }

    static let widest = 10

    /// Nil where the cell has another case.
    func value(ofCell code: UInt64) -> UInt64? {
        guards.allSatisfy { $0.value == code.bits($0.low, $0.width) } ? code.bits(low, width) : nil
    }
}

/// The parts of all cells of a model, in their order.
struct StateParts: Sendable {
    let all: [StatePart]
    /// Pairs of wide parts that can be compared, by number.
    let pairs: [(Int, Int)]
    /// By cell: the numbers of its parts.
    let ofCell: [[Int]]

    init(_ layout: CellLayout, sorts: [Sort]) {
        var all: [StatePart] = []
        var ofCell: [[Int]] = []
        for cell in layout.widths.indices {
            let parts = layout.types[cell].parts(cell, from: 0, [], sorts)
            ofCell.append(Array(all.count..<all.count + parts.count))
            all += parts
        }
        self.all = all
        self.ofCell = ofCell
        let wide = all.indices.filter { all[$0].isWide }
        pairs = wide.indices.flatMap { a in
            wide[(a + 1)...].filter { all[$0].width == all[wide[a]].width }.map { (wide[a], $0) }
        }
    }

    /// All that can be said of a state.
    func literals(of cells: [UInt64]) -> [StateLiteral] {
        let values = all.map { $0.value(ofCell: cells[$0.cell]) }
        var result: [StateLiteral] = []
        for (number, value) in values.enumerated() {
            guard let value else { continue }
            result.append(all[number].isWide && value != 0 ? .hasNot(number, 0) : .has(number, value))
        }
        for (a, b) in pairs {
            guard let x = values[a], let y = values[b] else { continue }
            result.append(x == y ? .same(a, b) : .different(a, b))
        }
        return result
    }

    // MARK: Literals

    func holds(_ literal: StateLiteral, in cells: [UInt64]) -> Bool {
        func value(_ part: Int) -> UInt64? { all[part].value(ofCell: cells[all[part].cell]) }
        switch literal {
        case .has(let part, let wanted): return value(part) == wanted
        case .hasOneOf(let part, let wanted): return value(part).map { wanted.contains($0) } ?? false
        case .hasNot(let part, let wanted): return value(part).map { $0 != wanted } ?? false
        case .same(let a, let b): return value(a).map { $0 == value(b) } ?? false
        case .different(let a, let b):
            guard let x = value(a), let y = value(b) else { return false }
            return x != y
        }
    }

    /// What holds where a part is there.
    func isThere(_ part: StatePart, _ cells: [Term], _ graph: TermGraph) -> [Term] {
        part.guards.map {
            graph.isNumber(graph.extract(cells[part.cell], low: $0.low, width: $0.width), $0.value)
        }
    }

    func term(_ literal: StateLiteral, _ cells: [Term], _ graph: TermGraph) -> Term {
        func value(_ part: Int) -> Term {
            graph.extract(cells[all[part].cell], low: all[part].low, width: all[part].width)
        }
        func isThere(_ parts: Int...) -> [Term] { parts.flatMap { self.isThere(all[$0], cells, graph) } }
        switch literal {
        case .has(let part, let wanted): return graph.and(isThere(part) + [graph.isNumber(value(part), wanted)])
        case .hasOneOf(let part, let wanted):
            return graph.and(isThere(part) + [graph.or(wanted.map { graph.isNumber(value(part), $0) })])
        case .hasNot(let part, let wanted):
            return graph.and(isThere(part) + [graph.not(graph.isNumber(value(part), wanted))])
        case .same(let a, let b): return graph.and(isThere(a, b) + [graph.equal(value(a), value(b))])
        case .different(let a, let b): return graph.and(isThere(a, b) + [graph.not(graph.equal(value(a), value(b)))])
        }
    }

    /// Whether a state is one that a lemma excludes.
    func isExcluded(_ cells: [UInt64], by lemma: StateLemma) -> Bool {
        lemma.excluded.allSatisfy { holds($0, in: cells) }
    }
}

extension CellType {
    fileprivate func parts(
        _ cell: Int, from low: Int, _ guards: [StatePart.Guard], _ sorts: [Sort]
    ) -> [StatePart] {
        let width = width(sorts: sorts)
        guard width > 0 else { return [] }
        func part(_ width: Int, _ type: CellType?, _ count: UInt64) -> StatePart {
            StatePart(cell: cell, low: low, width: width, type: type, guards: guards, count: count)
        }
        switch self {
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .element, .set, .exclusiveLock, .sharedLock, .location:
            return [part(width, self, width >= 64 ? .max : UInt64(clamping: valueCount(sorts: sorts)))]
        case .optional(let wrapped):
            let isThere = StatePart.Guard(low: low, width: 1, value: 1)
            return [part(1, nil, 2)] + wrapped.parts(cell, from: low + 1, guards + [isThere], sorts)
        case .tuple(_, let fields): return Self.parts(fields, cell, from: low, guards, sorts)
        case .tagged(_, let cases):
            let tag = CellType.tagWidth(cases.count)
            return (tag > 0 ? [part(tag, nil, UInt64(cases.count))] : [])
                + cases.enumerated().flatMap { number, one in
                    let own = tag > 0 ? [StatePart.Guard(low: low, width: tag, value: UInt64(number))] : []
                    return Self.parts(one.fields, cell, from: low + tag, guards + own, sorts)
                }
        }
    }

    private static func parts(
        _ fields: [CellField], _ cell: Int, from start: Int, _ guards: [StatePart.Guard], _ sorts: [Sort]
    ) -> [StatePart] {
        var low = start
        return fields.flatMap { field in
            defer { low += field.type.width(sorts: sorts) }
            return field.type.parts(cell, from: low, guards, sorts)
        }
    }
}

extension UInt64 {
    func bits(_ low: Int, _ width: Int) -> UInt64 {
        self >> UInt64(low) & (width >= 64 ? .max : (1 << UInt64(width)) - 1)
    }
}
