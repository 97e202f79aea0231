/// The value of a number as written: decimal, `0x…` or `0b…`, with `_` between digits.
struct NumberLiteral: Hashable, Sendable {
    let value: UInt64
    /// The bits that the digits of a `0x` or `0b` number stand for; 0 for decimal numbers.
    let bitWidth: Int

    enum Failure: Error {
        case malformed
        case tooLarge
    }

    /// Reads a whole number.
    static func parse(_ bytes: some Collection<UInt8>) throws(Failure) -> NumberLiteral {
        if bytes.starts(with: Array("0x".utf8)) { return try parse(bytes.dropFirst(2), bitsPerDigit: 4) }
        if bytes.starts(with: Array("0b".utf8)) { return try parse(bytes.dropFirst(2), bitsPerDigit: 1) }
        return try parse(bytes, bitsPerDigit: 0)
    }

    private static func parse(_ digits: some Collection<UInt8>, bitsPerDigit: Int) throws(Failure) -> NumberLiteral {
        let base: UInt64 = bitsPerDigit == 0 ? 10 : 1 << UInt64(bitsPerDigit)
        var value: UInt64 = 0
        var count = 0
        var overflows = false
        for byte in digits where byte != UInt8(ascii: "_") {
            guard let digit = digitValue(byte), digit < base else { throw .malformed }
            let (product, tooHigh) = value.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(digit)
            value = sum
            overflows = overflows || tooHigh || carry
            count += 1
        }
        guard count > 0 else { throw .malformed }
        guard !overflows, count * bitsPerDigit <= 64 else { throw .tooLarge }
        return NumberLiteral(value: value, bitWidth: count * bitsPerDigit)
    }

    private static func digitValue(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
