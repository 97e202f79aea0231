/// A state in which it is a certain process instance's turn: all its steps from there are taken, once in a search.
struct Turn: BitwiseCopyable {
    let state: StateID
    /// The turn by which the state was reached; ``StateID/none`` in an initial state.
    let before: TurnID
    private let word: UInt32

    init(state: StateID, actor: Int, before: TurnID, isFirst: Bool) {
        self.state = state
        self.before = before
        word = UInt32(truncatingIfNeeded: actor) << 1 | (isFirst ? 1 : 0)
    }

    var actor: Int { Int(word >> 1) }
    /// Whether the state has just been found, and nobody had a turn in it before.
    var isFirst: Bool { word & 1 == 1 }
}

/// The number of a turn, in the order in which turns are given.
typealias TurnID = UInt32
