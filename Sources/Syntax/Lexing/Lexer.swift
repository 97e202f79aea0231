import Diagnostics

/// Cuts a source text into tokens. Never fails: unreadable text is reported and skipped.
///
/// Takes time and memory proportional to the text.
public struct Lexer {
    let source: SourceID
    let text: SourceText
    var offset = 0
    var tokens: [Token] = []
    var diagnostics: [Diagnostic] = []
    /// A line has ended since the last token that is no comment.
    var newlineSinceToken = true
    /// A line has ended since the last token of any kind.
    var newlineSinceAny = true
    var sawBadText = false
    /// How many `set<` and `bits<` are open.
    var openAngles = 0

    /// All tokens of a text with its comments; the last one is `endOfFile`.
    public static func tokens(
        of id: SourceID, _ text: SourceText
    ) -> (tokens: [Token], diagnostics: [Diagnostic]) {
        var lexer = Lexer(source: id, text: text)
        lexer.run()
        return (lexer.tokens, lexer.diagnostics)
    }

    init(source: SourceID, text: SourceText) {
        self.source = source
        self.text = text
    }

    func byte(_ distance: Int = 0) -> UInt8? {
        let index = offset + distance
        return index < text.utf8.count ? text.utf8[index] : nil
    }

    func span(from start: Int) -> Span { Span(source, start, offset) }

    private mutating func run() {
        if text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
        while let next = byte() { lexOne(next) }
        append(.endOfFile, from: offset)
    }

    private mutating func lexOne(_ next: UInt8) {
        switch next {
        case UInt8(ascii: "\n"): lineEnded()
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): offset += 1
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "/"): lineComment()
        case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"): blockComment()
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
        case let letter where letter.isNamePart: word()
        default: symbol()
        }
    }

    private mutating func lineEnded() {
        offset += 1
        newlineSinceToken = true
        newlineSinceAny = true
        openAngles = 0
    }

    /// Adds the token that ends at the current offset.
    mutating func append(_ kind: TokenKind, from start: Int, keyword: Keyword? = nil) {
        let isComment = kind.isComment
        tokens.append(
            Token(
                kind: kind, keyword: keyword, span: span(from: start),
                precededByNewline: isComment ? newlineSinceAny : newlineSinceToken, followsBadText: sawBadText))
        newlineSinceAny = false
        if !isComment {
            newlineSinceToken = false
            sawBadText = false
        }
    }

    mutating func report(_ diagnostic: Diagnostic) {
        if diagnostics.count < Parser.maximumDiagnostics { diagnostics.append(diagnostic) }
    }

    private mutating func word() {
        let start = offset
        while let next = byte(), next.isNamePart { offset += 1 }
        append(.word, from: start, keyword: Keyword(rawValue: text.text(start, offset)))
    }

    private mutating func number() {
        let start = offset
        while let next = byte(), next.isNamePart { offset += 1 }
        do throws(NumberLiteral.Failure) {
            _ = try NumberLiteral.parse(text.utf8[start..<offset])
        } catch {
            sawBadText = true
            let message =
                switch error {
                case .malformed: "this is no number: write digits, `0x` and hexadecimal digits, or `0b` and 0s and 1s"
                case .tooLarge: "this number does not fit in 64 bits"
                }
            report(Diagnostic(.badNumber, message, at: span(from: start)))
        }
        append(.number, from: start)
    }

    private mutating func symbol() {
        let start = offset
        if openAngles > 0, byte() == UInt8(ascii: ">") {
            openAngles -= 1
            offset += 1
            return append(.rightAngle, from: start)
        }
        for length in [2, 1] where start + length <= text.utf8.count {
            guard let symbol = Symbol(rawValue: text.text(start, start + length)) else { continue }
            offset += length
            return append(kind(of: symbol), from: start)
        }
        badCharacters()
    }

    /// Tells the `<` of `set<` and `bits<` from the comparison; braces and `;` end what is no type after all.
    private mutating func kind(of symbol: Symbol) -> TokenKind {
        switch symbol {
        case .less:
            let before = tokens.last?.keyword
            guard before == .set || before == .bits else { return .symbol(symbol) }
            openAngles += 1
            return .leftAngle
        case .leftBrace, .rightBrace, .semicolon:
            openAngles = 0
            return .symbol(symbol)
        default:
            return .symbol(symbol)
        }
    }
}

extension UInt8 {
    /// ASCII letters, digits and `_`.
    var isNamePart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
