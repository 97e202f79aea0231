import Model

/// The initial states from which walks start. Of very many a random sample is kept; the same for each seed.
struct WalkStarts: Sendable {
    private var words: [UInt64] = []
    private let width: Int
    private var random: SplitMix
    /// How many are kept.
    private(set) var count = 0
    /// How many there were.
    private(set) var total = 0

    private static let most = 1 << 20

    init(width: Int, seed: UInt64) {
        self.width = width
        // No walk has this number.
        random = SplitMix(seed: seed, stream: .max)
    }

    mutating func add(_ state: UnsafeBufferPointer<UInt64>) {
        total += 1
        if count < Self.most {
            words += state
            count += 1
            return
        }
        let place = random.index(below: total)
        guard place < count else { return }
        words.replaceSubrange(place * width..<(place + 1) * width, with: state)
    }

    /// Copies one of them.
    @inline(__always)
    func copy(_ number: Int, to state: UnsafeMutablePointer<UInt64>) {
        words.withUnsafeBufferPointer { words in
            guard let words = words.baseAddress else { return }
            state.update(from: words + number * width, count: width)
        }
    }
}
