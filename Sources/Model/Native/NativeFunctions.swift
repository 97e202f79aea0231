/// The functions of a library that was compiled for one model. Engines call them instead of a ``Machine``; both give
/// the same successors in the same order.
///
/// States are runs of as many words as the model has. All functions may be called from several threads at once.
public struct NativeFunctions: Sendable {
    /// `expand(state, out, room, flags)`: the successors of a state, in the order of actor, action and choices. Each is
    /// the words of its state followed by a ``SuccessorLabel``. Returns how many there are; no more than `room` are
    /// written, and a caller that gave too little room calls again. Adds to `flags`.
    ///
    /// With ``Flags/violation`` or ``Flags/fault`` what is written is not complete: the machine has to expand the state.
    public typealias Expand =
        @convention(c) (
            UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>, UInt64, UnsafeMutablePointer<UInt32>
        ) -> UInt64
    /// `expandActor(state, actor, out, room, flags)`: the same for one actor alone.
    public typealias ExpandActor =
        @convention(c) (
            UnsafePointer<UInt64>, UInt32, UnsafeMutablePointer<UInt64>, UInt64, UnsafeMutablePointer<UInt32>
        ) -> UInt64
    /// `judge(state)`: 0 where every invariant holds, every `at rest` property holds if all processes are at rest, and
    /// no process at rest holds a lock. Anything else: the machine has to say what is wrong.
    public typealias Judge = @convention(c) (UnsafePointer<UInt64>) -> UInt32
    /// `judgeStep(old, new)`: 0 where every `transition` property holds.
    public typealias JudgeStep = @convention(c) (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> UInt32
    /// `witness(state, property)`: 1 where the `reachable` property, by its number in the model, holds; 2 for a fault.
    public typealias Witness = @convention(c) (UnsafePointer<UInt64>, UInt32) -> UInt32

    public let expand: Expand
    public let expandActor: ExpandActor
    public let judge: Judge
    public let judgeStep: JudgeStep
    public let witness: Witness

    public init(
        expand: Expand, expandActor: ExpandActor, judge: Judge, judgeStep: JudgeStep, witness: Witness
    ) {
        self.expand = expand
        self.expandActor = expandActor
        self.judge = judge
        self.judgeStep = judgeStep
        self.witness = witness
    }

    /// What an expansion met besides its successors.
    public struct Flags: OptionSet, Sendable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// A step meets a violation, or one that would have had to wait further on would have: the machine may find none.
        public static let violation = Flags(rawValue: 1)
        /// A process that is no hardware can take a step. Says nothing beside the others.
        public static let moves = Flags(rawValue: 2)
        /// The model breaks its own promises.
        public static let fault = Flags(rawValue: 4)
    }
}

/// What made a successor, in one word: the action (24 bits), the actor (16 bits), and the choices as one number (24
/// bits), the first choice being the most significant digit, each with the count of its `choose`. Choices beyond that are cut off; the machine knows them all.
public struct SuccessorLabel: Hashable, Sendable {
    public let word: UInt64

    public init(word: UInt64) { self.word = word }

    public init(action: Int, actor: Int, choices: UInt64) {
        word = choices << 40 | UInt64(actor & 0xFFFF) << 24 | UInt64(action & 0xFF_FFFF)
    }

    public var action: Int { Int(word & 0xFF_FFFF) }
    public var actor: Int { Int(word >> 24 & 0xFFFF) }
    public var choices: UInt64 { word >> 40 }
}
