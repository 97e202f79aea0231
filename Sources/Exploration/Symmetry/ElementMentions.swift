// Unsafe code: read for every successor of a search, from raw memory.

/// Where the values of a state name elements of one sort, as masks and shifts of whole words.
struct ElementMentions {
    /// An element in a value, where the word has the guard's bits.
    struct Slot: BitwiseCopyable {
        let word: Int
        let guardMask: UInt64
        let guardValue: UInt64
        let shift: UInt64
        let mask: UInt64

        @inline(__always)
        func isPresent(in words: UnsafePointer<UInt64>) -> Bool { words[word] & guardMask == guardValue }

        @inline(__always)
        func element(in words: UnsafePointer<UInt64>) -> UInt64 { words[word] &>> shift & mask }
    }

    /// A set of elements, a bit for each, where the word has the guard's bits.
    struct Members: BitwiseCopyable {
        let word: Int
        let guardMask: UInt64
        let guardValue: UInt64
        let shift: UInt64
        let mask: UInt64

        @inline(__always)
        func bits(in words: UnsafePointer<UInt64>) -> UInt64 {
            words[word] & guardMask == guardValue ? words[word] &>> shift & mask : 0
        }
    }

    let slots: UnsafeMutableBufferPointer<Slot>
    let sets: UnsafeMutableBufferPointer<Members>

    /// - Parameter isWanted: of which cells.
    init(_ plan: SymmetryPlan, sort: Int, in isWanted: (SymmetryPlan.Cell) -> Bool = { _ in true }) {
        var slots: [Slot] = []
        var sets: [Members] = []
        for cell in plan.cells where isWanted(cell) {
            for slot in plan.types[cell.type].slots where slot.sort == sort {
                slots.append(
                    Slot(
                        word: cell.word, guardMask: slot.guardMask << cell.shift,
                        guardValue: slot.guardValue << cell.shift, shift: slot.shift + cell.shift, mask: slot.mask))
            }
            for set in plan.types[cell.type].sets where set.members.first?.sort == sort && set.isPlain(plan.sizes) {
                sets.append(
                    Members(
                        word: cell.word, guardMask: set.guardMask << cell.shift,
                        guardValue: set.guardValue << cell.shift, shift: set.shift + cell.shift,
                        mask: (1 << UInt64(plan.sizes[sort])) &- 1))
            }
        }
        self.slots = .allocate(capacity: slots.count)
        _ = self.slots.initialize(from: slots)
        self.sets = .allocate(capacity: sets.count)
        _ = self.sets.initialize(from: sets)
    }

    func free() {
        slots.deallocate()
        sets.deallocate()
    }

    /// A bit for each element that some value names. Less than 64 elements.
    @inline(__always)
    func named(in words: UnsafePointer<UInt64>) -> UInt64 {
        var named: UInt64 = 0
        for slot in slots where slot.isPresent(in: words) { named |= 1 &<< slot.element(in: words) }
        for set in sets { named |= set.bits(in: words) }
        return named
    }

    /// Adds the bits that ``named(in:)`` reads.
    func noteBits(_ bits: UnsafeMutablePointer<UInt64>) {
        for slot in slots { bits[slot.word] |= slot.guardMask | slot.mask << slot.shift }
        for set in sets { bits[set.word] |= set.guardMask | set.mask << set.shift }
    }

    /// Which of two elements the first value names that names one of them alone: below 0 for `x`, 0 where there is none.
    @inline(__always)
    func compare(_ x: Int, _ y: Int, in words: UnsafePointer<UInt64>) -> Int {
        for slot in slots where slot.isPresent(in: words) {
            let element = slot.element(in: words)
            if element == UInt64(x) { return -1 }
            if element == UInt64(y) { return 1 }
        }
        for set in sets {
            let bits = set.bits(in: words)
            let (hasX, hasY) = (bits &>> UInt64(x) & 1, bits &>> UInt64(y) & 1)
            if hasX != hasY { return hasX > hasY ? -1 : 1 }
        }
        return 0
    }
}

extension ElementSlots.SetSlot {
    /// Whether its bits are the elements of one sort, in their order.
    func isPlain(_ sizes: [Int]) -> Bool {
        guard members.count == 1, let member = members.first, codes.count == sizes[member.sort] else { return false }
        return member.guardMask == 0 && member.shift == 0
            && codes.enumerated().allSatisfy { UInt64($0.offset) == $0.element }
    }
}
