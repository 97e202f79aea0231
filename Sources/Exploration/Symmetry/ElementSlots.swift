import Model

/// Where the elements of sorts are in the codes of a type: what a permutation of the elements changes in a code.
///
/// Tags and presence bits stay as they are under a permutation, so whether a slot is there can be read off the code.
struct ElementSlots {
    /// An element, where the code has the guard's bits.
    struct Slot {
        let guardMask: UInt64
        let guardValue: UInt64
        let shift: UInt64
        let mask: UInt64
        let sort: Int

        func isPresent(in code: UInt64) -> Bool { code & guardMask == guardValue }
        func element(in code: UInt64) -> Int { Int(truncatingIfNeeded: code >> shift & mask) }
    }

    /// A set, one bit for each of the codes of its element type.
    struct SetSlot {
        let guardMask: UInt64
        let guardValue: UInt64
        let shift: UInt64
        let codes: [UInt64]
        let members: [Slot]

        func isPresent(in code: UInt64) -> Bool { code & guardMask == guardValue }
    }

    private(set) var slots: [Slot] = []
    private(set) var sets: [SetSlot] = []

    /// Sorts of one element are left out: nothing can happen to them.
    init(_ type: CellType, sorts: [Sort]) {
        collect(type, sorts, shift: 0, guardMask: 0, guardValue: 0)
    }

    var isEmpty: Bool { slots.isEmpty && sets.isEmpty }

    private mutating func collect(
        _ type: CellType, _ sorts: [Sort], shift: Int, guardMask: UInt64, guardValue: UInt64
    ) {
        switch type {
        case .unit, .bool, .range, .rangeOrUnbounded, .bits, .exclusiveLock, .sharedLock, .location: break
        case .element(let sort):
            guard sorts[sort].exchangeable > 1, shift < 64 else { return }
            let mask = (UInt64(1) << UInt64(type.width(sorts: sorts))) &- 1
            slots.append(
                Slot(guardMask: guardMask, guardValue: guardValue, shift: UInt64(shift), mask: mask, sort: sort))
        case .tagged(_, let cases):
            let tagWidth = CellType.tagWidth(cases.count)
            let tagMask = (UInt64(1) << UInt64(tagWidth)) &- 1
            for (tag, one) in cases.enumerated() {
                collect(
                    one.fields, sorts, shift: shift + tagWidth, guardMask: guardMask | tagMask << UInt64(shift),
                    guardValue: guardValue | UInt64(tag) << UInt64(shift))
            }
        case .tuple(_, let fields):
            collect(fields, sorts, shift: shift, guardMask: guardMask, guardValue: guardValue)
        case .optional(let wrapped):
            let bit = UInt64(1) << UInt64(shift)
            collect(wrapped, sorts, shift: shift + 1, guardMask: guardMask | bit, guardValue: guardValue | bit)
        case .set(let element):
            let members = ElementSlots(element, sorts: sorts)
            guard !members.slots.isEmpty, let codes = element.codes(sorts: sorts) else { return }
            sets.append(
                SetSlot(
                    guardMask: guardMask, guardValue: guardValue, shift: UInt64(shift), codes: codes,
                    members: members.slots))
        }
    }

    private mutating func collect(
        _ fields: [CellField], _ sorts: [Sort], shift: Int, guardMask: UInt64, guardValue: UInt64
    ) {
        var shift = shift
        for field in fields {
            collect(field.type, sorts, shift: shift, guardMask: guardMask, guardValue: guardValue)
            shift += field.type.width(sorts: sorts)
        }
    }

    // MARK: Codes

    /// The code with every element renamed.
    func map(_ code: UInt64, _ renaming: Renaming) -> UInt64 {
        var result = Self.map(code, slots, renaming)
        for set in sets where set.isPresent(in: code) {
            var members: UInt64 = 0
            for (bit, member) in set.codes.enumerated() where code >> (set.shift + UInt64(bit)) & 1 == 1 {
                members |= 1 << UInt64(set.index(of: Self.map(member, set.members, renaming)))
            }
            let all = set.codes.count >= 64 ? UInt64.max : (1 << UInt64(set.codes.count)) &- 1
            result = result & ~(all << set.shift) | members << set.shift
        }
        return result
    }

    private static func map(_ code: UInt64, _ slots: [Slot], _ renaming: Renaming) -> UInt64 {
        var result = code
        for slot in slots where slot.isPresent(in: code) {
            let renamed = UInt64(renaming[slot.sort, slot.element(in: code)])
            result = result & ~(slot.mask << slot.shift) | renamed << slot.shift
        }
        return result
    }
}

extension ElementSlots.SetSlot {
    /// The bit of a member. The codes are ascending.
    fileprivate func index(of code: UInt64) -> Int {
        var (low, high) = (0, codes.count)
        while low < high {
            let middle = (low + high) / 2
            if codes[middle] < code { low = middle + 1 } else { high = middle }
        }
        return min(low, codes.count - 1)
    }
}
