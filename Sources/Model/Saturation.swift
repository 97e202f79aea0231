extension Int {
    /// The product, or `Int.max` where it does not fit: sizes come from models that anyone may have written.
    func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum, or `Int.max` where it does not fit.
    func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

extension UInt64 {
    /// The lowest `width` bits set.
    static func lowBits(_ width: Int) -> UInt64 {
        width >= 64 ? .max : width <= 0 ? 0 : (1 << UInt64(width)) &- 1
    }

    /// How many bits the numbers `0...self` need.
    var bitsNeeded: Int { 64 - leadingZeroBitCount }
}
