/// How much a comparison of behaviours may take, for each of its parts.
public struct BehaviourBudget: Sendable {
    /// States of a model, and pairs that are looked at.
    public var maximumStates: Int?
    /// In bytes.
    public var maximumMemory: Int?
    public var deadline: ContinuousClock.Instant?
    /// Asked now and then.
    public var isCancelled: @Sendable () -> Bool = { false }

    public init() {}

    /// Why to stop, if so. `count` is of states or pairs.
    func stop(count: Int, bytes: Int) -> InconclusiveReason? {
        if let maximumStates, count > maximumStates { return .states(limit: maximumStates) }
        if let maximumMemory, bytes > maximumMemory { return .memory(limit: maximumMemory) }
        return stopInTime
    }

    var stopInTime: InconclusiveReason? {
        if isCancelled() { return .cancelled }
        if let deadline, ContinuousClock.now > deadline { return .time }
        return nil
    }
}
