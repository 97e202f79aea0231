// Unsafe code: the arenas and the table of a search, gigabytes at random addresses. Whole huge pages are taken when
// they are first touched, and no element ever moves.

import CMemory

/// Room for many elements, all of them zero, of which only what is touched takes memory.
///
/// Threads may share it. Who reads and writes which element is up to them.
struct MappedMemory<Element: BitwiseCopyable>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
    let count: Int
    private let bytes: Int

    /// Room for `count` elements; less where the machine refuses so much, nil where it refuses even `least`.
    init?(count: Int, least: Int) {
        var count = count
        while true {
            let (bytes, overflow) = max(1, count).multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
            if !overflow, let address = Self.reserve(bytes, leaving: count > least ? 2 * bytes : 0) {
                base = address.bindMemory(to: Element.self, capacity: max(1, count))
                self.count = count
                self.bytes = bytes
                return
            }
            guard count > least else { return nil }
            count = max(least, count / 2)
        }
    }

    /// What others need: stacks of threads that are yet to start, buffers, a compiled model. Where a limit on addresses
    /// leaves less, libdispatch waits for ever to start a thread.
    private static var spare: Int { 64 << 20 }

    /// - Parameter more: what must be left besides. An arena that takes what there is leaves nothing for its table.
    private static func reserve(_ bytes: Int, leaving more: Int) -> UnsafeMutableRawPointer? {
        guard let address = memory_reserve(bytes) else { return nil }
        guard let rest = memory_reserve(spare + more) else {
            memory_release(address, bytes)
            return nil
        }
        memory_release(rest, spare + more)
        return address
    }

    func free() { memory_release(base, bytes) }

    /// Makes elements zero.
    func clear(_ range: Range<Int>) {
        let stride = MemoryLayout<Element>.stride
        UnsafeMutableRawPointer(base + range.lowerBound).initializeMemory(
            as: UInt8.self, repeating: 0, count: range.count * stride)
    }

    /// Gives the memory of elements back; they are zero from then on. What shares a page with others stays.
    func discard(_ range: Range<Int>) {
        let page = 4096
        let stride = MemoryLayout<Element>.stride
        let start = (range.lowerBound * stride + page - 1) / page * page
        let end = range.upperBound * stride / page * page
        if start < end { memory_discard(UnsafeMutableRawPointer(base) + start, end - start) }
    }
}
