import Dispatch
import Foundation
import SMT
import Synchronization

/// Interrupts a solver when the user or the clock ends its work.
final class InterruptWatch: Sendable {
    private struct State {
        var isOver = false
        var stop: UnknownReason?
    }

    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)

    /// Begins to watch, in a thread of its own.
    init(_ context: Z3Context, _ limits: SolverLimits) {
        // The context lives until `end` has returned; interrupting is what other threads may do with it.
        nonisolated(unsafe) let context = context
        Thread.detachNewThread { [self] in
            while !isOver {
                if let stop = limits.stop {
                    state.withLock { $0.stop = stop }
                    // Again and again: an interrupt before the solver has begun is lost.
                    context.interrupt()
                }
                usleep(5000)
            }
            finished.signal()
        }
    }

    private var isOver: Bool { state.withLock { $0.isOver } }

    /// Ends the watch; gives why it has interrupted the solver, if it has.
    func end() -> UnknownReason? {
        state.withLock { $0.isOver = true }
        finished.wait()
        return state.withLock { $0.stop }
    }
}

extension SolverLimits {
    /// Why the work should end now.
    fileprivate var stop: UnknownReason? {
        if isCancelled() { return .interrupted }
        return deadline.map { $0 < .now } ?? false ? .time : nil
    }
}
