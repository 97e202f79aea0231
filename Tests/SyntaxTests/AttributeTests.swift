import Diagnostics
import Foundation
import Syntax
import Testing

struct AttributeTests {
    private let spec = """
        module m

        /// Why it is there.
        @c("mm/memory.c", "do_swap_page")
        @allow(unreached, "later")
        handler h() {
            @allow(unreached, "an error path")
            await x
            match y {
                none:
                    @c("a.c", "f", "0123")
                    y = some(1)
                    await x
            }
        }
        """

    @Test("attributes belong to the declaration or statement after them")
    func targets() {
        let (tree, diagnostics) = parsed(spec)
        #expect(diagnostics == [])
        #expect(tree.attributes.map(\.name.text) == ["c", "allow", "allow", "c"])
        let targets = tree.attributes.map { text($0.target.start, $0.target.end).prefix(9) }
        #expect(targets == ["handler h", "handler h", "await x", "y = some("])
        #expect(tree.declarations[0].documentation == ["Why it is there."])
        #expect(tree.attributes[3].arguments.map(\.kind) == [.string("a.c"), .string("f"), .string("0123")])
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(decoding: Array(spec.utf8)[start..<end], as: UTF8.self)
    }

    @Test("the formatter gives each attribute the indentation of what it belongs to")
    func formatting() throws {
        let crooked = spec.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.drop { $0 == " " }) }.joined(separator: "\n")
            .replacingOccurrences(of: "@c(\"a.c\", ", with: "@ c (\"a.c\" ,")
        #expect(try formatted(crooked) == formatted(spec))
        #expect(try formatted(spec) == spec + "\n")
    }

    private func formatted(_ text: String) throws -> String {
        try format(SourceText(name: "spec.fl", text: text)).get()
    }

    @Test("an attribute before nothing is refused")
    func nothing() {
        for text in ["module m\n@allow(unreached, \"x\")\n", "module m\ninit {\n    @c(\"a\", \"b\")\n}\n"] {
            #expect(parsed(text).diagnostics.map(\.code) == [.misplacedStatement], "\(text)")
        }
        let arm =
            "module m\ninit {\n    match x {\n        none: y = 1\n        @c(\"a\", \"b\")\n        some(_): y = 2\n    }\n}\n"
        #expect(parsed(arm).diagnostics.map(\.code) == [.misplacedStatement])
    }

    @Test("a brace that is missing above an attributed declaration is named")
    func missingBrace() {
        let text = "module m\ninit {\n    x = 1\n@c(\"a\", \"b\")\nhandler h() {\n    y = 1\n}\n"
        #expect(parsed(text).diagnostics.map(\.code) == [.unbalanced])
    }

    @Test("mistakes inside an attribute give one diagnostic each")
    func mistakes() {
        for text in ["@", "@c(", "@c(1)", "@c(\"a\" \"b\")", "@(\"a\")", "@c(\"a\",,)"] {
            let codes = parsed("module m\n\(text)\ninit {\n    x = 1\n}\n").diagnostics.map(\.code)
            #expect(codes.count == 1, "\(text): \(codes)")
        }
    }
}
