import Digests

/// The definitions of one function in a C file, as a citation sees them.
///
/// A file may define a function more than once, under different `#if`s: all of them count. A function-like macro counts
/// as well, and so does a body behind a macro that is given the name (`SYSCALL_DEFINE3(mprotect, …) { … }`).
public struct CFunction: Sendable {
    /// The first line of each definition, from 1.
    public let lines: [Int]
    /// The first 16 hexadecimal digits of the SHA-256 of all tokens, so without white space and comments.
    public let digest: String

    /// Nil where the text defines no such function.
    public init?(_ name: String, in text: [UInt8]) {
        var finder = CDefinitionFinder(CLexer.tokens(of: text))
        let definitions = finder.definitions(of: name)
        guard !definitions.isEmpty else { return nil }
        lines = definitions.map { $0[$0.startIndex].line }
        let spelled = definitions.map { $0.map(\.text).joined(separator: "\n") }.joined(separator: "\n\n")
        digest = String(SHA256.digest(spelled).prefix(16))
    }
}
