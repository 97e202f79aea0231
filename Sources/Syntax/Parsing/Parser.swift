import Diagnostics

/// Reads one file.
///
/// Never fails: what can't be understood becomes an `error` node with a diagnostic, and reading goes on with the next
/// statement or declaration. Takes time and memory proportional to the text. Reports at most
/// 100 errors: a file with more is no spec.
public func parse(_ id: SourceID, _ text: SourceText) -> (tree: FileTree, diagnostics: [Diagnostic]) {
    let lexed = Lexer.tokens(of: id, text)
    var parser = Parser(source: id, text: text, tokens: lexed.tokens)
    let tree = parser.file()
    let diagnostics = (lexed.diagnostics + parser.diagnostics).sorted { a, b in
        (a.span?.start ?? 0, a.span?.end ?? 0) < (b.span?.start ?? 0, b.span?.end ?? 0)
    }
    return (tree, Array(diagnostics.prefix(Parser.maximumDiagnostics)))
}

/// Reads one setting that stands alone, as on a command line: the text from a byte offset to its end.
public func parseSetting(
    _ id: SourceID, _ text: SourceText, from offset: Int
) -> (setting: SettingTree, diagnostics: [Diagnostic]) {
    let lexed = Lexer.tokens(of: id, text)
    var parser = Parser(source: id, text: text, tokens: lexed.tokens)
    while !parser.atEnd, parser.current.span.start < offset { parser.advance() }
    let setting = parser.loneSetting()
    return (setting, lexed.diagnostics + parser.diagnostics)
}

/// The state of a recursive descent over the tokens of one file. Each construct has its own file `Parser+….swift`.
///
/// After an error the parser *panics*: every function returns at once, without reporting anything more, until the
/// enclosing statement, item or declaration has skipped to its end.
struct Parser {
    let source: SourceID
    let text: SourceText
    /// The tokens that are no comments, the last of which is `endOfFile`.
    let tokens: [Token]
    /// The `///` lines directly before a token, by the token's index.
    var documentation: [Int: [String]]

    var position = 0
    var diagnostics: [Diagnostic] = []
    /// What the formatter wants to know about the tokens.
    var layout = Layout()
    /// Those read so far.
    var attributes: [AttributeTree] = []
    /// The token that begins the innermost statement, declaration or item begun last.
    var itemStart = 0
    var isPanicking = false
    /// Set once the nesting is too deep: nothing further is read or reported.
    var isAbandoned = false

    /// How many brackets and constructs are open around the current token.
    var depth = 0
    /// The height of the expression read last.
    var height = 0
    /// The greatest height of the expressions read so far inside the construct around them.
    var siblingHeight = 0

    /// Inside `( )` and `[ ]`, where a line may end anywhere.
    var ignoresNewlines = false
    /// Whether `Name {` begins a record.
    var records = Records.anywhere
    /// Whether `=` ends the expression, as on the left of an assignment. Elsewhere it is a mistake for `==`.
    var endsAtAssignment = false

    enum Records {
        case anywhere
        /// In the head of a statement `{` begins its block, but where a field follows.
        case withFields
        /// In the head of a `match` `{` begins its cases, which look like fields.
        case nowhere
    }

    /// Nesting beyond this is refused, so that no input exhausts the stack here or in what walks the tree later.
    static let maximumDepth = 200
    static let maximumDiagnostics = 100
    /// Long chains (`a + b + …`) make trees as high as they are long; the same reason.
    static let maximumHeight = 600

    init(source: SourceID, text: SourceText, tokens all: [Token]) {
        self.source = source
        self.text = text
        var tokens: [Token] = []
        var documentation: [Int: [String]] = [:]
        var pending: [String] = []
        for token in all {
            switch token.kind {
            case .docComment: pending.append(Parser.documentationLine(text.text(token.span.start, token.span.end)))
            case .lineComment, .blockComment: pending = []
            case .word, .number, .string, .symbol, .leftAngle, .rightAngle, .endOfFile:
                if !pending.isEmpty { documentation[tokens.count] = pending }
                pending = []
                tokens.append(token)
            }
        }
        if tokens.last?.kind != .endOfFile {
            let end = Span(source, text.utf8.count, text.utf8.count)
            tokens.append(
                Token(kind: .endOfFile, keyword: nil, span: end, precededByNewline: true, followsBadText: false))
        }
        self.tokens = tokens
        self.documentation = documentation
    }

    private static func documentationLine(_ comment: String) -> String {
        let text = comment.dropFirst(3)
        return String(text.first == " " ? text.dropFirst() : text)
    }
}
