import ArgumentParser
import Foundation

/// How many threads an engine gets.
enum Threads {
    private static let most = 256

    static func validate(_ wanted: Int?) throws {
        guard let wanted, !(1...most).contains(wanted) else { return }
        throw ValidationError("--threads needs a number from 1 to \(most)")
    }

    /// As many as wanted; otherwise one for each core.
    static func number(_ wanted: Int?) -> Int { wanted ?? min(most, ProcessInfo.processInfo.activeProcessorCount) }
}
