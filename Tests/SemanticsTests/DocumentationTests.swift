import Diagnostics
import Foundation
import Syntax
import Testing

/// The examples of the documents are specs without errors, and the tables of the reference are complete.
struct DocumentationTests {
    struct Example: CustomTestStringConvertible {
        let file: String
        let line: Int
        let text: String
        var testDescription: String { "\(file):\(line)" }
    }

    static let documents: [URL] = {
        let folder = Folders.repository
        return [folder.appendingPathComponent("README.md")]
            + Folders.files(in: folder.appendingPathComponent("docs"), ending: ".md")
    }()

    /// The blocks between ```` ```fl ```` and ```` ``` ````. Blocks of `fl-fragment` are not complete specs.
    static let examples: [Example] = documents.flatMap { document -> [Example] in
        guard let text = try? String(contentsOf: document, encoding: .utf8) else { return [] }
        var result: [Example] = []
        var block: (line: Int, lines: [Substring])?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = block {
                if line == "```" {
                    let text = open.lines.joined(separator: "\n") + "\n"
                    result.append(Example(file: document.lastPathComponent, line: open.line, text: text))
                    block = nil
                } else {
                    block = (open.line, open.lines + [line])
                }
            } else if line == "```fl" {
                block = (number + 2, [])
            }
        }
        return result
    }

    /// The examples may import each other, and the modules of the tool.
    static let library: TestLibrary = {
        var library = TestLibrary(folders: [Folders.repository.appendingPathComponent("specs")])
        for example in examples {
            guard let line = example.text.split(separator: "\n").first(where: { $0.hasPrefix("module ") }) else {
                continue
            }
            library.texts[String(line.dropFirst("module ".count))] = example.text
        }
        return library
    }()

    @Test("there are examples")
    func thereAreExamples() { #expect(Self.examples.count { $0.file == "language.md" } >= 8) }

    @Test("an example has neither errors nor warnings", arguments: examples)
    func hasNoErrors(_ example: Example) {
        let text = SourceText(name: "\(example.file):\(example.line)", text: example.text)
        #expect(FrontEnd(text, library: Self.library).rendered == "")
    }

    @Test("the reference lists every diagnostic and every word")
    func isComplete() throws {
        let reference = try String(
            contentsOf: Folders.repository.appendingPathComponent("docs/language.md"), encoding: .utf8)
        for code in DiagnosticCode.allCases {
            #expect(reference.contains("| \(code.rawValue) |"))
        }
        let words = try #require(reference.components(separatedBy: "## Words").last)
        for keyword in Keyword.allCases { #expect(words.contains("`\(keyword.rawValue)`"), "\(keyword)") }
    }
}
