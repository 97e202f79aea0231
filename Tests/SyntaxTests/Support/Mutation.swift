import Diagnostics
import Syntax

/// Changed copies of a text.
enum Mutation {
    /// Deletes, doubles or swaps some tokens.
    static func someTokens(in source: SourceText, using generator: inout SeededGenerator) -> [UInt8] {
        var parts = parts(of: source)
        for _ in 0..<Int.random(in: 1...4, using: &generator) where parts.count > 2 {
            let index = Int.random(in: 0..<parts.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: parts.remove(at: index)
            case 1: parts.insert(parts[index], at: Int.random(in: 0..<parts.count, using: &generator))
            default: parts.swapAt(index, Int.random(in: 0..<parts.count, using: &generator))
            }
        }
        return Array(parts.joined())
    }

    /// Replaces white space by other white space, which breaks and joins lines.
    static func anyWhiteSpace(in source: SourceText, using generator: inout SeededGenerator) -> String {
        let choices = ["  ", "\t", "\n", "\n\n\n", " /* x */ ", " // y\n", " \n "]
        var parts = parts(of: source).map { String(decoding: $0, as: UTF8.self) }
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let index = Int.random(in: 1..<parts.count, using: &generator)
            let choice = choices[Int.random(in: 0..<choices.count, using: &generator)]
            parts.insert(choice, at: index)
        }
        return parts.joined()
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
