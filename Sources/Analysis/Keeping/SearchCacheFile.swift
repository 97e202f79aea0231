import Foundation

/// The files of a ``SearchCache``. Others in its folder are left alone.
enum SearchCacheFile {
    static let ending = ".search"
    static let scratchEnding = ".unfinished"

    private struct Entry {
        let url: URL
        let used: Date
        let bytes: Int
    }

    static func evict(from folder: URL, limit: Int) {
        let keys: [URLResourceKey] = [.contentModificationDateKey, .fileSizeKey]
        let files =
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: keys)) ?? []
        let entries = files.filter { isOurs($0.lastPathComponent) }.compactMap { url in
            (try? url.resourceValues(forKeys: Set(keys))).map {
                Entry(url: url, used: $0.contentModificationDate ?? .distantPast, bytes: $0.fileSize ?? 0)
            }
        }
        let hourAgo = Date(timeIntervalSinceNow: -3600)
        for entry in entries where entry.url.path.hasSuffix(scratchEnding) && entry.used < hourAgo {
            try? FileManager.default.removeItem(at: entry.url)
        }
        let whole = entries.filter { $0.url.path.hasSuffix(ending) }
            .sorted { ($0.used, $0.url.path) < ($1.used, $1.url.path) }
        var total = whole.reduce(0) { $0 + $1.bytes }
        for entry in whole where total > limit {
            try? FileManager.default.removeItem(at: entry.url)
            total -= entry.bytes
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        guard name.hasSuffix(ending) || name.hasSuffix(scratchEnding) else { return false }
        return name.prefix(64).count == 64 && name.prefix(64).allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }
}
