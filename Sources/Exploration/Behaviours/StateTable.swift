/// The states of a model by number, in the order in which they were found.
struct StateTable {
    let width: Int
    private(set) var words: [UInt64] = []
    private(set) var count = 0
    private var slots: [Int32] = Array(repeating: -1, count: 1 << 12)

    init(width: Int) { self.width = width }

    var bytes: Int { words.capacity * 8 + slots.count * 4 }

    /// The number of a state, and whether it is new.
    mutating func insert(_ state: UnsafeBufferPointer<UInt64>) -> (number: Int, isNew: Bool) {
        if (count + 1) * 3 > slots.count * 2 { grow() }
        var slot = Self.hash(state) & (slots.count - 1)
        while slots[slot] >= 0 {
            if equals(Int(slots[slot]), state) { return (Int(slots[slot]), false) }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(count)
        words.append(contentsOf: state)
        count += 1
        return (count - 1, true)
    }

    subscript(number: Int) -> ArraySlice<UInt64> { words[number * width..<(number + 1) * width] }

    private func equals(_ number: Int, _ state: UnsafeBufferPointer<UInt64>) -> Bool {
        let start = number * width
        for index in 0..<width where words[start + index] != state[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for number in 0..<count {
            let start = number * width
            var slot = words[start..<start + width].withUnsafeBufferPointer { Self.hash($0) } & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    private static func hash(_ state: UnsafeBufferPointer<UInt64>) -> Int {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in state {
            hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 32
        }
        return Int(truncatingIfNeeded: hash >> 1)
    }
}
