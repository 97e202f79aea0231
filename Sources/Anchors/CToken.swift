/// The tokens of a C text as far as citing a function needs them: words, numbers, strings and single signs.
///
/// White space, comments and joined lines (`\` at the end of a line) are left out.
struct CToken: Hashable {
    enum Kind: Hashable {
        case word
        /// A string or a character, with its quotes.
        case quoted
        /// A number, or a sign of one character.
        case other
    }

    let kind: Kind
    let text: String
    /// Whether it is the `#` that begins a preprocessor line.
    let beginsDirective: Bool
    /// Whether it stands on a preprocessor line.
    let isInDirective: Bool
    /// From 1.
    let line: Int

    func isSign(_ sign: Character) -> Bool { kind == .other && text.count == 1 && text.first == sign }
}

/// Cuts a C text into tokens. Never fails: an open comment or string ends with the text.
///
/// Cost: linear in the text.
struct CLexer {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var isInDirective = false
    private var isAtLineStart = true
    private var tokens: [CToken] = []

    static func tokens(of bytes: [UInt8]) -> [CToken] {
        var lexer = CLexer(bytes: bytes)
        while lexer.offset < bytes.count { lexer.lexOne() }
        return lexer.tokens
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func byte(_ distance: Int = 0) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    private mutating func lexOne() {
        let next = bytes[offset]
        switch next {
        case UInt8(ascii: "\n"): endLine()
        case UInt8(ascii: "\\") where joinsLines: skipJoin()
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C: offset += 1
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): skipLineComment()
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): skipBlockComment()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quoted(next)
        case let byte where byte.isWordPart: word()
        default: take(.other, length: 1)
        }
    }

    private mutating func endLine() {
        offset += 1
        line += 1
        isInDirective = false
        isAtLineStart = true
    }

    private var joinsLines: Bool {
        byte(1) == UInt8(ascii: "\n") || (byte(1) == UInt8(ascii: "\r") && byte(2) == UInt8(ascii: "\n"))
    }

    private mutating func skipJoin() {
        offset += byte(1) == UInt8(ascii: "\n") ? 2 : 3
        line += 1
    }

    private mutating func skipLineComment() {
        while let next = byte(), next != UInt8(ascii: "\n") {
            if next == UInt8(ascii: "\\"), joinsLines { skipJoin() } else { offset += 1 }
        }
    }

    private mutating func skipBlockComment() {
        offset += 2
        while let next = byte() {
            if next == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
                offset += 2
                return
            }
            if next == UInt8(ascii: "\n") { line += 1 }
            offset += 1
        }
    }

    /// Ends with its line, where the closing quote is missing: an apostrophe in the text of an `#error`.
    private mutating func quoted(_ quote: UInt8) {
        var length = 1
        while let next = byte(length), next != UInt8(ascii: "\n") {
            length += 1
            if next == quote { break }
            if next == UInt8(ascii: "\\"), byte(length) != nil, byte(length) != UInt8(ascii: "\n") { length += 1 }
        }
        take(.quoted, length: length)
    }

    private mutating func word() {
        var length = 1
        while let next = byte(length), next.isWordPart { length += 1 }
        take(bytes[offset].isDigit ? .other : .word, length: length)
    }

    /// Bytes that are no UTF-8 are taken for Latin-1, so that different ones differ.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(validating: bytes, as: UTF8.self)
            ?? bytes.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
    }

    private mutating func take(_ kind: CToken.Kind, length: Int) {
        let text = Self.text(bytes[offset..<offset + length])
        let beginsDirective = isAtLineStart && text == "#"
        if beginsDirective { isInDirective = true }
        tokens.append(
            CToken(
                kind: kind, text: text, beginsDirective: beginsDirective, isInDirective: isInDirective, line: line))
        isAtLineStart = false
        offset += length
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// Letters, digits, `_`, `$`, and whatever is not ASCII.
    fileprivate var isWordPart: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "$") || self >= 0x80
    }
}
