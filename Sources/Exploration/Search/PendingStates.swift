// Unsafe code: the successors of a worker on their way to the store, refilled for every few states of a search.

/// Successors that wait for their lookup, so that the memory of many can be fetched at once.
public struct PendingStates {
    /// Where the words of each state start.
    private(set) var starts: UnsafeMutablePointer<Int>
    private(set) var lengths: UnsafeMutablePointer<Int>
    private(set) var keys: UnsafeMutablePointer<UInt64>
    private(set) var predecessors: UnsafeMutablePointer<StateID>
    private(set) var count = 0
    private var room: Int
    private var words: UnsafeMutablePointer<UInt64>
    private var wordRoom: Int
    private var wordCount = 0

    /// The states after which they should be looked up: enough to keep the memory busy, few enough for the cache.
    static let batch = 96

    init() {
        room = 4 * Self.batch
        wordRoom = 32 * Self.batch
        starts = .allocate(capacity: room)
        lengths = .allocate(capacity: room)
        keys = .allocate(capacity: room)
        predecessors = .allocate(capacity: room)
        words = .allocate(capacity: wordRoom)
    }

    func free() {
        starts.deallocate()
        lengths.deallocate()
        keys.deallocate()
        predecessors.deallocate()
        words.deallocate()
    }

    var bytes: Int { room * 28 + wordRoom * 8 }

    var isFull: Bool { count >= Self.batch }

    mutating func removeAll() {
        count = 0
        wordCount = 0
    }

    @inline(__always)
    func state(_ number: Int) -> UnsafeMutableBufferPointer<UInt64> {
        UnsafeMutableBufferPointer(start: words + starts[number], count: lengths[number])
    }

    /// Room behind what is there for so many words.
    @inline(__always)
    mutating func reserve(words more: Int) -> UnsafeMutablePointer<UInt64> {
        if wordCount + more > wordRoom { growWords(more) }
        return words + wordCount
    }

    /// How many words fit without a move.
    var freeWords: Int { wordRoom - wordCount }

    /// Takes the next words of the reserved room as a state, and steps over `gap` words behind it.
    @inline(__always)
    mutating func take(length: Int, gap: Int = 0) -> UnsafeMutableBufferPointer<UInt64> {
        if count == room { growRows() }
        starts[count] = wordCount
        lengths[count] = length
        count &+= 1
        defer { wordCount &+= length &+ gap }
        return UnsafeMutableBufferPointer(start: words + wordCount, count: length)
    }

    /// Puts a state in the place of one before it, which is no longer wanted. Its words stay where they are.
    @inline(__always)
    func move(_ number: Int, to place: Int) {
        starts[place] = starts[number]
        lengths[place] = lengths[number]
    }

    /// Removes the last states. Their words are given back with the whole.
    @inline(__always)
    mutating func removeAll(from number: Int) { count = number }

    /// Completes a state that was taken.
    @inline(__always)
    func complete(_ number: Int, key: UInt64, predecessor: StateID) {
        keys[number] = key
        predecessors[number] = predecessor
    }

    @inline(never)
    private mutating func growWords(_ more: Int) {
        let size = max(2 * wordRoom, wordCount + more)
        let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
        larger.update(from: words, count: wordCount)
        words.deallocate()
        words = larger
        wordRoom = size
    }

    @inline(never)
    private mutating func growRows() {
        let size = 2 * room
        starts = Self.copy(starts, count, size)
        lengths = Self.copy(lengths, count, size)
        keys = Self.copy(keys, count, size)
        predecessors = Self.copy(predecessors, count, size)
        room = size
    }

    private static func copy<T: BitwiseCopyable>(
        _ old: UnsafeMutablePointer<T>, _ count: Int, _ size: Int
    ) -> UnsafeMutablePointer<T> {
        let larger = UnsafeMutablePointer<T>.allocate(capacity: size)
        larger.update(from: old, count: count)
        old.deallocate()
        return larger
    }
}
