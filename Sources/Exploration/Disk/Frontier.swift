// Unsafe code: workers expand the states in it.

/// The states of a layer that are in memory to be expanded, in place of a store: numbers are positions.
final class Frontier {
    let width: Int
    let capacity: Int
    private let words: UnsafeMutablePointer<UInt64>
    private(set) var count = 0

    private static let mostBytes = 1 << 22

    /// Room for so many bytes, or for a block.
    init(width: Int, bytes: Int) {
        self.width = width
        let block = StateBlock.capacity(width: width)
        capacity = max(block, min(Self.mostBytes, bytes) / (8 * width) / block * block)
        words = .allocate(capacity: capacity * width)
    }

    deinit { words.deallocate() }

    var bytes: Int { capacity * 8 * width }

    func removeAll() { count = 0 }

    /// Takes in the states of blocks, as many as fit; gives how many blocks those were.
    func fill(_ segment: Segment, from block: Int, _ memory: inout StateBlock) throws(DiskProblem) -> Int {
        count = 0
        var next = block
        while next < segment.firstHashes.count, count + memory.capacity <= capacity {
            try segment.read(block: next, into: &memory)
            (words + count * width).update(from: memory.words, count: memory.count * width)
            count += memory.count
            next += 1
        }
        return next - block
    }

    @inline(__always)
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: words + Int(id) &* width, count: width)
    }
}
