// Unsafe code: states go from memory to a file and back as they are, gigabytes of them.

import Foundation

/// A file that grows, and whose bytes never change once they are there. Threads may read while one appends.
final class StateFile: @unchecked Sendable {
    let path: String
    private let descriptor: Int32
    /// Where the next bytes go. Only the one who appends changes it.
    private(set) var end: Int
    private let allowance: DiskAllowance
    private let seed: UInt64

    /// - Parameters:
    ///   - keep: the bytes of an existing file that count, the rest is cut off; nil for a new file.
    ///   - isNamed: false for a file that nobody finds, and that is gone with the process.
    ///   - seed: goes into checksums; another one for each file that can be taken for another.
    init(
        path: String, keep: Int? = nil, isNamed: Bool, seed: UInt64 = 0, _ allowance: DiskAllowance
    ) throws(DiskProblem) {
        self.path = path
        self.seed = seed
        self.allowance = allowance
        let flags = O_RDWR | O_CLOEXEC | (keep == nil ? O_CREAT | O_EXCL : 0)
        descriptor = open(path, flags, 0o600)
        end = keep ?? 0
        guard descriptor >= 0 else { throw DiskProblem(path: path, errno: errno) }
        if !isNamed { unlink(path) }
        if let keep, ftruncate(descriptor, keep) != 0 { throw DiskProblem(path: path, errno: errno) }
    }

    /// Of a block that begins at an offset, for its checksum.
    func place(_ offset: Int) -> UInt64 { seed ^ UInt64(bitPattern: Int64(offset)) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends bytes; gives where they are.
    func append(_ bytes: UnsafeRawBufferPointer) throws(DiskProblem) -> Int {
        guard allowance.take(bytes.count) else { throw DiskProblem(path: path, cause: .full) }
        let offset = end
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DiskProblem(path: path, errno: count == 0 ? ENOSPC : errno) }
            done += count
        }
        end += bytes.count
        return offset
    }

    /// Fills a buffer with the bytes from an offset on.
    func read(_ offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(DiskProblem) {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw DiskProblem(path: path, errno: errno) }
            guard count > 0 else { throw DiskProblem(path: path, cause: .damaged("it ends too early")) }
            done += count
        }
    }

    /// Waits until the disk has everything.
    func sync() throws(DiskProblem) {
        guard fsync(descriptor) == 0 else { throw DiskProblem(path: path, errno: errno) }
    }
}

extension DiskProblem {
    init(path: String, errno: Int32) {
        self.init(
            path: path,
            cause: errno == ENOSPC || errno == EDQUOT ? .full : .refused(String(cString: strerror(errno))))
    }
}
