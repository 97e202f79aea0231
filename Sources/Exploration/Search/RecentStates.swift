// Unsafe code: every transition of a search looks here before it looks into the store.

/// The last states that a worker has seen, by hash: a small direct-mapped cache in front of the store.
///
/// Steps of different processes commute more often than not, so about half of all transitions lead to a state that the
/// same worker has met a moment ago. For these the store, which is mostly outside of the processor's caches, need not
/// be asked. States are compared word by word: what is found was seen.
struct RecentStates {
    private let words: UnsafeMutablePointer<UInt64>
    private let width: Int
    private let mask: Int

    /// Half of a usual second-level cache would be better for this alone; but the model's code and data need theirs.
    private static let mostBytes = 1 << 17

    /// For states of one width; nil where states are so wide that few would fit.
    init?(width: Int) {
        guard width > 0, width * 8 * 256 <= Self.mostBytes else { return nil }
        var entries = 256
        while 2 * entries * width * 8 <= Self.mostBytes { entries *= 2 }
        self.width = width
        mask = entries - 1
        words = .allocate(capacity: entries * width)
        words.initialize(repeating: 0, count: entries * width)
        // Every entry holds a state that belongs elsewhere; but the state of zeros belongs to one of them.
        let home = place(of: words)
        let entry = words + home
        repeat { entry[0] += 1 } while place(of: entry) == home
    }

    private func place(of state: UnsafeMutablePointer<UInt64>) -> Int {
        place(Exploration.hash(UnsafeBufferPointer(start: state, count: width)))
    }

    func free() { words.deallocate() }

    var bytes: Int { (mask + 1) * width * 8 }

    @inline(__always)
    private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & mask &* width }

    /// Whether the state was seen lately; from now on it was.
    @inline(__always)
    func contains(_ state: UnsafeMutableBufferPointer<UInt64>, hash: UInt64) -> Bool {
        let entry = words + place(hash)
        var difference: UInt64 = 0
        for word in 0..<width {
            difference |= entry[word] ^ state[word]
            entry[word] = state[word]
        }
        return difference == 0
    }
}
