/// The set of all states seen, each with the number that tells when it was first seen: the arena is also the queue.
protocol StateStore: AnyObject {
    /// How many states.
    var count: Int { get }
    /// The bytes it holds, unused room included.
    var bytes: Int { get }

    /// The number of a state, and whether it is new. A new one gets the next number and its predecessor.
    func insert(
        _ state: UnsafeBufferPointer<UInt64>, predecessor: StateID
    ) -> (id: StateID, isNew: Bool)
    /// The number of a state that may be there.
    func find(_ state: UnsafeBufferPointer<UInt64>) -> StateID?
    /// The words of a state; the address stays valid as long as the store lives.
    func state(_ id: StateID) -> UnsafeBufferPointer<UInt64>
    func predecessor(_ id: StateID) -> StateID
    /// The most bytes that so many more states with so many words in all can add while they are taken in.
    func growth(states: Int, words: Int) -> Int
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
