// Unsafe code: elements that are written once for each turn of a search, and never move.

/// A list that grows by chunks: nothing is copied, and there is never a second copy to pay for.
struct Chunks<Element: BitwiseCopyable> {
    private var chunks: [UnsafeMutablePointer<Element>] = []
    private(set) var count = 0
    private static var shift: Int { 16 }
    private static var size: Int { 1 << shift }

    func free() { for chunk in chunks { chunk.deallocate() } }

    /// Of the elements that are there.
    var bytes: Int { count * MemoryLayout<Element>.stride }

    mutating func append(_ element: Element) {
        if count == chunks.count * Self.size { chunks.append(.allocate(capacity: Self.size)) }
        (chunks[count >> Self.shift] + (count & (Self.size - 1))).initialize(to: element)
        count += 1
    }

    subscript(index: Int) -> Element {
        get { chunks[index >> Self.shift][index & (Self.size - 1)] }
        nonmutating set { chunks[index >> Self.shift][index & (Self.size - 1)] = newValue }
    }
}
