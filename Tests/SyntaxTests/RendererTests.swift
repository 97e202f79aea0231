import Testing

@testable import Diagnostics

@Suite("Renderer")
struct RendererTests {
    private func render(_ text: String, _ diagnostics: [Diagnostic], coloured: Bool = false) -> String {
        var sources = SourceMap()
        _ = sources.add(SourceText(name: "a.fl", text: text))
        _ = sources.add(SourceText(name: "b.fl", text: "other\n"))
        return Renderer(sources: sources, coloured: coloured).render(diagnostics)
    }

    private func span(_ start: Int, _ end: Int, in source: Int = 0) -> Span {
        Span(SourceID(index: source), start, end)
    }

    @Test("By file and position, those without a place first, duplicates once")
    func order() {
        let later = Diagnostic(.expected, "later", at: span(4, 5))
        let earlier = Diagnostic(.expected, "earlier", at: span(0, 1), severity: .warning)
        let other = Diagnostic(.expected, "other file", at: span(0, 5, in: 1))
        let nowhere = Diagnostic(.cannotRead, "no such file", at: nil)
        let expected = """
            error[FL0701]: no such file

            a.fl:1:1: warning[FL0104]: earlier
                 1 | one
                   | ^

            a.fl:2:1: error[FL0104]: later
                 2 | two
                   | ^

            b.fl:1:1: error[FL0104]: other file
                 1 | other
                   | ^~~~~

            """
        #expect(render("one\ntwo\n", [other, later, nowhere, earlier, later]) == expected)
    }

    @Test("A range over several lines is underlined to the end of its first")
    func severalLines() {
        let text = render("ab cd\nef\n", [Diagnostic(.expected, "x", at: span(3, 8))])
        #expect(text.hasSuffix("     1 | ab cd\n       |    ^~\n"))
    }

    @Test("Tabs, foreign characters and control characters keep the underline in place")
    func columns() {
        let text = render("\tλ\u{1B} x", [Diagnostic(.expected, "x", at: span(5, 6))])
        #expect(text == "a.fl:1:5: error[FL0104]: x\n     1 |     λ\u{FFFD} x\n       |        ^\n")
    }

    @Test("A long line is cut around the range")
    func longLine() {
        let text = "\(String(repeating: "a", count: 500)) b \(String(repeating: "c", count: 500))"
        let lines = render(text, [Diagnostic(.expected, "x", at: span(501, 502))]).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1].count <= 9 + Renderer.maximumWidth)
        #expect(lines[1].contains("…aaa") && lines[1].hasSuffix("ccc…"))
        #expect(Array(lines[1]).firstIndex(of: "b") == Array(lines[2]).firstIndex(of: "^"))
    }

    @Test("Places outside of the file and files that are not there are survived")
    func outside() {
        #expect(render("ab", [Diagnostic(.expected, "x", at: span(90, 99))]).contains("a.fl:1:3"))
        #expect(render("", [Diagnostic(.expected, "x", at: span(0, 0))]).contains("a.fl:1:1"))
        #expect(render("ab", [Diagnostic(.expected, "x", at: span(0, 1, in: 7))]) == "error[FL0104]: x\n")
    }

    @Test("Notes have places of their own, and a fix-it shows the line as it would be")
    func notesAndHelp() {
        let diagnostic = Diagnostic(
            .expected, "x", at: span(4, 7), notes: [Note("because", at: span(0, 3)), Note("a fact")],
            fixIts: [
                FixIt("write `2`", replace: span(4, 7), with: "2"), FixIt("start", replace: span(0, 0), with: "z\n"),
            ])
        let expected = """
            a.fl:2:1: error[FL0104]: x
                 2 | two
                   | ^~~
            a.fl:1:1: note: because
                 1 | one
                   | ^~~
            note: a fact
               help: write `2`
                 2 | 2
               help: start
                 1 | z
                 2 | one

            """
        #expect(render("one\ntwo\n", [diagnostic]) == expected)
    }

    @Test("Colours appear only when asked for")
    func colours() {
        let diagnostic = Diagnostic(.expected, "x", at: span(0, 1))
        #expect(!render("a", [diagnostic]).contains("\u{1B}"))
        #expect(render("a", [diagnostic], coloured: true).contains("\u{1B}[1;31merror[FL0104]:\u{1B}[0m"))
    }

    @Test("The summary counts each finding once")
    func summary() {
        let error = Diagnostic(.expected, "x", at: span(0, 1))
        let warning = Diagnostic(.expected, "y", at: span(0, 1), severity: .warning)
        let renderer = Renderer(sources: SourceMap())
        #expect(renderer.renderSummary([]) == "")
        #expect(renderer.renderSummary([error, error]) == "1 error")
        #expect(
            renderer.renderSummary([error, warning, Diagnostic(.badNumber, "z", at: nil)]) == "2 errors, 1 warning")
    }
}
