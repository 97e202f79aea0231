/// SplitMix64: a small generator of random numbers. The same seed and stream give the same numbers everywhere.
struct SplitMix {
    private var state: UInt64
    private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Each walk has a stream of its own. Mixing keeps neighbouring seeds and streams from being shifted copies.
    init(seed: UInt64, stream: UInt64) {
        state = Self.mixed(Self.mixed(seed &+ Self.step) ^ Self.mixed(stream &+ 2 &* Self.step))
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        state &+= Self.step
        return Self.mixed(state)
    }

    /// Uniform below `count`, which is positive.
    @inline(__always)
    mutating func index(below count: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: count)).high)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ z &>> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z &>> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z &>> 31
    }
}
