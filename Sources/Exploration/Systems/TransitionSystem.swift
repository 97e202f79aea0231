import Model

/// What a search can find fault with.
public struct Judgement: Hashable, Sendable {
    public let name: String
    public let source: Source

    public enum Source: Hashable, Sendable {
        /// A check inside a step. Its judgement has the number that the system gives the violation.
        case inStep
        /// A process at rest, or at its end, holds a lock.
        case lockLeak
        /// A property of the system, by its number there.
        case property(Int)
        case deadlock
    }

    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}

/// What engines explore: a compiled model, or anything else with states that are runs of words.
///
/// States are handed over as raw words that are valid during the call only. A system belongs to one thread; a search
/// with several threads has a system for each.
public protocol TransitionSystem: SendableMetatype {
    /// Words a state; nil where states differ in length.
    var fixedWidth: Int? { get }
    /// How many process instances act.
    var actorCount: Int { get }
    /// The process of an actor, and which of its instances it is.
    func place(of actor: Int) -> (process: Int, instance: Int)
    /// All that can be violated, `deadlock` included. Where several are violated at the same length, the first counts.
    var judgements: [Judgement] { get }

    /// Fills the buffer with the initial states, in order; equal ones may occur.
    mutating func initialStates(into buffer: SuccessorBuffer)
    /// Fills the buffer with the successors of a state in the order of actor, action and choices.
    mutating func expand(_ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer)
    /// The same in parts of bounded size; false where there are no more.
    mutating func initialStates(into buffer: SuccessorBuffer, from position: inout ExpansionPosition) -> Bool
    mutating func expand(
        _ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer, from position: inout ExpansionPosition
    ) -> Bool
    /// The quick way, for systems that have one: the successors as states only. Nil where there is none, or a step of
    /// the state meets a violation.
    mutating func expandQuickly(
        _ state: UnsafeBufferPointer<UInt64>, into pending: inout PendingStates
    ) -> QuickExpansion?
    /// Goes over to functions that were compiled meanwhile.
    mutating func adopt(_ functions: NativeFunctions)
    /// Appends the judgements, other than deadlock, that a state violates.
    mutating func examine(_ state: UnsafeBufferPointer<UInt64>, failures: inout [Int]) throws(MachineFault)
    /// Whether there is anything to examine in a pair of states.
    var judgesSteps: Bool { get }
    /// Appends the judgements that a step violates as a pair of states.
    mutating func examine(
        _ state: UnsafeBufferPointer<UInt64>, after old: UnsafeBufferPointer<UInt64>, failures: inout [Int]
    ) throws(MachineFault)
    /// Whether a state is a deadlock, given its successors.
    mutating func isDeadlock(_ state: UnsafeBufferPointer<UInt64>, _ successors: SuccessorBuffer.Contents) -> Bool
    /// Whether a state without steps, but those of hardware, is a deadlock.
    mutating func isStuck(_ state: UnsafeBufferPointer<UInt64>) -> Bool
    /// Turns a state into the representative of all that are symmetric to it.
    mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>)
    /// The same; `renaming[a]` becomes the actor of the representative that plays the part of `a`.
    mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>, renaming: inout [Int])
    /// Whether ``canonicalise(_:)`` would leave a state as it is, where that is seen at once. False says nothing.
    func isPlainlyCanonical(_ state: UnsafeMutableBufferPointer<UInt64>) -> Bool
    /// Whether ``canonicalise(_:)`` does anything.
    var isReducedBySymmetry: Bool { get }
    /// The size of the group of symmetries, 1 without, saturating.
    var symmetryOrder: Int { get }
    /// Which part of a property fails in a state, for the report.
    mutating func failingPart(of judgement: Int, in state: [UInt64], after old: [UInt64]) -> Int?
    /// The `reachable` properties that no examined state had.
    var unwitnessed: [String] { get }
    /// A state, for people.
    func describe(_ state: [UInt64]) -> String
}

/// What a quick expansion has met.
public struct QuickExpansion {
    /// Successors, also those that are equal.
    public let count: Int
    /// Whether a process that is no hardware can take a step.
    public let moves: Bool

    public init(count: Int, moves: Bool) {
        self.count = count
        self.moves = moves
    }
}

extension TransitionSystem {
    public func place(of actor: Int) -> (process: Int, instance: Int) { (actor, 0) }
    public var isReducedBySymmetry: Bool { false }
    public var symmetryOrder: Int { 1 }
    public var unwitnessed: [String] { [] }
    public mutating func initialStates(
        into buffer: SuccessorBuffer, from position: inout ExpansionPosition
    ) -> Bool {
        initialStates(into: buffer)
        return false
    }
    public mutating func expand(
        _ state: UnsafeBufferPointer<UInt64>, into buffer: SuccessorBuffer, from position: inout ExpansionPosition
    ) -> Bool {
        expand(state, into: buffer)
        return false
    }
    public mutating func expandQuickly(
        _ state: UnsafeBufferPointer<UInt64>, into pending: inout PendingStates
    ) -> QuickExpansion? { nil }
    public mutating func adopt(_ functions: NativeFunctions) {}
    public mutating func isStuck(_ state: UnsafeBufferPointer<UInt64>) -> Bool { true }
    public mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>) {}
    public func isPlainlyCanonical(_ state: UnsafeMutableBufferPointer<UInt64>) -> Bool { false }
    public mutating func canonicalise(_ state: UnsafeMutableBufferPointer<UInt64>, renaming: inout [Int]) {
        renaming = Array(0..<actorCount)
    }
    public var judgesSteps: Bool { true }
    public mutating func examine(
        _ state: UnsafeBufferPointer<UInt64>, after old: UnsafeBufferPointer<UInt64>, failures: inout [Int]
    ) throws(MachineFault) {}
    public mutating func failingPart(of judgement: Int, in state: [UInt64], after old: [UInt64]) -> Int? { nil }
}
