import Diagnostics
import Syntax
import Testing

/// What people see when they make a mistake.
@Suite("Syntax diagnostics")
struct DiagnosticTests {
    /// A mistake for each code of the group 01, and what is said about it.
    static let fixtures: [(code: DiagnosticCode, source: String, expected: String)] = [
        (
            .badCharacter, "module m\nvar a$: bool",
            """
            spec.fl:2:6: error[FL0101]: `$` has no meaning here
                 2 | var a$: bool
                   |      ^

            """
        ),
        (
            .unterminated, "module m\ninit {\n    fail \"no\n}",
            """
            spec.fl:3:10: error[FL0102]: this text does not end; `"` is missing before the end of the line
                 3 |     fail "no
                   |          ^~~

            """
        ),
        (
            .badNumber, "module m\ntype T = 0..18446744073709551616",
            """
            spec.fl:2:13: error[FL0103]: this number does not fit in 64 bits
                 2 | type T = 0..18446744073709551616
                   |             ^~~~~~~~~~~~~~~~~~~~

            """
        ),
        (
            .expected, "module m\nvar a:\nvar b: bool",
            """
            spec.fl:2:7: error[FL0104]: expected a type after `:`
                 2 | var a:
                   |       ^

            """
        ),
        (
            .unbalanced, "module m\nprocess p {\n    if a {\n        b()\n}\nvar c: bool",
            """
            spec.fl:5:2: error[FL0105]: `}` is missing
                 5 | }
                   |  ^
            spec.fl:2:11: note: `{` is opened here
                 2 | process p {
                   |           ^

            """
        ),
        (
            .tooDeep, "module m\nfun f(): int = \(String(repeating: "(", count: 201))",
            """
            spec.fl:2:216: error[FL0106]: this is nested too deeply; give parts of it names of their own
                 2 | …\(String(repeating: "(", count: 61))
                   | \(String(repeating: " ", count: 61))^

            """
        ),
        (
            .assignOrCompare, "module m\nprocess p { await a = 1 }",
            """
            spec.fl:2:21: error[FL0110]: `=` assigns; did you mean `==`?
                 2 | process p { await a = 1 }
                   |                     ^
               help: replace `=` with `==`
                 2 | process p { await a == 1 }

            """
        ),
    ]

    @Test("Each code has its text", arguments: fixtures.indices)
    func fixture(index: Int) {
        let fixture = DiagnosticTests.fixtures[index]
        #expect(rendered(fixture.source) == fixture.expected)
        #expect(parsed(fixture.source).diagnostics.map(\.code) == [fixture.code])
    }

    @Test("No code of the group is without a fixture")
    func complete() {
        // FL0120 needs to know which names are in scope, which the parser does not.
        let group = Set(DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix("FL01") && $0 != .patternReusesName })
        #expect(Set(DiagnosticTests.fixtures.map(\.code)) == group)
    }

    @Test("What is said about common mistakes", arguments: Mistakes.all.indices)
    func mistake(index: Int) {
        let mistake = Mistakes.all[index]
        let result = parsed("module m\n" + mistake.source)
        #expect(result.diagnostics.map(\.message) == mistake.messages, "\(mistake.source)")
        for fixed in mistake.fixed {
            #expect(applyFixIts(of: result.diagnostics, to: "module m\n" + mistake.source) == "module m\n" + fixed)
        }
    }

    private func applyFixIts(of diagnostics: [Diagnostic], to text: String) -> String {
        var bytes = Array(text.utf8)
        for fixIt in diagnostics.flatMap(\.fixIts).sorted(by: { $0.span > $1.span }) {
            bytes.replaceSubrange(fixIt.span.start..<fixIt.span.end, with: Array(fixIt.replacement.utf8))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("Several mistakes in one file are all reported, each once")
    func several() {
        let text = """
            module m
            var a bool
            process p {
                if b = 1 { c() d() }
                lokc e
                f(
            }
            handler () { }
            invariant i { x +  }
            """
        let lines = parsed(text).diagnostics.map { diagnostic -> String in
            let prefix = text.utf8.prefix(diagnostic.span?.start ?? 0)
            return "\(prefix.count { $0 == UInt8(ascii: "\n") } + 1) \(diagnostic.code.rawValue)"
        }
        #expect(
            lines == [
                "2 FL0104", "4 FL0110", "4 FL0104", "5 FL0104", "6 FL0105", "8 FL0104", "9 FL0104",
            ])
    }

    @Test("A statement after a broken one is still read")
    func recovery() {
        let result = parsed("module m\nprocess p {\n    let = 3\n    x = 1\n}\nvar y: bool")
        #expect(result.diagnostics.count == 1)
        guard case .process(_, _, _, _, _, _, let body) = result.tree.declarations.first?.kind else {
            Issue.record("no process")
            return
        }
        #expect(body.statements.last.map { TreeText.of($0) } == "x = 1")
        #expect(result.tree.declarations.count == 2)
    }

    @Test("`module` misspelt is one error")
    func misspeltModule() {
        let diagnostics = parsed("modul m\nimport a\nvar b: bool").diagnostics
        #expect(diagnostics.map(\.message) == ["`modul` has no meaning here; did you mean `module`?"])
    }

    @Test("Imports stand anywhere among the declarations")
    func imports() {
        let result = parsed("module m\nvar b: bool\nimport a\nvar c: bool")
        #expect(result.diagnostics.isEmpty)
        #expect(result.tree.imports.count == 1)
        #expect(result.tree.declarations.count == 2)
    }

    @Test("A line that begins with a minus is explained")
    func leadingMinus() {
        let diagnostics = parsed("module m\ninit {\n    a = b\n    - c\n}").diagnostics
        #expect(diagnostics.map(\.message) == ["expected a statement; a value alone does nothing"])
        #expect(diagnostics.first?.notes.first?.message.contains("begins with `-`") == true)
    }

    @Test("No more than a hundred errors are reported")
    func manyErrors() {
        #expect(parsed("module m\n" + String(repeating: "var a\n", count: 500)).diagnostics.count == 100)
        #expect(parsed("module m\n" + String(repeating: "$ ", count: 500)).diagnostics.count == 100)
    }

    @Test("The declarations after a missing brace are still read")
    func missingBrace() {
        let result = parsed("module m\nhandler f() {\n    if a {\n        b()\nhandler g() { c() }\n")
        #expect(result.diagnostics.map(\.code) == [.unbalanced])
        #expect(result.tree.declarations.count == 2)
    }
}
