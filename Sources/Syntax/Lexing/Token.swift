import Diagnostics

/// The punctuation of the language, by its spelling.
///
/// The last group is no part of the language. It is what people bring from other languages, read as one token so that
/// the parser can say what to write instead.
public enum Symbol: String, Sendable, CaseIterable {
    case leftParen = "("
    case rightParen = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case semicolon = ";"
    case colon = ":"
    case dot = "."
    case range = ".."
    case question = "?"
    case exclamation = "!"
    case arrow = "->"
    case assign = "="
    case addAssign = "+="
    case subtractAssign = "-="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case plus = "+"
    case concatenate = "++"
    case minus = "-"
    case star = "*"
    case ampersand = "&"
    case bar = "|"
    case caret = "^"
    case tilde = "~"
    case attribute = "@"

    case doubleAmpersand = "&&"
    case doubleBar = "||"
    case colonAssign = ":="
    case fatArrow = "=>"
}

public enum TokenKind: Hashable, Sendable {
    /// A name or a keyword: keywords are words whose meaning depends on where they stand.
    case word
    case number
    /// With its quotes and escapes.
    case string
    case symbol(Symbol)
    /// The `<` of `set<T>` and `bits<N>`, which is no comparison.
    case leftAngle
    /// The `>` of `set<T>` and `bits<N>`.
    case rightAngle
    /// `// …`
    case lineComment
    /// `/// …`
    case docComment
    /// `/* … */`
    case blockComment
    case endOfFile

    public var isComment: Bool {
        switch self {
        case .lineComment, .docComment, .blockComment: true
        case .word, .number, .string, .symbol, .leftAngle, .rightAngle, .endOfFile: false
        }
    }
}

/// One word, number, string, symbol or comment of a source file.
public struct Token: Hashable, Sendable {
    public let kind: TokenKind
    /// The keyword that a word spells, if any. Whether it is one here, only the parser knows.
    public let keyword: Keyword?
    public let span: Span
    /// Whether a line ends between this token and the one before it. For tokens other than comments, "the one before"
    /// is the last that is no comment. True for the first token of a file.
    public let precededByNewline: Bool
    /// Whether unreadable text, already reported, stands directly before this token or inside it.
    public let followsBadText: Bool
}
