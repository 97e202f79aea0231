// Unsafe code: see the table and the memory it is made of.

import CMemory
import Synchronization

/// States of one width: whole words in an arena, four bytes for the predecessor, a slot in the table.
final class FixedStore: StateStore {
    private let width: Int
    private let arena: MappedMemory<UInt64>
    private let predecessors: MappedMemory<StateID>
    private let table: UnsafeMutablePointer<SlotTable>
    /// The first number that no cursor has.
    private let nextRun = Atomic<Int>(0)
    let capacity: Int

    /// A run is shorter while the search is small, so that little is left unused.
    private static let longestRun = 1 << 10
    /// For the unused parts of the runs of so many workers.
    private static let spareRows = 256 * longestRun

    /// Room for `mostStates` states, or as many as the machine allows.
    init?(width: Int, mostStates: Int) {
        // Each worker leaves a part of a run unused.
        let rows = min(mostStates, StateID.mostStates) + Self.spareRows
        guard let table = SlotTable(capacity: SlotTable.least),
            let arena = MappedMemory<UInt64>(count: rows * width, least: 2 * Self.spareRows * width)
        else { return nil }
        guard let predecessors = MappedMemory<StateID>(count: rows, least: 2 * Self.spareRows) else {
            arena.free()
            table.free()
            return nil
        }
        self.width = width
        self.arena = arena
        self.predecessors = predecessors
        self.table = .allocate(capacity: 1)
        self.table.initialize(to: table)
        capacity = min(arena.count / width, predecessors.count) - Self.spareRows
    }

    deinit {
        table.pointee.free()
        table.deinitialize(count: 1)
        table.deallocate()
        arena.free()
        predecessors.free()
    }

    private var rows: Int { nextRun.load(ordering: .relaxed) }

    var bytes: Int { rows * (8 * width + 4) + table.pointee.bytes }

    var roomBeforeGrowth: Int { SlotTable.load(table.pointee.capacity) }

    func makeCursor() -> RowCursor { RowCursor() }

    func takeRanges(_ cursor: inout RowCursor) -> [Range<StateID>] { cursor.takeRanges() }

    func grow(_ layers: [[Range<StateID>]]) -> Bool {
        guard let larger = SlotTable(capacity: 2 * table.pointee.capacity) else { return false }
        let lead = 16
        for range in layers.joined() {
            // The hash of a state some way ahead is computed twice, which costs less than waiting for its slot.
            for id in range {
                let ahead = id &+ StateID(lead)
                if ahead < range.upperBound { larger.prefetch(Exploration.hash(state(ahead))) }
                larger.add(id, hash: Exploration.hash(state(id)))
            }
        }
        table.pointee.free()
        table.pointee = larger
        return true
    }

    func mostStates(inBytes limit: Int) -> Int? {
        // Of the runs of workers a part is unused.
        let row = 8 * width + 4
        let limit = limit - limit / 32
        var capacity = SlotTable.least
        guard capacity * 4 < limit else { return 0 }
        while true {
            let room = (limit - 4 * capacity) / row
            let full = SlotTable.load(capacity)
            // While the table grows there are two of them.
            if room < full || full * row + 12 * capacity > limit { return min(room, full) }
            capacity *= 2
        }
    }

    @inline(__always)
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: row(id), count: width)
    }

    @inline(__always)
    private func row(_ id: StateID) -> UnsafeMutablePointer<UInt64> { arena.base + Int(id) &* width }

    func predecessor(_ id: StateID) -> StateID { predecessors.base[Int(id)] }

    @inline(__always)
    func prefetch(_ hash: UInt64) { table.pointee.prefetch(hash) }

    @inline(__always)
    func prefetchCandidate(_ hash: UInt64) {
        if let id = table.pointee.candidate(hash) { memory_prefetch(row(id)) }
    }

    @inline(__always)
    private func isEqual(_ id: StateID, _ state: UnsafeBufferPointer<UInt64>) -> Bool {
        let row = row(id)
        for word in 0..<width where row[word] != state[word] { return false }
        return true
    }

    @inline(__always)
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, hash: UInt64, predecessor: StateID, _ cursor: inout RowCursor
    ) -> (id: StateID, isNew: Bool) {
        var start: Int?
        while true {
            switch table.pointee.place(hash, from: start, isEqual: { isEqual($0, state) }) {
            case .found(let id): return (id, false)
            case .free(let slot):
                if cursor.next == cursor.end { takeRun(&cursor) }
                let id = cursor.next
                // The row is written before the slot makes it visible. It is used again where somebody was faster.
                let row = row(id)
                for word in 0..<width { row[word] = state[word] }
                predecessors.base[Int(id)] = predecessor
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
        let length = max(16, min(Self.longestRun, rows / 64))
        let (start, end) = nextRun.wrappingAdd(length, ordering: .relaxed)
        cursor.move(to: StateID(truncatingIfNeeded: start)..<StateID(truncatingIfNeeded: end))
    }

    func find(_ state: UnsafeBufferPointer<UInt64>, hash: UInt64) -> StateID? {
        switch table.pointee.place(hash, isEqual: { isEqual($0, state) }) {
        case .found(let id): id
        case .free: nil
        }
    }
}
