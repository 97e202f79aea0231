/// A set of hashes that may have too many, never too few: a bit for each, in 16 times as many (Bloom, 1970, with one
/// function).
struct StateFilter: Sendable {
    private let bits: [UInt64]
    private let mask: UInt64

    init(_ hashes: [UInt64]) {
        var size: UInt64 = 1 << 12
        while size < 16 * UInt64(hashes.count) { size *= 2 }
        mask = size - 1
        var bits = Array(repeating: UInt64(0), count: Int(size / 64))
        for hash in hashes { bits[Int(hash & (size - 1) / 64)] |= 1 << (hash & 63) }
        self.bits = bits
    }

    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool { bits[Int(hash & mask / 64)] >> (hash & 63) & 1 == 1 }
}
