// Unsafe code: asked for every successor of a search.

/// The bits that settled the last state that was found in order, and what they were.
///
/// A state with the same in these bits is settled alike: as it is. Where elements can be told apart by what no step
/// changes, this holds for nearly all states, and their symmetry costs next to nothing.
struct Shortcut {
    private let width: Int
    /// The bits that decided.
    let bits: UnsafeMutablePointer<UInt64>
    private let values: UnsafeMutablePointer<UInt64>
    private var isValid = false
    private var hits = 0
    /// So many states more are settled before the next one is kept.
    private var wait = 0
    private var pause = 1

    /// A shortcut that was never taken makes the pause before the next one twice as long, up to this.
    private static let longestPause = 64

    init(width: Int) {
        self.width = width
        bits = .allocate(capacity: width)
        values = .allocate(capacity: width)
    }

    func free() {
        bits.deallocate()
        values.deallocate()
    }

    @inline(__always)
    mutating func matches(_ words: UnsafePointer<UInt64>) -> Bool {
        guard isValid else { return false }
        var difference: UInt64 = 0
        for word in 0..<width { difference |= words[word] & bits[word] ^ values[word] }
        if difference != 0 { return false }
        hits &+= 1
        return true
    }

    /// Whether the state that was settled now should be kept.
    var isWanted: Bool {
        @inline(__always)
        mutating get {
            wait &-= 1
            return wait < 0
        }
    }

    mutating func begin() {
        pause = hits > 0 ? 1 : min(2 * pause, Self.longestPause)
        wait = pause
        hits = 0
        isValid = false
        bits.update(repeating: 0, count: width)
    }

    mutating func end(_ words: UnsafePointer<UInt64>) {
        for word in 0..<width { values[word] = words[word] & bits[word] }
        isValid = true
    }
}
