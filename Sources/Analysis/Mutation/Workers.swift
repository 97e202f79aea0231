import Dispatch
import Foundation
import Synchronization

/// Threads that take numbers one after the other.
enum Workers {
    /// Calls `body` once for each number below `count`, and waits for all of them.
    ///
    /// The threads have deep stacks: specs may be nested as deep as the main thread allows.
    static func run(_ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let next = Counter()
        let group = DispatchGroup()
        for _ in 0..<min(max(1, threads), max(1, count)) {
            group.enter()
            let thread = Thread {
                while let number = next.take(below: count) { body(number) }
                group.leave()
            }
            thread.stackSize = 16 << 20
            thread.start()
        }
        group.wait()
    }

    private final class Counter: Sendable {
        private let value = Atomic<Int>(0)

        func take(below count: Int) -> Int? {
            let (number, _) = value.wrappingAdd(1, ordering: .relaxed)
            return number < count ? number : nil
        }
    }
}
