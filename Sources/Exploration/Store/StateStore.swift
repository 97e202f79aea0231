/// The set of all states seen. A state keeps its number and its place.
///
/// Workers look up and insert by themselves, each with a cursor of its own; a store says where only one worker may.
/// Everything else happens while no worker is busy.
protocol StateStore: AnyObject {
    /// Where a worker puts its next states.
    associatedtype Cursor

    /// The most states that it can ever hold.
    var capacity: Int { get }
    /// The bytes it holds.
    var bytes: Int { get }
    /// How many states it takes in before it must grow, or, where it can't, before the search must end.
    var roomBeforeGrowth: Int { get }

    func makeCursor() -> Cursor
    /// Makes the table larger; false where memory is refused.
    func grow(_ layers: [[Range<StateID>]]) -> Bool
    /// The most states that fit in so many bytes; nil where that is not known.
    func mostStates(inBytes limit: Int) -> Int?

    /// Fetches what a lookup will need first.
    func prefetch(_ hash: UInt64)
    /// Fetches what a lookup will need next.
    func prefetchCandidate(_ hash: UInt64)
    /// The number of a state, and whether it is new. A new one gets its predecessor.
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, hash: UInt64, predecessor: StateID, _ cursor: inout Cursor
    ) -> (id: StateID, isNew: Bool)
    /// The number of a state that may be there.
    func find(_ state: UnsafeBufferPointer<UInt64>, hash: UInt64) -> StateID?
    /// The words of a state; the address stays valid as long as the store lives.
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64>
    func predecessor(_ id: StateID) -> StateID
    /// The states that a worker has put in since the last time, as ranges of numbers.
    func takeRanges(_ cursor: inout Cursor) -> [Range<StateID>]
}

/// The number of a state in a store.
typealias StateID = UInt32

extension StateID {
    /// No state: the predecessor of an initial one.
    static let none = StateID.max
    /// Stores stop here; ids of the table need a spare value.
    static let mostStates = 1 << 31
}

/// A hash of the words of a state: a multiplication to 128 bits for each word, folded.
@inline(__always)
func hash(_ state: UnsafeBufferPointer<UInt64>) -> UInt64 {
    var value: UInt64 = 0x9e37_79b9_7f4a_7c15
    for index in 0..<state.count {
        let product = (value ^ state[index]).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        value = product.high ^ product.low &+ 0x9e37_79b9_7f4a_7c15
    }
    let product = value.multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return product.high ^ product.low
}
