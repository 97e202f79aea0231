/// Bits of one word for each element of a sort, in the same order for each: what an element has in a cell of its own.
struct OwnField {
    let mask: UInt64
    /// Whether some step may change it.
    let isWritten: Bool
    private let width: UInt64
    let places: [Place]

    struct Place: BitwiseCopyable {
        let word: Int
        let shift: UInt64
    }

    /// The fields of a sort: first those that no step changes, and among the others those that can tell most.
    ///
    /// - Parameter settled: by sort, whether its elements have their final names.
    static func all(_ plan: SymmetryPlan, sort: Int, settled: [Bool]) -> [OwnField] {
        let fields = joined(separate(plan, sort, settled)).filter { $0.mask != 0 }
        let order = fields.indices.sorted { a, b in
            if fields[a].isWritten != fields[b].isWritten { return fields[b].isWritten }
            if fields[a].bits != fields[b].bits { return fields[a].bits > fields[b].bits }
            return a < b
        }
        return order.map { fields[$0] }
    }

    /// How many bits count.
    var bits: Int { mask.nonzeroBitCount }

    /// A field for each variable and for each choice of its other indices, where these mean the same in every state.
    private static func separate(_ plan: SymmetryPlan, _ sort: Int, _ settled: [Bool]) -> [OwnField] {
        var keys: [[Int]] = []
        var cells: [[SymmetryPlan.Cell]] = []
        for cell in plan.cells {
            guard let key = key(cell, sort, settled) else { continue }
            // The cells of a variable come in the order of their indices, so these are by element.
            if let known = keys.firstIndex(of: key) {
                cells[known].append(cell)
            } else {
                keys.append(key)
                cells.append([cell])
            }
        }
        return cells.map { OwnField($0, plan, settled) }
    }

    /// What the cells of a field have in common; nil for a cell that belongs to no single element.
    private static func key(_ cell: SymmetryPlan.Cell, _ sort: Int, _ settled: [Bool]) -> [Int]? {
        var key = [cell.variable, cell.base]
        var isOwn = false
        for coordinate in cell.coordinates {
            guard let other = coordinate.sort else { return nil }
            if other == sort {
                if isOwn { return nil }
                isOwn = true
            } else {
                guard settled[other] else { return nil }
                key.append(coordinate.index)
            }
        }
        return isOwn ? key : nil
    }

    /// Fields that lie behind one another for all elements as one.
    private static func joined(_ fields: [OwnField]) -> [OwnField] {
        var result: [OwnField] = []
        for field in fields {
            if let last = result.last, field.follows(last) {
                result[result.count - 1] = OwnField(
                    mask: last.mask | field.mask << last.width, width: last.width + field.width, places: last.places,
                    isWritten: last.isWritten)
            } else {
                result.append(field)
            }
        }
        return result
    }

    private init(mask: UInt64, width: UInt64, places: [Place], isWritten: Bool) {
        self.isWritten = isWritten
        self.mask = mask
        self.width = width
        self.places = places
    }

    private init(_ cells: [SymmetryPlan.Cell], _ plan: SymmetryPlan, _ settled: [Bool]) {
        places = cells.map { Place(word: $0.word, shift: $0.shift) }
        let all = cells.first?.mask ?? 0
        isWritten = cells.first.map { plan.isWritten[$0.variable] } ?? true
        width = UInt64(all.nonzeroBitCount)
        mask = all & ~(cells.first.map { plan.types[$0.type].bits { !settled[$0] } } ?? 0)
    }

    private func follows(_ other: OwnField) -> Bool {
        guard isWritten == other.isWritten, width + other.width <= 64, places.count == other.places.count else {
            return false
        }
        return places.indices.allSatisfy {
            places[$0].word == other.places[$0].word && places[$0].shift == other.places[$0].shift + other.width
        }
    }
}

extension ElementSlots {
    /// The bits that may name an element of some sorts, whether or not they do in a code.
    func bits(of isWanted: (Int) -> Bool) -> UInt64 {
        var bits: UInt64 = 0
        for slot in slots where isWanted(slot.sort) { bits |= slot.mask << slot.shift }
        for set in sets where set.members.contains(where: { isWanted($0.sort) }) {
            let all = set.codes.count >= 64 ? UInt64.max : (1 << UInt64(set.codes.count)) &- 1
            bits |= all << set.shift
        }
        return bits
    }
}
