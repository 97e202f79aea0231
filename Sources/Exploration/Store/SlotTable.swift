// Unsafe code: every transition of a search looks here, at a random address, several threads at once.

import CMemory

/// An open-addressing table of state numbers that threads fill without locks. A slot has the number + 1 in its low
/// bits; what is left of it holds bits of the hash, so that nearly every slot of another state is passed without a look
/// at that state.
struct SlotTable: Sendable {
    private let slots: MappedMemory<UInt32>
    let capacity: Int
    private let numberMask: UInt32
    /// What is left of a hash when the number of its first slot is taken from its high bits: so slots are nearly in the
    /// order of hashes.
    private let shift: UInt64

    /// More than twice what one part of very many successors can add.
    static let least = 1 << 13

    /// Slots to begin with. The last batches of so many workers must fit beside a full load.
    static func least(workers: Int) -> Int {
        var capacity = least
        while capacity < 4096 * workers { capacity *= 2 }
        return capacity
    }

    /// A power of two of slots; nil where the machine refuses the memory.
    init?(capacity: Int) {
        guard let slots = MappedMemory<UInt32>(count: capacity, least: capacity) else { return nil }
        self.slots = slots
        self.capacity = capacity
        numberMask = UInt32(truncatingIfNeeded: 2 * capacity - 1)
        shift = UInt64(64 - capacity.trailingZeroBitCount)
    }

    func free() { slots.free() }

    var bytes: Int { capacity * 4 }

    /// The states with which a table of so many slots is full: a longer probe costs more than the memory is worth.
    static func load(_ capacity: Int) -> Int { capacity / 8 * 5 }

    @inline(__always)
    private func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) & ~numberMask }

    @inline(__always)
    private func first(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash &>> shift) }

    /// Fetches the first slot of a hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) { memory_prefetch(slots.base + first(hash)) }

    /// The state of the first slot of a hash, where it may be the one that is looked for.
    @inline(__always)
    func candidate(_ hash: UInt64) -> StateID? {
        let content = memory_load(slots.base + first(hash))
        return content != 0 && content & ~numberMask == tag(hash) ? content & numberMask &- 1 : nil
    }

    /// The state in a slot.
    @inline(__always)
    func id(in slot: Int) -> StateID? {
        let content = memory_load(slots.base + slot & (capacity &- 1))
        return content == 0 ? nil : content & numberMask &- 1
    }

    /// The hashes whose first slots are in one of the equal parts of the table.
    func hashes(part: Int, of parts: Int) -> ClosedRange<UInt64> {
        let (start, end) = (part * capacity / parts, (part + 1) * capacity / parts)
        return UInt64(start) << shift...(end == capacity ? .max : UInt64(end) << shift - 1)
    }

    /// Whether there may be a state with a hash in this range. Where the first slot of a hash is free it is not there.
    func hasState(from low: UInt64, through high: UInt64) -> Bool {
        var slot = first(low)
        let last = first(high)
        while slot <= last {
            if id(in: slot) != nil { return true }
            slot += 1
        }
        return false
    }

    enum Place {
        case found(StateID)
        case free(slot: Int)
    }

    /// The state, or where it would be; from a slot on that was free before.
    @inline(__always)
    func place(_ hash: UInt64, from start: Int? = nil, isEqual: (StateID) -> Bool) -> Place {
        let tag = tag(hash)
        var slot = start ?? first(hash)
        while true {
            let content = memory_load(slots.base + slot)
            if content == 0 { return .free(slot: slot) }
            if content & ~numberMask == tag {
                let id = content & numberMask &- 1
                if isEqual(id) { return .found(id) }
            }
            slot = (slot &+ 1) & (capacity &- 1)
        }
    }

    /// Takes a state into a free slot; false where somebody else has taken the slot meanwhile.
    @inline(__always)
    func fill(_ slot: Int, _ id: StateID, hash: UInt64) -> Bool {
        memory_fill(slots.base + slot, tag(hash) | (id &+ 1)) == 0
    }

    /// Takes in a state that is certainly not there.
    @inline(__always)
    func add(_ id: StateID, hash: UInt64) {
        var slot = first(hash)
        while !fill(slot, id, hash: hash) { slot = (slot &+ 1) & (capacity &- 1) }
    }
}

extension SlotTable {
    /// The bytes of the smallest table for so many rows.
    static func bytes(rows: Int) -> Int {
        var capacity = least
        while load(capacity) < rows { capacity *= 2 }
        return 4 * capacity
    }

    /// How many rows of a size, in bytes, fit in so many bytes together with their table.
    static func mostRows(inBytes limit: Int, row: Int) -> Int {
        // Of the runs of workers a part is unused.
        let limit = limit - limit / 32
        var capacity = least
        guard capacity * 4 < limit else { return 0 }
        while true {
            let room = (limit - 4 * capacity) / row
            let full = load(capacity)
            // While the table grows there are two of them.
            if room < full || full * row + 12 * capacity > limit { return min(room, full) }
            capacity *= 2
        }
    }
}
