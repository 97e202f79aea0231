/// Why states can't be kept on disk.
public struct DiskProblem: Error, Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// The disk, or what may be used of it, is full.
        case full
        /// What the system says.
        case refused(String)
        /// The user or the clock has ended the search meanwhile.
        case ended
        /// The bytes are not those that were written.
        case damaged(String)
    }

    /// The file or folder.
    public let path: String
    public let cause: Cause

    public init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }
}
