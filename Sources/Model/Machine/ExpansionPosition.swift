/// How far a machine is with the successors of one state. The choices themselves stay in the machine.
public struct ExpansionPosition: Sendable {
    var actor = 0
    /// Of the actions at the actor's location.
    var entry = 0
    private(set) var hasPaused = false
    private(set) var depth = 0
    private(set) var violations = 0

    public init() {}

    /// Whether nothing was taken yet.
    public var isStart: Bool { actor == 0 && entry == 0 && !hasPaused }

    init(actor: Int, entry: Int) {
        self.actor = actor
        self.entry = entry
    }

    mutating func pause(depth: Int, violations: Int) {
        hasPaused = true
        self.depth = depth
        self.violations = violations
    }
}
