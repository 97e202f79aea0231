import Model

/// Tells elements of a sort apart by the part they play in a state, whatever they are called.
///
/// The colour of an element is a sum, over all cells in which it occurs as an index or in the value, of a hash of the
/// place, of the value without the names, and of the colours of the other elements there. Renaming a state renames its
/// colours: that is all the canonical form needs. Elements that get the same colour are told apart by trying.
struct ElementColours {
    private let plan: SymmetryPlan
    private let starts: [Int]
    private(set) var colours: [UInt64]
    private var next: [UInt64]
    /// The elements of one cell: number in the list of all, and a hash of position and colour.
    private var occurrences: [(element: Int, position: UInt64, colour: UInt64)] = []

    init(_ plan: SymmetryPlan) {
        self.plan = plan
        let identity = Renaming(sizes: plan.sizes)
        starts = plan.sizes.indices.map(identity.start)
        colours = Array(repeating: 0, count: identity.images.count)
        next = colours
    }

    /// Computes the colours of a state.
    mutating func colour(_ words: UnsafePointer<UInt64>) {
        for index in colours.indices { colours[index] = 0 }
        var classes = 0
        // As many rounds as find something new; each needs one more step away from what tells elements apart.
        while true {
            round(words)
            let found = classCount
            if found == classes || found == colours.count { return }
            classes = found
        }
    }

    func colour(sort: Int, _ element: Int) -> UInt64 { colours[starts[sort] + element] }

    private var classCount: Int {
        var count = 0
        for sort in starts.indices {
            let all = starts[sort]..<starts[sort] + plan.sizes[sort]
            for index in all where !(all.lowerBound..<index).contains(where: { colours[$0] == colours[index] }) {
                count += 1
            }
        }
        return count
    }

    private mutating func round(_ words: UnsafePointer<UInt64>) {
        for index in next.indices { next[index] = colours[index] &* 0x9e37_79b9_7f4a_7c15 }
        for cell in plan.cells {
            let code = words[cell.word] >> cell.shift & cell.mask
            let place = collect(cell, code)
            guard !occurrences.isEmpty else { continue }
            var sum: UInt64 = 0
            for occurrence in occurrences { sum &+= occurrence.colour }
            for occurrence in occurrences {
                next[occurrence.element] &+= mix(
                    place ^ mix(occurrence.position) &+ (sum &- occurrence.colour))
            }
        }
        swap(&colours, &next)
    }

    /// Finds the elements of a cell; gives a hash of what remains without their names.
    private mutating func collect(_ cell: SymmetryPlan.Cell, _ code: UInt64) -> UInt64 {
        occurrences.removeAll(keepingCapacity: true)
        var rest = code
        var position: UInt64 = 1
        for coordinate in cell.coordinates {
            switch coordinate.kind {
            case .element(let sort): note(sort, coordinate.index, position)
            case .value(let slots, let codes): _ = note(slots, codes[coordinate.index], position)
            }
            position += 64
        }
        rest = note(plan.types[cell.type], code, position)
        return mix(UInt64(cell.variable) << 32 ^ UInt64(cell.base) ^ mix(rest))
    }

    /// Notes the elements of a code; gives the code without them.
    private mutating func note(_ slots: ElementSlots, _ code: UInt64, _ position: UInt64) -> UInt64 {
        var rest = code
        var position = position
        for slot in slots.slots {
            position += 1
            guard slot.isPresent(in: code) else { continue }
            note(slot.sort, slot.element(in: code), position)
            rest &= ~(slot.mask << slot.shift)
        }
        for set in slots.sets {
            position += 1
            guard set.isPresent(in: code) else { continue }
            for (bit, member) in set.codes.enumerated() where code >> (set.shift + UInt64(bit)) & 1 == 1 {
                rest &= ~(1 << (set.shift + UInt64(bit)))
                for slot in set.members where slot.isPresent(in: member) {
                    note(slot.sort, slot.element(in: member), position &+ slot.shift << 8 ^ slot.guardValue << 16)
                }
            }
        }
        return rest
    }

    private mutating func note(_ sort: Int, _ element: Int, _ position: UInt64) {
        // A code that names no element stays what it is under every renaming.
        guard element < plan.sizes[sort] else { return }
        let index = starts[sort] + element
        occurrences.append((index, position, mix(position ^ colours[index])))
    }

    private func mix(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0xa076_1d64_78bd_642f).multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
        return product.high ^ product.low
    }
}
