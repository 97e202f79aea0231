/// Decides a growing set of assertions again and again. Used by one thread.
public protocol IncrementalSolver: AnyObject {
    /// Adds to what holds in all later questions.
    func add(_ query: Query)
    /// Whether all that was added can hold at once, together with some variables of sort Bool.
    func check(assuming variables: [String], _ limits: SolverLimits) -> Answer
}
