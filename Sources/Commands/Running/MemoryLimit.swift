import Foundation

/// How much memory a search takes where the user sets no limit.
enum MemoryLimit {
    /// Three quarters of the memory that this machine has free; nil where that is not known.
    static var standard: Int? {
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            guard let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { return nil }
            return kilobytes / 4 * 3 * 1024
        }
        return nil
    }
}
