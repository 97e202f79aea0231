import Diagnostics
import Digests
import Exploration
import Foundation
import Synchronization

/// What searches have found, in a folder, by what their models mean.
///
/// An entry is a file. Its first line has the version of its format and a checksum; then follows a ``KeptSearch``. It
/// appears at once, by the renaming of a finished file. The folder can be copied, and several processes can use it. What
/// can't be read or written is as if it were not there; ``diagnostics`` says so once.
public final class SearchCache: Sendable {
    /// Raised with every change of what is kept or of what it means.
    static let format = 1

    let folder: URL
    let version: String
    private let problems = Mutex(Problems())

    /// Of one use of the cache.
    private struct Problems {
        var damaged: Set<String> = []
        var refuted: Set<String> = []
        var unwritten: String?
    }

    /// - Parameter version: of this program; another one may find something else.
    public init(folder: URL, version: String) {
        self.folder = folder
        self.version = version
    }

    private func file(_ key: String) -> URL { folder.appendingPathComponent(key + SearchCacheFile.ending) }

    // MARK: Reading

    /// Nil where there is no entry, or one that is not whole.
    func find(_ key: String) -> KeptSearch? {
        let path = file(key).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path), let kept = decode(data, key) else {
            problems.withLock { _ = $0.damaged.insert(key) }
            return nil
        }
        // The time of the file says when it was used last.
        utimes(path, nil)
        return kept
    }

    /// An entry that is whole, and says what is not seen again.
    func noteRefuted(_ key: String) {
        problems.withLock { _ = $0.refuted.insert(key) }
    }

    private func decode(_ data: Data, _ key: String) -> KeptSearch? {
        guard let end = data.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let body = Array(data[data.index(after: end)...])
        guard String(decoding: data[..<end], as: UTF8.self) == Self.header(key, body) else { return nil }
        return try? JSONDecoder().decode(KeptSearch.self, from: Data(body))
    }

    /// The key belongs to what is summed up: an entry under the name of another one is damaged.
    private static func header(_ key: String, _ body: [UInt8]) -> String {
        "faultline-search \(format) \(SHA256.digest(Array(key.utf8) + body))"
    }

    // MARK: Writing

    func keep(_ search: KeptSearch, as key: String) {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let body = try encoder.encode(search)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let scratch = folder.appendingPathComponent("\(key)-\(UUID().uuidString)\(SearchCacheFile.scratchEnding)")
            do {
                try (Data((Self.header(key, Array(body)) + "\n").utf8) + body).write(to: scratch)
                guard rename(scratch.path, file(key).path) == 0 else {
                    throw CocoaError(
                        .fileWriteUnknown, userInfo: [NSUnderlyingErrorKey: POSIXError(.init(rawValue: errno) ?? .EIO)])
                }
            } catch {
                try? FileManager.default.removeItem(at: scratch)
                throw error
            }
        } catch {
            let reason = error.reason
            problems.withLock { $0.unwritten = $0.unwritten ?? reason }
        }
    }

    /// Removes what was not used for the longest time until the rest is below a limit, and what crashes have left.
    public func evict(limit: Int = 256 << 20) { SearchCacheFile.evict(from: folder, limit: limit) }

    // MARK: What went wrong

    /// A warning for each kind of trouble that there was. None of them changes a verdict.
    public var diagnostics: [Diagnostic] {
        let problems = problems.withLock { $0 }
        var all: [Diagnostic] = []
        if !problems.damaged.isEmpty {
            let what = "\(Self.entries(problems.damaged)) of the cache can't be read"
            all.append(warning(.damagedCache, "\(what), and what it held was searched anew"))
        }
        if let reason = problems.unwritten {
            all.append(warning(.unwritableCache, "the cache can't be written, and nothing is kept: \(reason)"))
        }
        if !problems.refuted.isEmpty {
            let what = "what \(Self.entries(problems.refuted)) of the cache says is not seen again"
            all.append(warning(.refutedCache, "\(what), and it was searched anew"))
        }
        return all
    }

    private static func entries(_ keys: Set<String>) -> String {
        keys.count == 1 ? "1 entry" : "\(keys.count) entries"
    }

    private func warning(_ code: DiagnosticCode, _ message: String) -> Diagnostic {
        Diagnostic(code, message, at: nil, severity: .warning, notes: [Note("the folder is \(folder.relativePath)")])
    }
}
