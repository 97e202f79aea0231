import Synchronization

/// Some walks that several walkers share: they take one after the other until none is left, or there is a reason to stop.
final class WalkRound: Sendable {
    let walks: Range<Int>
    private let next: Atomic<Int>
    /// Walks from this one on are of no interest.
    private let end: Atomic<Int>
    private let isStopped = Atomic<Bool>(false)
    private let mustStop: @Sendable () -> Bool

    init(_ walks: Range<Int>, mustStop: @escaping @Sendable () -> Bool) {
        self.walks = walks
        self.mustStop = mustStop
        next = Atomic(walks.lowerBound)
        end = Atomic(walks.upperBound)
    }

    /// The next walk to make.
    func claim() -> Int? {
        guard !wasStopped else { return nil }
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return isWanted(number) ? number : nil
    }

    /// A walk has met a violation: only those before it can still matter.
    func noteHit(_ walk: Int) { end.min(walk, ordering: .relaxed) }

    func isWanted(_ walk: Int) -> Bool { walk < end.load(ordering: .relaxed) }

    var wasStopped: Bool { isStopped.load(ordering: .relaxed) }

    /// Asks the user and the clock whether to go on.
    func goesOn() -> Bool {
        if mustStop() { stop() }
        return !wasStopped
    }

    func stop() { isStopped.store(true, ordering: .relaxed) }
}
