import Analysis
import Digests
import Foundation

/// Verdicts as small files in a folder, each under the digest of what it is about.
///
/// A file that is damaged, or can't be read or written, is as good as none.
struct VerdictFiles: VerdictStore {
    let folder: URL

    /// Below the cache folder of the XDG base directory specification; nil where there is none.
    init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
            folder = URL(fileURLWithPath: base).appendingPathComponent("faultline/verdicts")
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            folder = URL(fileURLWithPath: home).appendingPathComponent(".cache/faultline/verdicts")
        } else {
            return nil
        }
    }

    func text(for key: String) -> String? {
        guard let data = try? Data(contentsOf: file(key)), data.count < 1 << 12 else { return nil }
        let lines = String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 3, lines[1] == checksum(key, String(lines[0])) else { return nil }
        return String(lines[0])
    }

    func keep(_ text: String, for key: String) {
        let place = file(key)
        try? FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? Data("\(text)\n\(checksum(key, text))\n".utf8).write(to: place, options: .atomic)
    }

    /// In folders by the first digits, so that none has very many files.
    private func file(_ key: String) -> URL {
        folder.appendingPathComponent(String(key.prefix(2))).appendingPathComponent(String(key.dropFirst(2)))
    }

    /// A verdict under a wrong name must not count.
    private func checksum(_ key: String, _ text: String) -> String { SHA256.digest("\(key)\n\(text)") }
}
