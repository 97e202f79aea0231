/// What is left out of the runs that a solver is asked about; each run that is left out is like one that is not.
public struct RunReductions: Hashable, Sendable {
    /// Of elements that are alike, a step takes the least.
    public var usesSymmetry = true
    /// Of steps in a row that commute, one order.
    public var usesPartialOrder = true

    public init() {}
}
