import Foundation

/// Where a search may keep states on disk.
public struct DiskOptions: Sendable {
    /// A folder for files that are gone when the search ends.
    public var folder: URL
    /// In bytes; nil for half of what is free.
    public var limit: Int?

    /// With less memory a search ends instead: buffers alone take that much.
    static let leastMemory = 1 << 20

    public init(folder: URL, limit: Int? = nil) {
        self.folder = folder
        self.limit = limit
    }
}

extension LayerFiles {
    /// Files that nobody finds, and that are gone with the process.
    convenience init(spillingTo options: DiskOptions, width: Int, parts: Int) throws(DiskProblem) {
        let allowance = DiskAllowance(options.limit ?? options.free / 2)
        var files: [StateFile] = []
        for _ in 0..<parts {
            let name = "faultline-\(getpid())-\(UUID().uuidString).states"
            files.append(
                try StateFile(path: options.folder.appendingPathComponent(name).path, isNamed: false, allowance))
        }
        self.init(files, width: width, allowance)
    }
}

extension DiskOptions {
    /// The bytes that are free.
    fileprivate var free: Int {
        var system = statvfs()
        guard statvfs(folder.path, &system) == 0 else { return .max }
        return Int(system.f_bavail) * Int(system.f_frsize)
    }
}
