/// A set of sampled states, by number: one bit each.
struct StateSet {
    private(set) var words: ContiguousArray<UInt64> = []
    private(set) var count = 0

    mutating func insert(_ number: Int) {
        while words.count <= number / 64 { words.append(0) }
        words[number / 64] |= 1 << UInt64(number % 64)
        count += 1
    }
}

/// The sampled states that have a literal, under each renaming of elements.
struct LiteralStates {
    /// Under one renaming: those in all of some sets, and not in another one; or those in any of some sets.
    struct Block {
        let inside: [StateSet]
        let outside: StateSet?
        let isUnion: Bool

        init(inside: [StateSet], outside: StateSet?) { (self.inside, self.outside, isUnion) = (inside, outside, false) }

        init(any sets: [StateSet]) { (inside, outside, isUnion) = (sets, nil, true) }

        /// Where it is just one set.
        var only: StateSet? { inside.count == 1 && outside == nil ? inside[0] : nil }

        /// 0 where a set is not long enough.
        func word(_ index: Int) -> UInt64 {
            if isUnion { return inside.reduce(0) { $0 | (index < $1.words.count ? $1.words[index] : 0) } }
            var word = UInt64.max
            for set in inside { word &= index < set.words.count ? set.words[index] : 0 }
            if let outside, index < outside.words.count { word &= ~outside.words[index] }
            return word
        }

        /// At most so many.
        var count: Int {
            if isUnion { return inside.reduce(0) { $0 + $1.count } }
            return max(0, (inside.map(\.count).min() ?? 0) - (outside?.count ?? 0))
        }
    }

    /// Nil where no state has it.
    let blocks: [Block?]
    let count: Int

    init(_ blocks: [Block?]) {
        self.blocks = blocks
        count = blocks.reduce(0) { $0 + ($1?.count ?? 0) }
    }
}

/// Those of the sampled states that are left: words that are not 0, with their places. Most literals leave few.
struct RemainingStates {
    private var places: ContiguousArray<Int32> = []
    private var words: ContiguousArray<UInt64> = []
    /// Words a renaming.
    private let width: Int

    init(_ states: LiteralStates, width: Int) {
        self.width = width
        for (number, block) in states.blocks.enumerated() {
            guard let block else { continue }
            let start = number * width
            if let set = block.only {
                set.words.withUnsafeBufferPointer { own in
                    for index in own.indices where own[index] != 0 {
                        places.append(Int32(truncatingIfNeeded: start + index))
                        words.append(own[index])
                    }
                }
                continue
            }
            for index in 0..<width {
                let word = block.word(index)
                guard word != 0 else { continue }
                places.append(Int32(truncatingIfNeeded: start + index))
                words.append(word)
            }
        }
    }

    var isEmpty: Bool { words.isEmpty }

    /// The number of one of them, under whatever renaming.
    var first: Int? {
        places.first.map { Int($0) % width * 64 + words[0].trailingZeroBitCount }
    }

    /// How many would be left.
    func count(in states: LiteralStates) -> Int {
        var sum = 0
        forEachRun(states) { run, start, block in
            guard let set = block.only else {
                for index in run { sum &+= (words[index] & block.word(Int(places[index]) - start)).nonzeroBitCount }
                return
            }
            set.words.withUnsafeBufferPointer { own in
                places.withUnsafeBufferPointer { places in
                    words.withUnsafeBufferPointer { words in
                        for index in run {
                            let place = Int(places[index]) - start
                            if place < own.count { sum &+= (words[index] & own[place]).nonzeroBitCount }
                        }
                    }
                }
            }
        }
        return sum
    }

    /// Whether some would be left.
    func meets(_ states: LiteralStates) -> Bool {
        var meets = false
        forEachRun(states) { run, start, block in
            if meets { return }
            meets = run.contains { words[$0] & block.word(Int(places[$0]) - start) != 0 }
        }
        return meets
    }

    mutating func narrow(to states: LiteralStates) {
        var (kept, left): (ContiguousArray<Int32>, ContiguousArray<UInt64>) = ([], [])
        forEachRun(states) { run, start, block in
            for index in run {
                let place = Int(places[index]) - start
                let word =
                    words[index]
                    & (block.only.map { place < $0.words.count ? $0.words[place] : 0 } ?? block.word(place))
                if word != 0 {
                    kept.append(places[index])
                    left.append(word)
                }
            }
        }
        (places, words) = (kept, left)
    }

    /// What is left, by renaming; where no state has the literal it is passed over.
    private func forEachRun(_ states: LiteralStates, _ body: (Range<Int>, _ start: Int, LiteralStates.Block) -> Void) {
        var index = 0
        while index < places.count {
            let number = Int(places[index]) / width
            var end = index
            let limit = Int32(truncatingIfNeeded: (number + 1) * width)
            // Places ascend: the end of the run by halving.
            var (low, high) = (index, places.count)
            while low < high {
                let middle = (low + high) / 2
                if places[middle] < limit { low = middle + 1 } else { high = middle }
            }
            end = low
            if let block = states.blocks[number] { body(index..<end, number * width, block) }
            index = end
        }
    }
}
