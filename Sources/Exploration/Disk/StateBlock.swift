// Unsafe code: a block goes to a file and back as it is.

/// Room for one block of a file: states one after the other, and behind them a checksum.
struct StateBlock {
    let width: Int
    let words: UnsafeMutablePointer<UInt64>
    /// How many states fit.
    let capacity: Int
    var count = 0

    private static let bytes = 1 << 16

    static func capacity(width: Int) -> Int { max(1, bytes / (8 * width) - 1) }

    init(width: Int) {
        self.width = width
        capacity = Self.capacity(width: width)
        words = .allocate(capacity: capacity * width + 1)
    }

    func free() { words.deallocate() }

    /// The bytes of a block of so many states.
    static func bytes(states: Int, width: Int) -> Int { (states * width + 1) * 8 }

    @inline(__always)
    func state(_ number: Int) -> UnsafeBufferPointer<UInt64> {
        UnsafeBufferPointer(start: words + number &* width, count: width)
    }

    mutating func append(_ state: UnsafeBufferPointer<UInt64>) {
        for word in 0..<width { words[count * width + word] = state[word] }
        count += 1
    }

    /// What is there, with its checksum at a place.
    func sealed(for place: UInt64) -> UnsafeRawBufferPointer {
        words[count * width] = checksum(place)
        return UnsafeRawBufferPointer(start: words, count: Self.bytes(states: count, width: width))
    }

    mutating func read(_ count: Int, at offset: Int, of file: StateFile) throws(DiskProblem) {
        try file.read(
            offset, into: UnsafeMutableRawBufferPointer(start: words, count: Self.bytes(states: count, width: width)))
        self.count = count
        guard words[count * width] == checksum(file.place(offset)) else {
            throw DiskProblem(path: file.path, cause: .damaged("the checksum at byte \(offset) is wrong"))
        }
    }

    /// Four products of independent words at a time. The number of states is in it: a shorter block is another one. So is
    /// its place: a whole block of another file, or of another search, is damage, too.
    private func checksum(_ place: UInt64) -> UInt64 {
        var sums: (UInt64, UInt64, UInt64, UInt64) = (1, 2, place, UInt64(count))
        let total = count * width
        var word = 0
        while word + 4 <= total {
            sums.0 = Self.mix(sums.0, words[word])
            sums.1 = Self.mix(sums.1, words[word + 1])
            sums.2 = Self.mix(sums.2, words[word + 2])
            sums.3 = Self.mix(sums.3, words[word + 3])
            word += 4
        }
        while word < total {
            sums.0 = Self.mix(sums.0, words[word])
            word += 1
        }
        return Self.mix(Self.mix(sums.0, sums.1), Self.mix(sums.2, sums.3))
    }

    @inline(__always)
    private static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum ^ word).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return product.high ^ product.low &+ 0x9e37_79b9_7f4a_7c15
    }
}
