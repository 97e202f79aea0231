// Unsafe code: walkers lie behind pointers, so that each thread changes its own in place.

import Dispatch
import Model

/// The walkers of a simulation. Each is used by one thread at a time, and by nobody else meanwhile.
final class WalkCrew: @unchecked Sendable {
    private let walkers: UnsafeMutableBufferPointer<Walker>

    init(_ walkers: [Walker]) {
        self.walkers = .allocate(capacity: walkers.count)
        _ = self.walkers.initialize(from: walkers)
    }

    deinit {
        for walker in walkers { walker.free() }
        walkers.deinitialize()
        walkers.deallocate()
    }

    /// Makes the walks of a round, and waits for them. What is returned is in the order of the walks.
    func run(_ round: WalkRound) -> [WalkSummary] {
        let count = min(walkers.count, round.walks.count)
        if count > 1 {
            DispatchQueue.concurrentPerform(iterations: count) { self.walkers[$0].run(round) }
        } else {
            walkers[0].run(round)
        }
        return walkers.indices.flatMap { walkers[$0].takeSummaries() }.sorted { $0.number < $1.number }
    }

    var fault: MachineFault? { walkers.lazy.compactMap(\.fault).first }

    /// The moves of a walk that was made; see ``Walker/moves(of:steps:)``.
    func moves(of walk: Int, steps: Int) throws(MachineFault) -> (initial: [UInt64], moves: [Move]) {
        try walkers[0].moves(of: walk, steps: steps)
    }
}
