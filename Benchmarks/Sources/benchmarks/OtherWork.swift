import Foundation
import Measuring

/// How much of the processors went to others while the benchmark ran.
struct OtherWork {
    private let start: (busy: Double, total: Double)?
    private let own: Double

    init() {
        start = Self.processors()
        own = ownSeconds()
    }

    /// Percent of all processors since `init`, or nothing where the system does not tell.
    func percent() -> Int? {
        guard let start, let now = Self.processors(), now.total > start.total else { return nil }
        let others = (now.busy - start.busy) - (ownSeconds() - own)
        return Int((max(0, others) / (now.total - start.total) * 100).rounded())
    }

    /// Seconds of all processors since the machine started. Time that a host took away counts as busy.
    private static func processors() -> (busy: Double, total: Double)? {
        guard let line = (try? Folders.read("/proc/stat"))?.split(separator: "\n").first else { return nil }
        // user, nice, system, idle, waiting for a disk, two kinds of interrupts, taken away
        let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard ticks.count == 8 else { return nil }
        let total = ticks.reduce(0, +) / 100
        return (total - (ticks[3] + ticks[4]) / 100, total)
    }
}
