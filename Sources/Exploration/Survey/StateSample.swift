/// States of a search for statistics: all of them, or where there are too many, those whose hashes end in enough zeros.
///
/// Which states that are depends on nothing but the set they are taken from: not on their order, nor on who found them
/// (distinct sampling, Gibbons, VLDB 2001). An offered state costs a test of its hash, and now and then a copy.
public struct StateSample: Sendable {
    /// Words a state.
    public let width: Int
    /// The most states that it keeps.
    public let limit: Int
    /// A state is kept where so many low bits of its hash are zero.
    public private(set) var level = 0
    private var words: [UInt64] = []
    private var hashes: [UInt64] = []
    private var mask: UInt64 = 0

    init(width: Int, limit: Int, level: Int = 0) {
        self.width = width
        self.limit = limit
        self.level = level
        mask = level == 0 ? 0 : .max >> UInt64(64 - level)
    }

    public var count: Int { hashes.count }

    /// Whether every state that was offered is there.
    public var isComplete: Bool { level == 0 }

    var bytes: Int { (words.capacity + hashes.capacity) * 8 }

    /// The words of the states, one after the other. In no order that means anything.
    public func forEach(_ body: (UnsafeBufferPointer<UInt64>) -> Void) {
        words.withUnsafeBufferPointer { words in
            for number in 0..<count {
                body(UnsafeBufferPointer(rebasing: words[number * width..<(number + 1) * width]))
            }
        }
    }

    /// Each state must be offered once.
    @inline(__always)
    mutating func offer(_ state: UnsafeBufferPointer<UInt64>, hash: UInt64) {
        if hash & mask == 0 { add(state, hash) }
    }

    @inline(never)
    private mutating func add(_ state: UnsafeBufferPointer<UInt64>, _ hash: UInt64) {
        guard state.count == width, limit > 0 else { return }
        words.append(contentsOf: state)
        hashes.append(hash)
        while count > limit { thin() }
    }

    /// Adds the states of another sample, none of which may be here.
    mutating func merge(_ other: StateSample) {
        while level < other.level { thin() }
        other.words.withUnsafeBufferPointer { words in
            for (number, hash) in other.hashes.enumerated() {
                offer(UnsafeBufferPointer(rebasing: words[number * width..<(number + 1) * width]), hash: hash)
            }
        }
    }

    /// Keeps about every second state.
    private mutating func thin() {
        level += 1
        mask = mask << 1 | 1
        var kept = 0
        for (number, hash) in hashes.enumerated() where hash & mask == 0 {
            hashes[kept] = hash
            for word in 0..<width { words[kept * width + word] = words[number * width + word] }
            kept += 1
        }
        hashes.removeLast(count - kept)
        words.removeLast(words.count - kept * width)
    }
}
