import Synchronization

/// The bytes that a search may still write to disk.
final class DiskAllowance: Sendable {
    private let left: Atomic<Int>
    private let limit: Int

    /// - Parameter used: bytes that are on disk already, and may be more than is allowed: then none may be written.
    init(_ bytes: Int, used: Int = 0) {
        limit = bytes
        left = Atomic(bytes - used)
    }

    /// The bytes on disk so far.
    var used: Int { limit - left.load(ordering: .relaxed) }

    /// False, and nothing taken, where there is less left.
    func take(_ bytes: Int) -> Bool {
        if left.wrappingSubtract(bytes, ordering: .relaxed).newValue >= 0 { return true }
        left.wrappingAdd(bytes, ordering: .relaxed)
        return false
    }
}
