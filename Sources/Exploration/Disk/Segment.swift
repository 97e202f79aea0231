/// States of one layer in a file, in the order of their hashes, in blocks that are full but for the last one.
struct Segment: Sendable {
    let file: StateFile
    let offset: Int
    let width: Int
    let count: Int
    /// Of each block the hash of its first state.
    let firstHashes: [UInt64]

    var bytes: Int {
        let blocks = firstHashes.count
        return blocks == 0 ? 0 : (count * width + blocks) * 8
    }

    /// Reads one block.
    func read(block: Int, into memory: inout StateBlock) throws(DiskProblem) {
        let start = block * memory.capacity
        let stride = StateBlock.bytes(states: memory.capacity, width: width)
        try memory.read(min(memory.capacity, count - start), at: offset + block * stride, of: file)
    }

    /// The blocks that may have states with hashes from `low` on, up to `high`.
    func blocks(from low: UInt64, through high: UInt64) -> Range<Int> {
        // Equal hashes may lie on both sides of a border.
        let start = firstHashes.partitioningIndex { $0 >= low }
        let end = firstHashes.partitioningIndex { $0 > high }
        return max(0, start - 1)..<max(end, max(0, start - 1))
    }
}

extension [UInt64] {
    /// The first position from which on the predicate is true, in ascending elements.
    func partitioningIndex(where isBehind: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// Writes a segment, state by state.
struct SegmentWriter {
    private let file: StateFile
    private let offset: Int
    private var block: StateBlock
    private var firstHashes: [UInt64] = []
    private var count = 0

    init(_ file: StateFile, width: Int) {
        self.file = file
        offset = file.end
        block = StateBlock(width: width)
    }

    func free() { block.free() }

    mutating func append(_ state: UnsafeBufferPointer<UInt64>, hash: UInt64) throws(DiskProblem) {
        if block.count == 0 { firstHashes.append(hash) }
        block.append(state)
        count += 1
        if block.count == block.capacity { try flush() }
    }

    private mutating func flush() throws(DiskProblem) {
        guard block.count > 0 else { return }
        _ = try file.append(block.sealed(for: file.place(file.end)))
        block.count = 0
    }

    /// Nil where nothing was written.
    mutating func finish() throws(DiskProblem) -> Segment? {
        try flush()
        guard count > 0 else { return nil }
        return Segment(file: file, offset: offset, width: block.width, count: count, firstHashes: firstHashes)
    }
}
