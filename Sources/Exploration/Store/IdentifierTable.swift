// Unsafe code: every transition of a search looks here, at a random address. Slots are raw memory of four bytes.

/// An open-addressing table of state numbers. A slot has the number + 1 in its low bits; what is left of it holds bits
/// of the hash, so that nearly every slot of another state is passed without a look at that state.
struct IdentifierTable {
    private var slots: UnsafeMutablePointer<UInt32>
    private(set) var capacity: Int
    private var numberMask: UInt32
    private(set) var count = 0

    enum Place {
        case found(StateID)
        case free(slot: Int)
    }

    init(capacity: Int = 1 << 12) {
        self.capacity = capacity
        numberMask = Self.mask(capacity)
        slots = Self.emptySlots(capacity)
    }

    private static func mask(_ capacity: Int) -> UInt32 { UInt32(truncatingIfNeeded: capacity - 1) }

    private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        slots.initialize(repeating: 0, count: count)
        return slots
    }

    func free() { slots.deallocate() }

    var bytes: Int { capacity * 4 }

    /// Five eighths: a longer probe costs more than the memory is worth.
    private var isFull: Bool { count >= capacity / 8 * 5 }

    /// The bytes of the larger table that so many more states need; 0 where they fit.
    func growth(by more: Int) -> Int {
        var needed = capacity
        while count + more >= needed / 8 * 5 { needed *= 2 }
        return needed == capacity ? 0 : needed * 4
    }

    @inline(__always)
    private func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash &>> 32) & ~numberMask }

    @inline(__always)
    func place(_ hash: UInt64, isEqual: (StateID) -> Bool) -> Place {
        let tag = tag(hash)
        var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
        while true {
            let content = slots[slot]
            if content == 0 { return .free(slot: slot) }
            if content & ~numberMask == tag {
                let id = (content & numberMask) &- 1
                if isEqual(id) { return .found(id) }
            }
            slot = (slot + 1) & (capacity - 1)
        }
    }

    /// Takes a state into a free slot. `hashOf` gives the hashes of all states when the table has to grow.
    @inline(__always)
    mutating func fill(slot: Int, _ id: StateID, hash: UInt64, hashOf: (StateID) -> UInt64) {
        slots[slot] = tag(hash) | (id &+ 1)
        count += 1
        if isFull { grow(hashOf) }
    }

    @inline(never)
    private mutating func grow(_ hashOf: (StateID) -> UInt64) {
        slots.deallocate()
        capacity *= 2
        numberMask = Self.mask(capacity)
        slots = Self.emptySlots(capacity)
        for id in 0..<StateID(truncatingIfNeeded: count) {
            let hash = hashOf(id)
            var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = tag(hash) | (id &+ 1)
        }
    }
}
