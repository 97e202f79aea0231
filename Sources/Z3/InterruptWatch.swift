import Dispatch
import Foundation
import SMT
import Synchronization

/// Interrupts a solver when the user, the clock or its memory ends its work.
final class InterruptWatch: Sendable {
    private let stop = Mutex<UnknownReason?>(nil)
    private let ended = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)

    /// Begins to watch, in a thread of its own.
    init(_ context: Z3Context, _ limits: SolverLimits) {
        // The context lives until `end` has returned; interrupting is what other threads may do with it.
        nonisolated(unsafe) let context = context
        Thread.detachNewThread { [self] in
            // The thread that asks must not wait for the end of a pause: most questions are shorter than one.
            while ended.wait(timeout: .now() + Self.pause) == .timedOut {
                guard let reason = limits.stop ?? (context.isBeyondMemory ? .memory : nil) else { continue }
                stop.withLock { $0 = reason }
                // Again and again: an interrupt before the solver has begun is lost.
                context.interrupt()
            }
            finished.signal()
        }
    }

    private static let pause = DispatchTimeInterval.milliseconds(5)

    /// Ends the watch; gives why it has interrupted the solver, if it has.
    func end() -> UnknownReason? {
        ended.signal()
        finished.wait()
        return stop.withLock { $0 }
    }
}

extension SolverLimits {
    /// Why the work should end now.
    fileprivate var stop: UnknownReason? {
        if isCancelled() { return .interrupted }
        return deadline.map { $0 < .now } ?? false ? .time : nil
    }
}
