import Model

/// A run that ends with the violation under search.
struct ViolatingRun {
    let initial: [UInt64]
    let steps: [TraceStep]
    /// Several judgements can have the name that is under search; this one is violated here.
    let judgement: Int
    /// For a violation inside the last step.
    let violation: Int?

    var moves: [Move] { steps.map { Move($0) } }

    /// Pairs of consecutive steps of different processes.
    var switches: Int { zip(steps, steps.dropFirst()).count { $0.actor != $1.actor } }

    /// The state before a step.
    func state(before number: Int) -> [UInt64] { number == 0 ? initial : steps[number - 1].state }

    /// Whether it has fewer steps, or as many with fewer switches.
    func isBetter(than other: ViolatingRun) -> Bool {
        (steps.count, switches) < (other.steps.count, other.switches)
    }
}
