import Model

/// What workers have found, taken together.
struct SearchTally {
    private(set) var transitions = 0
    var states = 0
    /// By judgement, how often it was violated.
    private(set) var violations: [Int]
    /// Of those under search, the one with the least number.
    private(set) var hit: Hit?
    private(set) var deadlockHit: Hit?
    /// Whether no more states may be taken in. The layer is still judged to its end.
    var isFull = false
    /// States of the portions at hand with very many successors, which are taken in part by part.
    var large: [StateID] = []
    var initialStates = 0
    /// Every state up to this depth has been expanded.
    var completeDepth = -1
    /// Of a search that others go on with, the `reachable` properties that had no witness before; nil for all.
    private(set) var unwitnessedBefore: [String]?

    init(judgements: Int) { violations = Array(repeating: 0, count: judgements) }

    /// What a saved search had found.
    init(_ saved: SavedSearch) {
        (states, transitions, violations) = (saved.states, saved.transitions, saved.violations)
        (initialStates, completeDepth, unwitnessedBefore) = (
            saved.initialStates, saved.completeDepth, saved.unwitnessed
        )
    }

    /// The same for other workers, who have seen no witness yet.
    func goingOn(unwitnessed: [String]) -> SearchTally {
        var tally = self
        tally.unwitnessedBefore = unwitnessed
        return tally
    }

    /// For a search that ends here for now.
    func saved(unwitnessed: [String]) -> SavedSearch {
        SavedSearch(
            states: states, transitions: transitions, violations: violations, initialStates: initialStates,
            completeDepth: completeDepth, unwitnessed: unwitnessed)
    }

    /// What counts first: a deadlock is one step nearer than everything else that was found meanwhile.
    var first: Hit? { deadlockHit ?? hit }

    mutating func take(_ found: Findings) throws(SearchStop) {
        states += found.states
        transitions += found.transitions
        isFull = isFull || found.isFull
        for (judgement, count) in found.violations.enumerated() { violations[judgement] += count }
        if let new = found.hit, new.judgement < hit?.judgement ?? .max { hit = new }
        deadlockHit = deadlockHit ?? found.deadlockHit
        if let fault = found.fault { throw .fault(fault) }
        large += found.large
    }
}

extension SearchTally {
    /// Whether a violation after fewer steps would be known. What is wrong with a state itself, such as a deadlock, is
    /// seen when the state is expanded; so where a layer was expanded in part, one as long as its depth may be missing.
    func hasAllViolations(before steps: Int) -> Bool { steps <= completeDepth + 1 }

    /// The `reachable` properties that nobody has seen a witness of.
    func unwitnessed<System: TransitionSystem, Store: StateStore>(
        _ system: System, _ crew: Crew<System, Store>
    ) -> [String] {
        var unwitnessed = system.unwitnessed.filter { unwitnessedBefore?.contains($0) ?? true }
        for index in 0..<crew.count {
            let left = Set(crew[index].system.unwitnessed)
            unwitnessed.removeAll { !left.contains($0) }
        }
        return unwitnessed
    }
}

/// What a worker has seen since it was asked last.
struct Findings {
    var states = 0
    var transitions = 0
    /// By judgement, how often it was violated.
    var violations: [Int] = []
    /// Of those under search, the one with the least number.
    var hit: Hit?
    var deadlockHit: Hit?
    var fault: MachineFault?
    /// Whether a new state could not be taken in.
    var isFull = false
    /// Whether it has left states of its portion as they were, because the search has to stop.
    var wasStopped = false
    /// States with more successors than fit in a part; nothing of them was taken.
    var large: [StateID] = []
}

/// A violation under search, found in a step from a state, or in the state itself.
struct Hit {
    let judgement: Int
    let from: StateID
}
