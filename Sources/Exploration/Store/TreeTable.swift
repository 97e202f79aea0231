// Unsafe code: see the rows.

import Synchronization

/// The rows of one node of a tree, and how many there are.
final class TreeTable: Sendable {
    let rows: RowStore
    private let filled = Atomic<Int>(0)

    init?(width: Int, mostRows: Int, workers: Int) {
        guard let rows = RowStore(width: width, mostRows: mostRows, workers: workers) else { return nil }
        self.rows = rows
    }

    /// The number of a row. One that is not there is added, or has none.
    @inline(__always)
    func number(
        _ words: UnsafeBufferPointer<UInt64>, adding: Bool, _ cursor: inout RowCursor
    ) -> StateID? {
        guard adding else { return rows.find(words, hash: Exploration.hash(words)) }
        let (id, isNew) = rows.insert(words, hash: Exploration.hash(words), &cursor)
        if isNew { filled.wrappingAdd(1, ordering: .relaxed) }
        return id
    }

    /// How many more rows it takes.
    var room: Int { rows.load - rows.count }

    /// Before it is full, so that rounds need not be short.
    var mustGrow: Bool { room < rows.load / 8 }

    /// The bytes that its rows take, however they came there.
    var settledBytes: Int {
        let count = filled.load(ordering: .relaxed)
        return 8 * rows.width * count + SlotTable.bytes(rows: count)
    }
}
