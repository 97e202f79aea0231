import Digests
import Foundation

/// Libraries by what they were made of.
///
/// An entry is a folder: the C text, the library, and the digest of the library. It appears at once, by the renaming of
/// a finished folder, so nobody sees half of one. What is in it is believed only after all of it was compared.
struct NativeCache {
    let folder: String
    let limit: Int

    private static let text = "code.c"
    private static let library = "code.so"
    private static let checksum = "digest"

    static func key(_ code: EmittedCode, _ compiler: Compiler, flags: [String]) -> String {
        SHA256.digest("\(Emitter.abi)\n\(compiler.identity)\n\(flags.joined(separator: " "))\n\(code.digest)")
    }

    /// The library of an entry that is whole and was made of this text. Any other is removed.
    func library(_ key: String, _ code: EmittedCode) -> [UInt8]? {
        let entry = folder + "/" + key
        var information = stat()
        guard lstat(entry, &information) == 0 else { return nil }
        guard let text = Files.read(entry + "/" + Self.text), text.elementsEqual(code.text.utf8),
            let checksum = Files.read(entry + "/" + Self.checksum), let bytes = Files.read(entry + "/" + Self.library),
            checksum.elementsEqual(SHA256.digest(bytes).utf8), LibraryFormat.isWhole(bytes)
        else {
            remove(key)
            return nil
        }
        // The time of the folder says when it was used last.
        utimes(entry, nil)
        return bytes
    }

    /// Renamed first: an entry is there or it is not.
    func remove(_ key: String) {
        let grave = folder + "/removed-\(UUID().uuidString)"
        if rename(folder + "/" + key, grave) == 0 { Files.remove(grave) }
    }

    /// Adds an entry. Where the folder can't be written, the disk is full, or another process was faster, nothing
    /// happens.
    func add(_ key: String, _ code: EmittedCode, library bytes: [UInt8]) {
        Files.createFolder(folder)
        guard let scratch = Files.temporaryFolder(in: folder) else { return }
        let isWritten =
            Files.write(Array(code.text.utf8), to: scratch + "/" + Self.text)
            && Files.write(bytes, to: scratch + "/" + Self.library)
            && Files.write(Array(SHA256.digest(bytes).utf8), to: scratch + "/" + Self.checksum)
        if !isWritten || rename(scratch, folder + "/" + key) != 0 { Files.remove(scratch) }
        evict(keeping: key)
    }

    // MARK: Eviction

    private struct Entry {
        let name: String
        let used: Int
        let bytes: Int
    }

    /// Removes what was not used for the longest time until the rest is below the limit, and what crashes have left.
    private func evict(keeping key: String) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
        var entries = names.sorted().map { Entry(name: $0, used: time(of: $0), bytes: size(of: $0)) }
        let hourAgo = Int(Date().timeIntervalSince1970) - 3600
        for entry in entries where entry.name.contains("-") && entry.used < hourAgo {
            Files.remove(folder + "/" + entry.name)
        }
        entries = entries.filter { !$0.name.contains("-") }.sorted { ($0.used, $0.name) < ($1.used, $1.name) }
        var total = entries.reduce(0) { $0 + $1.bytes }
        for entry in entries where total > limit && entry.name != key {
            remove(entry.name)
            total -= entry.bytes
        }
    }

    private func time(of name: String) -> Int {
        var information = stat()
        guard lstat(folder + "/" + name, &information) == 0 else { return 0 }
        #if canImport(Darwin)
            return information.st_mtimespec.tv_sec
        #else
            return information.st_mtim.tv_sec
        #endif
    }

    private func size(of name: String) -> Int {
        [Self.text, Self.library, Self.checksum].reduce(0) { sum, file in
            var information = stat()
            return lstat("\(folder)/\(name)/\(file)", &information) == 0 ? sum + Int(information.st_size) : sum
        }
    }
}
