// Unsafe code: see the table and the memory it is made of.

import CMemory
import Synchronization

/// Rows of one width, each there once: whole words in an arena, and a slot in a table that finds them.
final class RowStore: @unchecked Sendable {
    let width: Int
    let workers: Int
    private let arena: MappedMemory<UInt64>
    private let table: UnsafeMutablePointer<SlotTable>
    /// The first number that no cursor has.
    private let nextRun = Atomic<Int>(0)
    let capacity: Int

    /// A run is shorter while the search is small, so that little is left unused.
    private static let longestRun = 1 << 10
    /// For the unused parts of the runs of so many workers.
    static let spareRows = 256 * longestRun

    /// Room for `mostRows` rows, or as many as the machine allows; nil where it refuses even the least.
    ///
    /// - Parameter workers: how many fill it.
    init?(width: Int, mostRows: Int, workers: Int) {
        // Each worker leaves a part of a run unused.
        let rows = min(mostRows, StateID.mostStates) + Self.spareRows
        guard let table = SlotTable(capacity: SlotTable.least(workers: workers)) else { return nil }
        guard let arena = MappedMemory<UInt64>(count: rows * width, least: 2 * Self.spareRows * width) else {
            table.free()
            return nil
        }
        self.width = width
        self.workers = workers
        self.arena = arena
        self.table = .allocate(capacity: 1)
        self.table.initialize(to: table)
        capacity = arena.count / width - Self.spareRows
    }

    deinit {
        table.pointee.free()
        table.deinitialize(count: 1)
        table.deallocate()
        arena.free()
    }

    /// As it is now; it grows.
    var slots: SlotTable { table.pointee }

    @inline(__always)
    func prefetch(row id: StateID) { memory_prefetch(row(id)) }

    /// Forgets all rows; false where memory for an empty table is refused. The memory of rows stays for others.
    /// Cursors must be made anew.
    func removeAll() -> Bool {
        guard let empty = SlotTable(capacity: SlotTable.least(workers: workers)) else { return false }
        table.pointee.free()
        table.pointee = empty
        nextRun.store(0, ordering: .relaxed)
        return true
    }

    /// The rows, with those of runs that are not yet filled.
    var count: Int { nextRun.load(ordering: .relaxed) }

    var bytes: Int { count * 8 * width + table.pointee.bytes }

    var tableBytes: Int { table.pointee.bytes }

    /// With so many rows the table is full.
    var load: Int { SlotTable.load(table.pointee.capacity) }

    /// Makes the table larger; false where memory is refused.
    ///
    /// From slot to slot: both tables are in the order of hashes, so only the rows are far from each other.
    func grow() -> Bool {
        let old = table.pointee
        guard let larger = SlotTable(capacity: 2 * old.capacity) else { return false }
        inParts(16 * workers, threads: workers) { part, parts, _ in
            for slot in part * old.capacity / parts..<(part + 1) * old.capacity / parts {
                if let ahead = old.id(in: slot &+ 16) { prefetch(row: ahead) }
                if let id = old.id(in: slot) { larger.add(id, hash: hash(words(id))) }
            }
        }
        old.free()
        table.pointee = larger
        return true
    }

    @inline(__always)
    func words(_ id: StateID) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: row(id), count: width)
    }

    @inline(__always)
    private func row(_ id: StateID) -> UnsafeMutablePointer<UInt64> { arena.base + Int(id) &* width }

    @inline(__always)
    func prefetch(_ hash: UInt64) { table.pointee.prefetch(hash) }

    @inline(__always)
    func prefetchCandidate(_ hash: UInt64) {
        if let id = table.pointee.candidate(hash) { memory_prefetch(row(id)) }
    }

    @inline(__always)
    private func isEqual(_ id: StateID, _ words: UnsafeBufferPointer<UInt64>) -> Bool {
        let row = row(id)
        for word in 0..<width where row[word] != words[word] { return false }
        return true
    }

    @inline(__always)
    func insert(
        _ words: UnsafeBufferPointer<UInt64>, hash: UInt64, _ cursor: inout RowCursor
    ) -> (id: StateID, isNew: Bool) {
        var start: Int?
        while true {
            switch table.pointee.place(hash, from: start, isEqual: { isEqual($0, words) }) {
            case .found(let id): return (id, false)
            case .free(let slot):
                if cursor.next == cursor.end { takeRun(&cursor) }
                let id = cursor.next
                // The row is written before the slot makes it visible. It is used again where somebody was faster.
                let row = row(id)
                for word in 0..<width { row[word] = words[word] }
                if table.pointee.fill(slot, id, hash: hash) {
                    cursor.next = id &+ 1
                    return (id, true)
                }
                start = slot
            }
        }
    }

    @inline(never)
    private func takeRun(_ cursor: inout RowCursor) {
        let length = max(16, min(Self.longestRun, count / 64))
        let (start, end) = nextRun.wrappingAdd(length, ordering: .relaxed)
        cursor.move(to: StateID(truncatingIfNeeded: start)..<StateID(truncatingIfNeeded: end))
    }

    @inline(__always)
    func find(_ words: UnsafeBufferPointer<UInt64>, hash: UInt64) -> StateID? {
        switch table.pointee.place(hash, isEqual: { isEqual($0, words) }) {
        case .found(let id): id
        case .free: nil
        }
    }
}
