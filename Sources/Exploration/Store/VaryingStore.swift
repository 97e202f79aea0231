// Unsafe code: see the table and the chunks it is made of.

/// States that differ in length: an entry with address and length for each.
final class VaryingStore: StateStore {
    private var table = IdentifierTable()
    private var entries = ChunkedMemory<Entry>(rowLength: 1)
    private var blocks: [UnsafeMutablePointer<UInt64>] = []
    private var blockBytes = 0
    /// Where the next state goes, and how many words are left there.
    private var next: UnsafeMutablePointer<UInt64>?
    private var left = 0
    private static let blockWords = 1 << 17

    private struct Entry: BitwiseCopyable {
        var words: UnsafeMutablePointer<UInt64>
        var length: UInt32
        var predecessor: StateID
    }

    init() {}

    deinit {
        table.free()
        entries.free()
        for block in blocks { block.deallocate() }
    }

    var count: Int { table.count }
    var bytes: Int { table.bytes + entries.bytes + blockBytes }

    func growth(states: Int, words: Int) -> Int {
        let blocks = words <= left ? 0 : words / Self.blockWords + 2
        return table.growth(by: states) + entries.growth(toRows: count + states) + blocks * Self.blockWords * 8
    }

    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64> {
        let entry = entries.row(Int(id)).pointee
        return UnsafeBufferPointer(start: entry.words, count: Int(entry.length))
    }

    func predecessor(_ id: StateID) -> StateID { entries.row(Int(id)).pointee.predecessor }

    func insert(_ state: UnsafeBufferPointer<UInt64>, predecessor: StateID) -> (id: StateID, isNew: Bool) {
        let hash = hash(state)
        switch table.place(hash, isEqual: { self.state($0).elementsEqual(state) }) {
        case .found(let id): return (id, false)
        case .free(let slot):
            let id = StateID(truncatingIfNeeded: count)
            entries.reserve(row: Int(id))
            entries.row(Int(id)).initialize(
                to: Entry(
                    words: copy(state), length: UInt32(truncatingIfNeeded: state.count), predecessor: predecessor))
            let entries = entries
            table.fill(slot: slot, id, hash: hash) { other in
                let entry = entries.row(Int(other)).pointee
                return Exploration.hash(UnsafeBufferPointer(start: entry.words, count: Int(entry.length)))
            }
            return (id, true)
        }
    }

    func find(_ state: UnsafeBufferPointer<UInt64>) -> StateID? {
        switch table.place(hash(state), isEqual: { self.state($0).elementsEqual(state) }) {
        case .found(let id): id
        case .free: nil
        }
    }

    private func copy(_ state: UnsafeBufferPointer<UInt64>) -> UnsafeMutablePointer<UInt64> {
        if let place = next, state.count <= left {
            fill(place, state)
            return place
        }
        let size = max(Self.blockWords, state.count)
        let block = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        blocks.append(block)
        blockBytes += size * 8
        left = size
        fill(block, state)
        return block
    }

    private func fill(_ place: UnsafeMutablePointer<UInt64>, _ state: UnsafeBufferPointer<UInt64>) {
        if let base = state.baseAddress { place.update(from: base, count: state.count) }
        next = place + state.count
        left -= state.count
    }
}
