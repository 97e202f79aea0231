import Synchronization

/// The bytes that a search may still write to disk.
final class DiskAllowance: Sendable {
    private let left: Atomic<Int>
    private let limit: Int

    init(_ bytes: Int) {
        limit = bytes
        left = Atomic(bytes)
    }

    /// The bytes written so far.
    var used: Int { limit - left.load(ordering: .relaxed) }

    /// False, and nothing taken, where there is less left.
    func take(_ bytes: Int) -> Bool {
        if left.wrappingSubtract(bytes, ordering: .relaxed).newValue >= 0 { return true }
        left.wrappingAdd(bytes, ordering: .relaxed)
        return false
    }
}
