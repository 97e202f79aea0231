// Unsafe code: see the rows it is made of.

/// A growing set of rows that one thread fills: a row keeps its number, and they count from 0.
final class RowSet {
    private let rows: RowStore
    private var cursor = RowCursor()
    private(set) var count = 0
    /// Less where memory for more is refused.
    private(set) var capacity: Int

    /// Nil where memory is refused.
    init?(width: Int, mostRows: Int) {
        guard let rows = RowStore(width: width, mostRows: mostRows, workers: 1) else { return nil }
        self.rows = rows
        capacity = min(mostRows, rows.capacity)
    }

    func words(_ id: StateID) -> UnsafeBufferPointer<UInt64> { rows.words(id) }

    @discardableResult
    func insert(_ words: UnsafeBufferPointer<UInt64>) -> (id: StateID, isNew: Bool) {
        if count >= rows.load, count < capacity, !rows.grow() { capacity = count }
        let result = rows.insert(words, hash: hash(words), &cursor)
        if result.isNew { count += 1 }
        return result
    }

    func find(_ words: UnsafeBufferPointer<UInt64>) -> StateID? { rows.find(words, hash: hash(words)) }

    /// Adds a pair of numbers; false where there is no room for more.
    @discardableResult
    func insert(pair first: StateID, _ second: StateID) -> Bool {
        _ = withWord(first, second) { insert($0) }
        return count < capacity
    }

    func contains(pair first: StateID, _ second: StateID) -> Bool { withWord(first, second) { find($0) } != nil }

    private func withWord<Result>(
        _ first: StateID, _ second: StateID, _ body: (UnsafeBufferPointer<UInt64>) -> Result
    ) -> Result {
        withUnsafePointer(to: UInt64(first) << 32 | UInt64(second)) {
            body(UnsafeBufferPointer(start: $0, count: 1))
        }
    }
}
