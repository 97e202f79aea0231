import Diagnostics
import Syntax
import Testing

@Suite("Formatter")
struct FormatterTests {
    private func formatted(_ text: String) throws -> String {
        try format(SourceText(name: "spec.fl", text: text)).get()
    }

    /// The tokens that are no comments, as written, with the line breaks before them.
    private func code(_ text: String) -> [String] {
        let source = SourceText(name: "spec.fl", text: text)
        return Lexer.tokens(of: SourceID(index: 0), source).tokens.filter { !$0.kind.isComment }.map {
            ($0.precededByNewline ? "\n" : "") + source.text($0.span.start, $0.span.end)
        }
    }

    private func comments(_ text: String) -> [String] {
        let source = SourceText(name: "spec.fl", text: text)
        return Lexer.tokens(of: SourceID(index: 0), source).tokens.filter(\.kind.isComment).map {
            source.text($0.span.start, $0.span.end).split(separator: " ").joined(separator: " ")
        }
    }

    @Test("Indentation, spaces, blank lines and trailing comments are normalised")
    func everything() throws {
        let source = """
            module   m


            // about x
            var x [ m:Mm ]:set< T >={ }  guarded by  l[ m ]// one
            var longer : 0 .. 7=-1 // two

            handler f ( a:T ,b : place U )->V?{
            let y=x [ a ] [ 7 : 0 ]++ - 1;  z ( )
              if a==( R{b:1} ).c and not (d ) {
                    e = { p in P where q } - { r,s }
              }
               else { g=bits<3> ( h )! }
            match y { none : { }
            mapped( o,_ ):
            // inside
            k()
            l( m,
            n )
            _: o = p
            or q }
            // last
            }
            invariant i{all a in A:
            b
            c is not {}}
            """ + "\n\n\n"
        let expected = """
            module m

            // about x
            var x[m: Mm]: set<T> = {} guarded by l[m]  // one
            var longer: 0..7 = -1                      // two

            handler f(a: T, b: place U) -> V? {
                let y = x[a][7:0] ++ -1; z()
                if a == (R { b: 1 }).c and not (d) {
                    e = {p in P where q} - {r, s}
                }
                else { g = bits<3>(h)! }
                match y { none: {}
                    mapped(o, _):
                        // inside
                        k()
                        l(m,
                            n)
                    _: o = p
                            or q }
                // last
            }
            invariant i { all a in A:
                    b
                c is not {} }

            """
        #expect(try formatted(source) == expected)
    }

    @Test("Comments of every kind stay, also inside of lines")
    func comments() throws {
        let source = "module m /* a */ // b  \n/* c\n   d  \n*/\nvar /* e */ x: bool /// f\n\n/// g"
        let expected = "module m /* a */  // b\n/* c\n   d\n*/\nvar /* e */ x: bool  /// f\n\n/// g\n"
        #expect(try formatted(source) == expected)
    }

    @Test("A long line does not push the comments of its neighbours away")
    func longLine() throws {
        let long = "var \(String(repeating: "x", count: 90)): bool"
        let source = "module m\nvar a: bool // a\n\(long) // b\nvar bc: bool // c"
        let expected = "module m\nvar a: bool   // a\n\(long)  // b\nvar bc: bool  // c\n"
        #expect(try formatted(source) == expected)
    }

    @Test("A text with syntax errors is refused with its diagnostics")
    func refused() {
        guard case .failure(let failure) = format(SourceText(name: "spec.fl", text: "module m\nvar")) else {
            Issue.record("formatted")
            return
        }
        #expect(failure.diagnostics.map(\.code) == [.expected])
    }

    @Test("The designs keep their tokens, lines and comments, and formatting twice changes nothing")
    func designs() throws {
        for design in try Samples.designs() {
            let text = String(decoding: design.utf8, as: UTF8.self)
            let once = try formatted(text)
            #expect(code(once) == code(text), "\(design.name)")
            #expect(comments(once) == comments(text), "\(design.name)")
            #expect(try formatted(once) == once, "\(design.name)")
        }
    }

    @Test("Whatever still parses after a mutation formats to a fixed point with the same tokens")
    func mutations() throws {
        var generator = SeededGenerator(seed: 7)
        var checked = 0
        for design in try Samples.designs() {
            for _ in 0..<20 {
                let mutant = Mutation.anyWhiteSpace(in: design, using: &generator)
                guard let once = try? formatted(mutant) else { continue }
                checked += 1
                #expect(code(once) == code(mutant), "\(design.name)")
                #expect(try formatted(once) == once, "\(design.name)")
            }
        }
        #expect(checked > 100)
    }
}
