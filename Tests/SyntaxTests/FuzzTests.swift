import Diagnostics
import Syntax
import Testing

/// The front end survives every input, and points only at places that exist.
@Suite("Fuzzing")
struct FuzzTests {
    /// Parses, renders and formats; checks every span that comes out.
    @discardableResult
    private func survive(_ bytes: [UInt8]) -> [Diagnostic] {
        var sources = SourceMap()
        let source = SourceText(name: "fuzz.fl", utf8: bytes)
        let id = sources.add(source)
        let result = parse(id, source)
        for diagnostic in result.diagnostics {
            let spans = [diagnostic.span] + diagnostic.notes.map(\.span) + diagnostic.fixIts.map(\.span)
            for span in spans.compactMap({ $0 }) { checkInside(span, bytes.count) }
        }
        for declaration in result.tree.declarations { checkInside(declaration.span, bytes.count) }
        #expect(!Renderer(sources: sources).render(result.diagnostics).isEmpty || result.diagnostics.isEmpty)
        if case .success(let text) = format(source) { #expect(result.diagnostics.isEmpty && !text.isEmpty) }
        return result.diagnostics
    }

    private func checkInside(_ span: Span, _ count: Int) {
        if span.start < 0 || span.end > count || span.start > span.end {
            Issue.record("\(span) lies outside of \(count) bytes")
        }
    }

    @Test("Random bytes")
    func randomBytes() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let count = Int.random(in: 0..<200, using: &generator)
            survive((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
    }

    @Test("Random words of the language")
    func randomTokens() {
        var generator = SeededGenerator(seed: 2)
        let words =
            Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue) + [
                "x", "7", "\"s\"", "\n", "_", "// c\n",
            ]
        for _ in 0..<300 {
            let count = Int.random(in: 0..<150, using: &generator)
            let text = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
            survive(Array(("module m\nprocess p { " + text.joined(separator: " ")).utf8))
            survive(Array(("module m\n" + text.joined(separator: " ")).utf8))
        }
    }

    @Test("Designs with tokens deleted, doubled and swapped")
    func mutatedDesigns() throws {
        var generator = SeededGenerator(seed: 3)
        for design in try Samples.designs() {
            for _ in 0..<15 { survive(Mutation.someTokens(in: design, using: &generator)) }
        }
    }

    @Test("Designs cut off at every 37th byte")
    func truncatedDesigns() throws {
        for design in try Samples.designs() {
            for end in stride(from: 0, to: design.utf8.count, by: 37) { survive(Array(design.utf8[..<end])) }
        }
    }

    @Test(
        "Nesting and chains of any length end in FL0106",
        arguments: [
            ("fun f(): int = ", "("), ("fun f(): int = ", "{"), ("fun f(): int = ", "a["), ("fun f(): int = ", "f("),
            ("fun f(): int = ", "not "), ("fun f(): int = ", "-"), ("fun f(): int = ", "if a { "),
            ("fun f(): int = ", "if "), ("fun f(): int = ", "match a { b: "), ("fun f(): int = ", "all x in S: "),
            ("fun f(): int = ", "R { a: "), ("fun f(): int = ", "bits<3>("), ("fun f(): int = ", "a implies "),
            ("fun f(): int = a", " + a"), ("fun f(): int = a", " and a"), ("fun f(): int = a", ".b"),
            ("fun f(): int = a", "[0]"), ("fun f(): int = a", "!"), ("fun f(): int = a", "()"),
            ("fun f(): int = a", " with { b: 1 }"), ("fun f(): int = if a { 1 }", " else if a { 1 }"),
            ("var a: ", "set<"), ("var a: T", "?"), ("var a: ", "("), ("process p { ", "if a { "),
            ("process p { ", "loop { "), ("process p { ", "match a { b: "), ("process p { ", "either { "),
            ("process p { ", "{ "), ("process p { if a { }", " else if a { }"), ("fun f(): int = a is ", "b("),
            ("process p { match a { ", "b("),
        ])
    func deepNesting(head: String, unit: String) {
        for count in [150, 1000, 8000] {
            let text = "module m\n" + head + String(repeating: unit, count: count)
            let diagnostics = survive(Array(text.utf8))
            if count > 700 { #expect(diagnostics.contains { $0.code == .tooDeep }, "\(unit)") }
        }
    }

    @Test("Chains that people write are no nesting")
    func ordinaryChains() {
        let chain = Array(repeating: "a == b", count: 400).joined(separator: "\n    and ")
        #expect(parsed("module m\nfun f(): bool = \(chain)\n").diagnostics.isEmpty)
    }

    @Test("Huge literals, names, lines and lists")
    func hugeTokens() {
        let zeros = String(repeating: "9", count: 100_000)
        survive(Array("module m\nvar a: 0..\(zeros) = 0x\(zeros)".utf8))
        survive(Array("module m\nvar a\(zeros): bool".utf8))
        survive(Array("module m\nprocess p { fail \"\(zeros)\" }".utf8))
        survive(Array("module m\nprocess p { fail \"\(zeros)".utf8))
        survive(Array("module m\n/* \(String(repeating: "/*", count: 50_000))".utf8))
        survive(Array("module m\nenum E { \(String(repeating: "a,", count: 20_000)) }".utf8))
        survive(Array("module m\n\(String(repeating: "\n// c", count: 20_000))".utf8))
    }
}
