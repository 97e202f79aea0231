import Foundation

/// What the benchmark does with files, with its own errors.
public enum Folders {
    /// A new folder for all files of one run.
    public static func temporary() throws(BenchmarkError) -> String {
        let path = FileManager.default.temporaryDirectory.path + "/faultline-benchmarks-\(getpid())"
        try create(path)
        return path
    }

    public static func create(_ path: String) throws(BenchmarkError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .file(path: path, reason: "the folder can't be made")
        }
    }

    /// Removes a folder with all that is in it, and makes it again.
    public static func empty(_ path: String) throws(BenchmarkError) {
        remove(path)
        try create(path)
    }

    public static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    public static func read(_ path: String) throws(BenchmarkError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path: path, reason: "can't be read")
        }
        return String(decoding: data, as: UTF8.self)
    }

    public static func write(_ text: String, to path: String) throws(BenchmarkError) {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw .file(path: path, reason: "can't be written")
        }
    }

    /// Where a program is on the PATH.
    public static func program(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
