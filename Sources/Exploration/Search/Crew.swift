// Unsafe code: workers lie behind pointers, so that each thread changes its own in place.

import Dispatch
import Model

/// The workers of a search. Each is used by one thread at a time, and by nobody else meanwhile.
final class Crew<System: TransitionSystem, Store: StateStore>: @unchecked Sendable {
    typealias Worker = SearchWorker<System, Store>

    private let workers: UnsafeMutableBufferPointer<Worker>

    init(_ workers: [Worker]) {
        self.workers = .allocate(capacity: workers.count)
        _ = self.workers.initialize(from: workers)
    }

    deinit {
        for worker in workers { worker.free() }
        workers.deinitialize()
        workers.deallocate()
    }

    var count: Int { workers.count }

    subscript(index: Int) -> Worker {
        _read { yield workers[index] }
        _modify { yield &workers[index] }
    }

    /// Lets the first `count` workers go through the work, and waits for them.
    func run(_ work: Work, count: Int) {
        guard count > 1 else { return workers[0].run(work) }
        DispatchQueue.concurrentPerform(iterations: count) { self.workers[$0].run(work) }
    }

    /// Lets all of them go over to compiled functions.
    func adopt(_ functions: NativeFunctions) {
        for index in workers.indices { workers[index].system.adopt(functions) }
    }

    /// What all of them have put into the store since the last time.
    func takeRanges() -> [Range<StateID>] { workers.indices.flatMap { workers[$0].takeRanges() } }

    var bytes: Int { workers.reduce(0) { $0 + $1.bytes } }
}
