/// Says every few milliseconds that it is time to look whether a search must stop, at the price of a countdown a state:
/// a state may take a microsecond, or a second.
struct Watch {
    private var left = 1
    private var interval = 1
    private var last = ContinuousClock.now
    private static let longest = 1 << 12

    /// Asked once for each state.
    var isDue: Bool {
        @inline(__always) mutating get {
            left &-= 1
            return left == 0 && look()
        }
    }

    @inline(never)
    private mutating func look() -> Bool {
        let now = ContinuousClock.now
        let elapsed = now - last
        last = now
        if elapsed < .milliseconds(2) {
            interval = min(2 * interval, Self.longest)
        } else if elapsed > .milliseconds(10) {
            interval = max(1, interval / 4)
        }
        left = interval
        return true
    }
}
