import Model
import Program

/// A payload field of a split value: that of a case, or what an optional wraps.
struct SplitField {
    /// In `some`, 1.
    let caseNumber: Int
    /// Within the case.
    let number: Int
    let type: Type
    /// Which parts of the split value it has; part 0 is the tag.
    let parts: Range<Int>
}

/// Optionals and enumerations that need more than a cell: one for the tag, and one for each leaf of each payload. What
/// belongs to another case is 0, so that values are equal where all parts are.
extension Layout {
    func isSplit(_ type: Type) -> Bool {
        switch type {
        case .optional, .enumeration: width(type) > widestCode
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .record, .set, .lock: false
        }
    }

    /// The types of a plain record's fields and of those of records in it; another type itself.
    func pieces(of type: Type) -> [Type] {
        guard case .record(let id) = type, !program[id].isWord else { return [type] }
        return program[id].fields.filter { !$0.isVanished }.flatMap { pieces(of: $0.type) }
    }

    func splitFields(_ type: Type) -> [SplitField] {
        var next = 1
        return payloads(type).enumerated().flatMap { tag, fields in
            fields.enumerated().map { number, field in
                let count = field.isVanished ? 0 : leaves(of: field.type).count
                defer { next += count }
                return SplitField(caseNumber: tag, number: number, type: field.type, parts: next..<(next + count))
            }
        }
    }

    func splitField(_ type: Type, _ tag: Int, _ number: Int) -> SplitField? {
        splitFields(type).first { $0.caseNumber == tag && $0.number == number }
    }

    /// By tag, what a value holds beside it.
    private func payloads(_ type: Type) -> [[(suffix: String, type: Type, isVanished: Bool)]] {
        switch type {
        case .optional(let wrapped): [[], [("!", wrapped, false)]]
        case .enumeration(let id):
            program[id].cases.map { one in
                one.payload.map { (".\(one.name).\($0.name)", $0.type, $0.isVanished) }
            }
        case .unit, .bool, .int, .range, .rangeOrUnbounded, .bits, .domain, .record, .set, .lock: []
        }
    }

    func splitLeaves(of type: Type) -> [Leaf] {
        var result = [tagLeaf(type)]
        for (number, fields) in payloads(type).enumerated() {
            for field in fields where !field.isVanished {
                let first = result.count
                result += leaves(of: field.type).map { kept($0, field.suffix, in: number, from: first) }
            }
        }
        return result
    }

    /// A cell of a payload. It is 0 while the value is of another case, and 0 may not name an element.
    private func kept(_ leaf: Leaf, _ prefix: String, in number: Int, from first: Int) -> Leaf {
        let namesElement = zeroNamesElement(leaf.type)
        return Leaf(
            path: [], suffix: prefix + leaf.suffix, type: namesElement ? .optional(leaf.type) : leaf.type,
            tagOf: leaf.tagOf, cases: [(tag: 0, number: number)] + leaf.cases(from: first),
            isKeptNonzero: namesElement || leaf.isKeptNonzero)
    }

    func tagLeaf(_ type: Type) -> Leaf {
        let last = max(0, tags(of: type).names.count - 1)
        return Leaf(path: [], suffix: "", type: .range(lower: 0, upper: Int64(last), wraps: false), tagOf: type)
    }

    /// What a type is called, and its cases.
    private func tags(of type: Type) -> (type: String, names: [String]) {
        guard case .enumeration(let id) = type else { return ("optional", ["none", "some(_)"]) }
        return (program[id].name, program[id].cases.map(\.name))
    }

    /// The values of the cells of a split value. Where it has none, as its case is another one, `unit` stands for 0.
    func splitValues(_ value: Value, _ type: Type) -> [Value] {
        let tag: Int
        let payload: [Value]
        switch value {
        case .some(let inner): (tag, payload) = (1, [inner])
        case .enumeration(_, case: let number, let values): (tag, payload) = (number, values)
        default: (tag, payload) = (0, [])  // `none`
        }
        var result: [Value] = [.int(Int64(tag))]
        for field in splitFields(type) {
            guard field.caseNumber == tag, payload.indices.contains(field.number), !field.parts.isEmpty else {
                result += field.parts.map { _ in .unit }
                continue
            }
            result += zip(flattened(payload[field.number], field.type), leaves(of: field.type)).map { part, leaf in
                zeroNamesElement(leaf.type) ? .some(part) : part
            }
        }
        return result
    }

    /// The type of a cell. That of a tag has the cases without what they hold.
    func cellType(_ leaf: Leaf) -> CellType {
        guard let type = leaf.tagOf else { return cellType(leaf.type) }
        let tags = tags(of: type)
        return .tagged(name: tags.type, tags.names.map { CellCase(name: $0, fields: []) })
    }
}

extension Leaf {
    /// Its cases where the leaves begin with another one.
    func cases(from first: Int) -> [(tag: Int, number: Int)] { cases.map { (first + $0.tag, $0.number) } }

    /// - Parameter first: the cell of the first leaf.
    func payload(from first: CellID) -> Payload? {
        guard !cases.isEmpty else { return nil }
        return Payload(
            cases: cases.map { Payload.Case(tag: CellID(first.index + $0.tag), number: UInt64($0.number)) },
            isNeverZero: isKeptNonzero)
    }
}
