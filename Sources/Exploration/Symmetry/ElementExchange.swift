// Unsafe code: applied to the successors of a search, in place.

/// The renaming that exchanges two elements of a sort, as operations on whole words.
struct ElementExchange {
    /// Bits of two words that change places. The words may be the same.
    private struct Swap: BitwiseCopyable {
        let first: Int
        let second: Int
        /// How the bits of the second come to where those of the first are; one of the two is 0.
        let right: UInt64
        let left: UInt64
        var mask: UInt64

        @inline(__always)
        func difference(_ words: UnsafePointer<UInt64>) -> UInt64 {
            (words[first] ^ (words[second] &>> right) &<< left) & mask
        }
    }

    let x: Int
    let y: Int
    private let swaps: UnsafeMutableBufferPointer<Swap>

    init(_ plan: SymmetryPlan, sort: Int, _ x: Int, _ y: Int) {
        self.x = x
        self.y = y
        var renaming = Renaming(sizes: plan.sizes)
        renaming[sort, x] = y
        renaming[sort, y] = x
        var list: [Swap] = []
        for cell in plan.cells {
            let image = plan.image(of: cell, renaming)
            guard (cell.word, cell.shift) < (image.word, image.shift) else { continue }
            let right = image.shift > cell.shift ? image.shift - cell.shift : 0
            let left = image.shift < cell.shift ? cell.shift - image.shift : 0
            let mask = cell.mask << cell.shift
            if let same = list.firstIndex(where: {
                $0.first == cell.word && $0.second == image.word && $0.right == right && $0.left == left
            }) {
                list[same].mask |= mask
            } else {
                list.append(Swap(first: cell.word, second: image.word, right: right, left: left, mask: mask))
            }
        }
        swaps = .allocate(capacity: list.count)
        _ = swaps.initialize(from: list)
    }

    func free() { swaps.deallocate() }

    /// Whether both have the same in their cells.
    @inline(__always)
    func swapsNothing(_ words: UnsafePointer<UInt64>) -> Bool {
        for swap in swaps where swap.difference(words) != 0 { return false }
        return true
    }

    /// Adds the bits that ``swapsNothing(_:)`` reads.
    func noteBits(_ bits: UnsafeMutablePointer<UInt64>) {
        for swap in swaps {
            bits[swap.first] |= swap.mask
            bits[swap.second] |= (swap.mask << swap.right) >> swap.left
        }
    }

    @inline(__always)
    func apply(_ words: UnsafeMutablePointer<UInt64>, _ mentions: ElementMentions) {
        for swap in swaps {
            let difference = swap.difference(words)
            words[swap.first] ^= difference
            words[swap.second] ^= (difference &<< swap.right) &>> swap.left
        }
        let change = UInt64(x ^ y)
        for slot in mentions.slots where slot.isPresent(in: words) {
            let element = slot.element(in: words)
            if element == UInt64(x) || element == UInt64(y) { words[slot.word] ^= change &<< slot.shift }
        }
        for set in mentions.sets {
            let bits = set.bits(in: words)
            let difference = (bits &>> UInt64(x) ^ bits &>> UInt64(y)) & 1
            words[set.word] ^= (difference &<< UInt64(x) | difference &<< UInt64(y)) &<< set.shift
        }
    }
}
