import Digests
import Model

/// The C of a model: what ``NativeFunctions`` needs, and who it is.
///
/// The text says everything that the functions do. Equal texts are equal functions, whatever the names in the models.
public struct EmittedCode: Hashable, Sendable {
    public let text: String
    /// Of the text. The library carries it.
    public let digest: String
    public let wordCount: Int

    /// The same with another text, which then has another digest.
    func rewritten(_ rewrite: (String) -> String) -> EmittedCode {
        let changed = rewrite(text).replacing(digest, with: "")
        let digest = SHA256.digest(changed)
        return EmittedCode(
            text: changed.replacing("_digest[] = \"\"", with: "_digest[] = \"\(digest)\""), digest: digest,
            wordCount: wordCount)
    }
}

/// Emits the C of a validated model.
///
/// Code is written for each actor: its indices are constants, and most cells have a fixed place.
struct Emitter {
    /// Raised with every change of the seam.
    static let abi = 2

    let code: ModelCode
    let prefix: String
    let limits: EmissionLimits
    private let widths: [Int]
    var model: Model { code.model }
    var wordCount: Int { code.wordCount }

    init(_ code: ModelCode, prefix: String = "faultline_", limits: EmissionLimits = EmissionLimits()) {
        self.code = code
        self.prefix = prefix
        self.limits = limits
        widths = code.model.variables.map { $0.type.width(sorts: code.model.sorts) }
    }

    /// - Throws: ``NativeFailure/tooLarge(bytes:)``.
    func emit() throws(NativeFailure) -> EmittedCode {
        var text = Self.header
        text += try steps()
        text += judge() + judgeStep() + witness()
        guard text.utf8.count <= limits.bytes else { throw .tooLarge(bytes: limits.bytes) }
        text += "const unsigned \(prefix)abi = \(Self.abi);\n"
        text += "const unsigned \(prefix)words = \(wordCount);\n"
        let digest = SHA256.digest(text)
        text += "const char \(prefix)digest[] = \"\(digest)\";\n"
        return EmittedCode(text: text, digest: digest, wordCount: wordCount)
    }

    static let header = """
        typedef unsigned long long U;
        typedef long long S;
        static inline U shl(U x, U y) { return y < 64 ? x << y : 0; }
        static inline U shr(U x, U y) { return y < 64 ? x >> y : 0; }
        static inline U ones(U x) {
        x = x - (x >> 1 & 0x5555555555555555ull);
        x = (x & 0x3333333333333333ull) + (x >> 2 & 0x3333333333333333ull);
        return (x + (x >> 4) & 0x0f0f0f0f0f0f0f0full) * 0x0101010101010101ull >> 56;
        }

        """

    // MARK: Parts

    func writer(instance: [CValue] = [], state: String, old: String = "s") -> CodeWriter {
        CodeWriter(
            model, widths: widths, wordCount: wordCount, instance: instance, words: names(state),
            oldWords: names(old), limits: limits)
    }

    private func names(_ state: String) -> WordNames {
        wordCount <= limits.variableWords ? .variables((0..<wordCount).map { "\(state)\($0)" }) : .array(state)
    }

    /// Words of a parameter in variables.
    func load(_ state: String, _ writer: inout CodeWriter) {
        guard wordCount <= limits.variableWords else { return }
        for word in 0..<wordCount { writer.line("const U \(state)\(word) = \(state)[\(word)];") }
    }

    func location(of actor: ModelCode.Actor, _ words: WordNames) -> String {
        "(\(words.word(actor.word)) >> \(actor.shift) & \(actor.mask.literal))"
    }
}
