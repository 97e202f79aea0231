/// Which mutants are tried, and how much that may take.
public struct MutationOptions: Sendable {
    /// Of each search; its threads are not looked at.
    public var check = CheckOptions()
    /// Mutants that are tried at the same time.
    public var threads = 1
    /// States without reductions up to which the behaviour of a survivor is compared with that of the spec.
    public var equivalenceStates = 1_000_000
    /// When to stop; nil for never.
    public var deadline: ContinuousClock.Instant?
    /// Names of operators; nil for all.
    public var operators: Set<String>?
    /// Of the original; nil for all.
    public var lines: ClosedRange<Int>?
    /// How many are drawn from those that are selected; nil for all.
    public var sample: Int?
    public var seed: UInt64 = 1
    /// Single mutants; nil for all.
    public var numbers: Set<Int>?
    public var store: (any VerdictStore)?
    /// Part of the key of what is kept.
    public var version = ""
    /// The number of mutants that are done, and of all.
    public var progress: (@Sendable (Int, Int) -> Void)?

    public init() {}

    /// Whether every mutant is tried.
    var selectsAll: Bool { operators == nil && lines == nil && sample == nil && numbers == nil }
}
