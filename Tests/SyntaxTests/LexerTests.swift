import Diagnostics
import Syntax
import Testing

@Suite("Lexer")
struct LexerTests {
    private func kinds(_ text: String) -> [TokenKind] {
        Lexer.tokens(of: SourceID(index: 0), SourceText(name: "spec.fl", text: text)).tokens.map(\.kind)
    }

    @Test("The longest symbol wins")
    func longestSymbol() {
        let expected: [TokenKind] = [
            .word, .symbol(.shiftLeft), .word, .symbol(.lessOrEqual), .word, .symbol(.concatenate), .number,
            .symbol(.range), .number, .symbol(.arrow), .word, .symbol(.notEqual), .word, .endOfFile,
        ]
        #expect(kinds("a<<b<=c++0..1->d!=e") == expected)
    }

    @Test("The angle brackets of a type are no comparison, also before `=` and `>`")
    func angles() {
        let expected: [TokenKind] = [
            .word, .leftAngle, .word, .leftAngle, .number, .rightAngle, .rightAngle, .symbol(.assign),
            .symbol(.leftBrace), .symbol(.rightBrace), .endOfFile,
        ]
        #expect(kinds("set<bits<3>>={}") == expected)
        #expect(kinds("a < b >> 1") == [.word, .symbol(.less), .word, .symbol(.shiftRight), .number, .endOfFile])
    }

    @Test("Block comments nest, and one that spans lines ends the line")
    func blockComments() {
        let tokens = Lexer.tokens(
            of: SourceID(index: 0), SourceText(name: "spec.fl", text: "a /* x /* y */\n z */ b"))
        #expect(tokens.diagnostics.isEmpty)
        #expect(tokens.tokens.map(\.kind) == [.word, .blockComment, .word, .endOfFile])
        #expect(tokens.tokens[2].precededByNewline)
    }

    @Test("Three slashes document, two and four do not")
    func slashes() {
        #expect(kinds("// a\n/// b\n//// c") == [.lineComment, .docComment, .lineComment, .endOfFile])
    }

    @Test("A byte order mark and carriage returns are white space")
    func whiteSpace() {
        #expect(kinds("\u{FEFF}module m\r\n") == [.word, .word, .endOfFile])
    }

    @Test("A run of foreign characters is one error, and the tokens around it survive")
    func foreignCharacters() {
        let result = Lexer.tokens(of: SourceID(index: 0), SourceText(name: "spec.fl", text: "a λμ b"))
        #expect(result.tokens.map(\.kind) == [.word, .word, .endOfFile])
        #expect(result.diagnostics.map(\.code) == [.badCharacter])
        #expect(result.diagnostics.first?.message == "`λμ` has no meaning here")
    }
}
