import Dispatch
import Foundation
import Synchronization

/// Whether the user asked to stop.
final class InterruptionFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    /// Returns whether it was set before.
    func set() -> Bool { value.exchange(true, ordering: .relaxed) }
}

/// Ctrl-C and SIGTERM end a search, not the program: what was covered is still reported. A second one ends the
/// program at once.
final class Interruption {
    let flag = InterruptionFlag()
    private let sources: [any DispatchSourceSignal]

    init() {
        let flag = flag
        sources = [SIGINT, SIGTERM].map { number in
            // The default action would end the program before the source hears of the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if flag.set() { exit(130) }
            }
            source.resume()
            return source
        }
    }

    deinit { for source in sources { source.cancel() } }
}
