import Foundation
import Model
import ModelTestSupport
import Testing

@testable import NativeCode

/// Mistakes that are planted in the emitted code. One that is not noticed is a hole in the comparison.
@Suite("Defects of the emitter")
struct DefectTests {
    struct Defect: Sendable, CustomStringConvertible {
        let description: String
        let pattern: String
        let replacement: String
    }

    static let defects = [
        Defect(description: "choices at another place in the label", pattern: #"<< 40;"#, replacement: "<< 41;"),
        Defect(
            description: "no room for the last choice", pattern: #" \* \d+ull \+ (c\d+)\) << 40"#,
            replacement: " + $1) << 40"),
        Defect(description: "one successor too many", pattern: #"if \(n < room\)"#, replacement: "if (n <= room)"),
        Defect(
            description: "counting stops where room ends", pattern: #"n \+= (\d+);"#,
            replacement: "n += n < room ? $1 : 0;"),
        Defect(description: "checks are ignored", pattern: #"goto violation;"#, replacement: ";"),
        Defect(description: "a failed check ends the path", pattern: #"goto violation;"#, replacement: "continue;"),
        Defect(description: "no fault for an index", pattern: #"if \(x\d+ >= \d+ull\) goto fault;"#, replacement: ";"),
        Defect(description: "an index one too large", pattern: #"(if \(x\d+) >= "#, replacement: "$1 > "),
        Defect(description: "no fault for a value", pattern: #"if \(v\d+ > [^)]*\) goto fault;"#, replacement: ";"),
        Defect(description: "no fault for a location", pattern: #"default: goto fault;"#, replacement: "default: ;"),
        Defect(description: "comparisons without signs", pattern: #"\(S\)"#, replacement: ""),
        Defect(
            description: "shifts as those of the machine", pattern: #"y < 64 \? x << y : 0"#,
            replacement: "x << (y & 63)"),
        Defect(description: "a wrong number of ones", pattern: #"x >> 4\) & 0x0f"#, replacement: "x >> 4) & 0x07"),
        Defect(description: "nothing moves", pattern: #"moves = 2"#, replacement: "moves = 0"),
        Defect(description: "hardware moves", pattern: #"\nn = m;"#, replacement: "\nif (m != n) moves = 2; n = m;"),
        Defect(description: "requirements are ignored", pattern: #"\) continue;"#, replacement: ") ;"),
        Defect(
            description: "the first choice is forgotten", pattern: #"for \(U (c\d+) = 0;"#,
            replacement: "for (U $1 = 1;"),
        Defect(description: "registers are not kept", pattern: #"U (r\d+_\d+) = [^;]+;"#, replacement: "U $1 = 0;"),
        Defect(
            description: "words are not restored", pattern: #"U (w\d+_\d+) = (w\d+_\d+);"#,
            replacement: "U $1 = $2; $2 ^= 1;"),
        Defect(
            description: "old and new are mixed up", pattern: #"restrict o, const U \*restrict s"#,
            replacement: "restrict s, const U *restrict o"),
        Defect(description: "at rest means always", pattern: #"& 1\) return 0;"#, replacement: "& 1) ;"),
        Defect(description: "leaks are ignored", pattern: #"return 3;"#, replacement: ";"),
        Defect(description: "witnesses are the other way round", pattern: #"return 1; \}"#, replacement: "return 0; }"),
        Defect(description: "all means some", pattern: #" && "#, replacement: " || "),
        Defect(
            description: "a neighbour of the element", pattern: #" \* (\d+)ull \+ (\d+)ull\)"#,
            replacement: " * $1ull + $2ull + 1)"),
        Defect(
            description: "a store that does not clear", pattern: #" = \((w\d+_\d+) & 0x[0-9a-f]+ull\) \|"#,
            replacement: " = $1 |"),
    ]

    private static let codes: [ModelCode] = {
        let models = SpecialModels.models + (0..<14).map { CarelessModel(seed: 50_000 + UInt64($0)).model }
        return models.compactMap { try? ModelCode($0) }
    }()

    @Test("are noticed", arguments: defects)
    func noticed(defect: Defect) throws {
        let expression = try NSRegularExpression(pattern: defect.pattern)
        var changes = 0
        let batch = try Batch(Self.codes) { text in
            let range = NSRange(text.startIndex..., in: text)
            changes = expression.numberOfMatches(in: text, range: range)
            return expression.stringByReplacingMatches(in: text, range: range, withTemplate: defect.replacement)
        }
        #expect(changes > 0)
        let notices = zip(Self.codes, batch.functions).contains { code, functions in
            !Comparison(code, functions, limit: 60, damaged: 40).differences.isEmpty
        }
        #expect(notices)
    }
}
