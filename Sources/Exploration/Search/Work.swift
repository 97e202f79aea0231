import Dispatch
import Synchronization

/// A part of a layer that workers share: they take portions of it until none is left, or there is a reason to pause.
final class Work: Sendable {
    private let portions: [Range<StateID>]
    private let next = Atomic<Int>(0)
    private let isPaused = Atomic<Bool>(false)
    private let newStates = Atomic<Int>(0)
    private let room: Int
    /// Whether the user or the clock ends the search.
    let mustStop: @Sendable () -> Bool

    /// - Parameters:
    ///   - room: with so many new states it is time to pause.
    ///   - mustStop: may be asked by any thread.
    init(_ portions: [Range<StateID>], room: Int, mustStop: @escaping @Sendable () -> Bool) {
        self.portions = portions
        self.room = room
        self.mustStop = mustStop
    }

    /// Lets so many threads go through the portions, and waits for them.
    func run(threads: Int, _ body: @Sendable (Range<StateID>) -> Void) {
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, portions.count))) { _ in
            while let portion = claim() { body(portion) }
        }
    }

    /// How many portions were taken.
    var taken: Int { min(next.load(ordering: .relaxed), portions.count) }

    func pause() { isPaused.store(true, ordering: .relaxed) }

    func claim() -> Range<StateID>? {
        guard !isPaused.load(ordering: .relaxed) else { return nil }
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < portions.count else { return nil }
        return portions[number]
    }

    func note(newStates more: Int) {
        guard more > 0 else { return }
        if newStates.wrappingAdd(more, ordering: .relaxed).newValue >= room { pause() }
    }
}
