// Unsafe code: threads put what they found in places of their own.

import Dispatch
import Synchronization

/// A part of a layer that workers share: they take portions of it until none is left, or there is a reason to pause.
final class Work: Sendable {
    private let portions: [Range<StateID>]
    private let next = Atomic<Int>(0)
    private let isPaused = Atomic<Bool>(false)
    private let newStates = Atomic<Int>(0)
    private let leftOver = Mutex<[Range<StateID>]>([])
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

    /// How many portions were taken, those that were left in the middle included.
    var taken: Int { min(next.load(ordering: .relaxed), portions.count) }

    /// What is left of portions that were taken.
    var rests: [Range<StateID>] { leftOver.withLock { $0 } }

    /// Whether workers should stop after the state at hand, and give the rest of their portion back.
    var mustPause: Bool { isPaused.load(ordering: .relaxed) }

    func giveBack(_ rest: Range<StateID>) {
        if !rest.isEmpty { leftOver.withLock { $0.append(rest) } }
    }

    func pause() { isPaused.store(true, ordering: .relaxed) }

    func claim() -> Range<StateID>? {
        guard !mustPause else { return nil }
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < portions.count else { return nil }
        return portions[number]
    }

    func note(newStates more: Int) {
        guard more > 0 else { return }
        if newStates.wrappingAdd(more, ordering: .relaxed).newValue >= room { pause() }
    }
}

/// Lets threads do the numbered parts of something, each by whoever is free, and waits for them.
///
/// - Parameter body: gets the number of the part, how many there are, and the number of the thread.
/// - Returns: what the parts gave, in order. Of several problems the one of the first part is thrown.
@discardableResult
func inParts<Output, Problem: Error>(
    _ parts: Int, threads: Int,
    _ body: @Sendable (_ part: Int, _ parts: Int, _ thread: Int) throws(Problem) -> Output
) throws(Problem) -> [Output] {
    let outputs = UnsafeMutableBufferPointer<Result<Output, Problem>>.allocate(capacity: parts)
    defer { outputs.deallocate() }
    // Each part is written by one thread.
    nonisolated(unsafe) let places = outputs
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, parts))) { thread in
        while true {
            let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard part < parts else { return }
            places.initializeElement(at: part, to: Result { () throws(Problem) in try body(part, parts, thread) })
        }
    }
    defer { outputs.deinitialize() }
    var results: [Output] = []
    for output in outputs { results.append(try output.get()) }
    return results
}
