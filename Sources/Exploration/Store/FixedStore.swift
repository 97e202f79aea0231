// Unsafe code: see the table and the chunks it is made of.

/// States of one width: whole words in an arena, four bytes for the predecessor, a slot in the table.
final class FixedStore: StateStore {
    private let contents: UnsafeMutablePointer<Contents>
    private let width: Int

    /// Behind a pointer: a class checks every access to a stored property for exclusivity.
    private struct Contents {
        var table = IdentifierTable()
        var arena: ChunkedMemory<UInt64>
        var predecessors: ChunkedMemory<StateID>
    }

    init(width: Int) {
        self.width = width
        contents = .allocate(capacity: 1)
        let arena = ChunkedMemory<UInt64>(rowLength: width)
        contents.initialize(to: Contents(arena: arena, predecessors: ChunkedMemory(rowLength: 1, chunkBytes: 1 << 17)))
    }

    deinit {
        contents.pointee.table.free()
        contents.pointee.arena.free()
        contents.pointee.predecessors.free()
        contents.deinitialize(count: 1)
        contents.deallocate()
    }

    var count: Int { contents.pointee.table.count }

    var bytes: Int {
        contents.pointee.table.bytes + contents.pointee.arena.bytes + contents.pointee.predecessors.bytes
    }

    func growth(states: Int, words: Int) -> Int {
        contents.pointee.table.growth(by: states) + contents.pointee.arena.growth(toRows: count + states)
            + contents.pointee.predecessors.growth(toRows: count + states)
    }

    @inline(__always)
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: contents.pointee.arena.row(Int(id)), count: width)
    }

    func predecessor(_ id: StateID) -> StateID { contents.pointee.predecessors.row(Int(id)).pointee }

    @inline(__always)
    private func isEqual(_ id: StateID, _ state: UnsafeBufferPointer<UInt64>) -> Bool {
        let row = contents.pointee.arena.row(Int(id))
        for word in 0..<width where row[word] != state[word] { return false }
        return true
    }

    @inline(__always)
    func insert(_ state: UnsafeBufferPointer<UInt64>, predecessor: StateID) -> (id: StateID, isNew: Bool) {
        let hash = hash(state)
        switch contents.pointee.table.place(hash, isEqual: { isEqual($0, state) }) {
        case .found(let id): return (id, false)
        case .free(let slot):
            let id = StateID(truncatingIfNeeded: count)
            contents.pointee.arena.reserve(row: Int(id))
            contents.pointee.predecessors.reserve(row: Int(id))
            if let base = state.baseAddress { contents.pointee.arena.row(Int(id)).update(from: base, count: width) }
            contents.pointee.predecessors.row(Int(id)).initialize(to: predecessor)
            let arena = contents.pointee.arena
            contents.pointee.table.fill(slot: slot, id, hash: hash) { [width] other in
                Exploration.hash(UnsafeBufferPointer(start: arena.row(Int(other)), count: width))
            }
            return (id, true)
        }
    }

    func find(_ state: UnsafeBufferPointer<UInt64>) -> StateID? {
        switch contents.pointee.table.place(hash(state), isEqual: { isEqual($0, state) }) {
        case .found(let id): id
        case .free: nil
        }
    }
}
