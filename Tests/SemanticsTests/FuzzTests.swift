import Diagnostics
import Foundation
import Syntax
import Testing

/// No input breaks the front end: it ends, soon, with a program or with an error.
@Suite(.serialized)
struct FuzzTests {
    static let library = TestLibrary(folders: [
        Folders.modules, Folders.fixtures, Folders.repository.appendingPathComponent("specs"),
    ])

    /// All specs that there are, fixtures included.
    static let samples: [SourceText] = {
        let root = Folders.repository
        let folders = [
            Folders.fixtures, root.appendingPathComponent("specs"), root.appendingPathComponent("Benchmarks/models"),
        ]
        return folders.flatMap { Folders.files(in: $0, ending: ".fl") }.compactMap { file in
            (try? Data(contentsOf: file)).map { SourceText(name: file.lastPathComponent, utf8: Array($0)) }
        }
    }()

    /// What must hold of every input: each configuration has a program or an error.
    private func tryOut(_ bytes: [UInt8], _ what: String) {
        let found = FrontEnd(SourceText(name: "fuzz.fl", utf8: bytes), library: Self.library)
        if found.programs.contains(where: { $0 == nil }) {
            #expect(
                !found.errors.isEmpty,
                "\(what): no program, and no error for\n\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("random bytes")
    func randomBytes() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<150 {
            let count = Int.random(in: 0..<400, using: &generator)
            tryOut((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }, "random bytes")
        }
    }

    @Test("specs with tokens deleted, doubled and swapped")
    func mutatedSpecs() {
        var generator = SeededGenerator(seed: 2)
        for sample in Self.samples where sample.utf8.count < 9000 {
            for _ in 0..<8 { tryOut(Mutation.tokens(of: sample, using: &generator), sample.name) }
        }
    }

    @Test("specs with a name, number or operator replaced by another one")
    func replacedTokens() {
        var generator = SeededGenerator(seed: 3)
        for sample in Self.samples where sample.utf8.count < 9000 {
            for _ in 0..<16 { tryOut(Mutation.replacement(in: sample, using: &generator), sample.name) }
        }
    }

    @Test("specs cut off anywhere")
    func truncatedSpecs() {
        var generator = SeededGenerator(seed: 4)
        for sample in Self.samples {
            let end = Int.random(in: 0...sample.utf8.count, using: &generator)
            tryOut(Array(sample.utf8[..<end]), sample.name)
        }
    }
}

/// Changed copies of a text.
enum Mutation {
    static func tokens(of source: SourceText, using generator: inout SeededGenerator) -> [UInt8] {
        var parts = parts(of: source)
        for _ in 0..<Int.random(in: 1...3, using: &generator) where parts.count > 2 {
            let index = Int.random(in: 0..<parts.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: parts.remove(at: index)
            case 1: parts.insert(parts[index], at: index)
            default: parts.swapAt(index, min(index + Int.random(in: 1...5, using: &generator), parts.count - 1))
            }
        }
        return Array(parts.joined())
    }

    /// Most of these still parse, so that they get to the checks of names and types.
    static func replacement(in source: SourceText, using generator: inout SeededGenerator) -> [UInt8] {
        var parts = parts(of: source)
        guard parts.count > 2 else { return source.utf8 }
        for _ in 0..<Int.random(in: 1...2, using: &generator) {
            let target = Int.random(in: 0..<parts.count, using: &generator)
            parts[target] = parts[Int.random(in: 0..<parts.count, using: &generator)]
        }
        return Array(parts.joined())
    }

    /// The tokens, each with the white space before it.
    private static func parts(of source: SourceText) -> [ArraySlice<UInt8>] {
        var end = 0
        return Lexer.tokens(of: SourceID(index: 0), source).tokens.map { token in
            defer { end = token.span.end }
            return source.utf8[end..<token.span.end]
        }
    }
}
