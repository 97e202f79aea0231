import Model

/// The states that a reduced search passes through behind those that it takes in. Used by one thread.
final class PassedStates {
    private let plan: PassPlan
    private let passing: Passing
    private let machine: Machine

    init(_ code: ModelCode, _ plan: PassPlan) {
        self.plan = plan
        passing = Passing(plan, code)
        machine = Machine(code)
    }

    /// The same for another thread.
    func forked() -> PassedStates { PassedStates(passing.code, plan) }

    /// Whether a process may be passed through at a location.
    func passes(process: Int, at location: Int) -> Bool { plan.passes(process: process, at: location) }

    /// Calls for every state that is passed through behind a state.
    func forEach(behind state: UnsafePointer<UInt64>, _ body: (UnsafePointer<UInt64>) -> Void) {
        passing.forEachPassed(behind: state, machine, body)
    }
}
