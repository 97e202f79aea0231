// Unsafe code: the arena of a search. Chunks never move, so a state can be read while its successors are taken in.

/// Memory that grows by chunks of a power of two of rows, each of the same number of elements.
struct ChunkedMemory<Element: BitwiseCopyable> {
    private var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
    private var room = 64
    private(set) var chunkCount = 0
    let rowLength: Int
    private let shift: Int

    /// Chunks have at most `chunkBytes`, but at least one row.
    init(rowLength: Int, chunkBytes: Int = 1 << 20) {
        self.rowLength = rowLength
        let rows = max(1, chunkBytes / max(1, rowLength * MemoryLayout<Element>.stride))
        shift = Int.bitWidth - 1 - rows.leadingZeroBitCount
        chunks = .allocate(capacity: room)
    }

    var rowsPerChunk: Int { 1 << shift }
    var chunkBytes: Int { rowsPerChunk * rowLength * MemoryLayout<Element>.stride }
    var bytes: Int { chunkCount * chunkBytes }

    /// The bytes that rows up to `count` still need.
    func growth(toRows count: Int) -> Int { max(0, (count + rowsPerChunk - 1) >> shift - chunkCount) * chunkBytes }

    @inline(__always)
    func row(_ index: Int) -> UnsafeMutablePointer<Element> {
        chunks[index &>> shift] + (index & (rowsPerChunk - 1)) &* rowLength
    }

    /// Makes sure that row `index` exists; rows are added in order.
    @inline(__always)
    mutating func reserve(row index: Int) {
        if index &>> shift == chunkCount { addChunk() }
    }

    @inline(never)
    private mutating func addChunk() {
        if chunkCount == room {
            let larger = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(capacity: 2 * room)
            larger.update(from: chunks, count: chunkCount)
            chunks.deallocate()
            chunks = larger
            room *= 2
        }
        (chunks + chunkCount).initialize(to: .allocate(capacity: rowsPerChunk * rowLength))
        chunkCount += 1
    }

    func free() {
        for chunk in 0..<chunkCount { chunks[chunk].deallocate() }
        chunks.deallocate()
    }
}
