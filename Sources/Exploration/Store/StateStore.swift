/// The set of all states seen. A state keeps its number and its place.
///
/// Workers look up and insert by themselves, each with a cursor of its own; a store says where only one worker may.
/// Everything else happens while no worker is busy.
protocol StateStore: AnyObject, SendableMetatype {
    /// Where a worker puts its next states.
    associatedtype Cursor

    /// What a worker does with the states it looks up.
    static var role: StoreRole { get }
    /// The most states that it can ever hold.
    var capacity: Int { get }
    /// The bytes it holds.
    var bytes: Int { get }
    /// The bytes that so many states take: the same for the same states, whoever took them in and when.
    func bytes(states: Int) -> Int
    /// How many more states it takes in before it must grow, given how many there are.
    func room(states: Int) -> Int
    /// Whether states stay readable after their layer was forgotten.
    var keepsStates: Bool { get }
    /// The words that ``state(_:in:)`` needs to unpack a state.
    var scratchWords: Int { get }

    func makeCursor() -> Cursor
    /// Makes the table larger, given how many states there are; false where memory is refused.
    func grow(states: Int) -> Bool
    /// A layer has been expanded. From now on its states need only be recognised.
    func forget(_ layer: [Range<StateID>])
    /// The most states that fit in so many bytes, as things stand; nil where that is not known.
    func mostStates(inBytes limit: Int) -> Int?

    /// What a lookup of a state goes by. Fetches what the lookup will need first.
    ///
    /// - Parameter adding: false where the state will be looked for only.
    func key(of state: UnsafeBufferPointer<UInt64>, hash: UInt64, adding: Bool, _ cursor: inout Cursor) -> UInt64
    /// Whether the key of a state is its hash.
    var keysAreHashes: Bool { get }
    /// Fetches what a lookup will need next.
    func prefetchCandidate(_ key: UInt64)
    /// The number of a state, and whether it is new. A new one gets its predecessor.
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, key: UInt64, predecessor: StateID, _ cursor: inout Cursor
    ) -> (id: StateID, isNew: Bool)
    /// The number of a state that may be there.
    func find(_ state: UnsafeBufferPointer<UInt64>, key: UInt64) -> StateID?
    /// The words of a state, in the store or in the given room; valid until the room is used again.
    func state(_ id: StateID, in scratch: UnsafeMutablePointer<UInt64>) -> UnsafeBufferPointer<UInt64>
    func predecessor(_ id: StateID) -> StateID
    /// The states that a worker has put in since the last time, as ranges of numbers.
    func takeRanges(_ cursor: inout Cursor) -> [Range<StateID>]
}

/// What becomes of the states that workers look up.
enum StoreRole: Sendable {
    /// They are known, or they are new, and then they are judged.
    case visited
    /// They are known, or they may be new: later somebody else judges those that are.
    case candidates
    /// They are known or of no interest. Nothing is judged, and no step is left out.
    case cone
}

extension StateStore {
    static var role: StoreRole { .visited }
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

/// The same for one word.
@inline(__always)
func hash(word: UInt64) -> UInt64 { withUnsafePointer(to: word) { hash(UnsafeBufferPointer(start: $0, count: 1)) } }
