import Diagnostics
import Semantics

/// A digest that is written into the text of a spec.
public struct Acceptance: Sendable {
    let span: Span
    let replacement: String

    public init(_ anchor: Annotations.Anchor, digest: String) {
        span = anchor.digestSpan
        replacement = anchor.digest == nil ? ", \"\(digest)\"" : "\"\(digest)\""
    }
}

extension SourceText {
    /// The bytes with all digests written; everything else stays as it is.
    public func accepting(_ acceptances: [Acceptance]) -> [UInt8] {
        var result = utf8
        for acceptance in acceptances.sorted(by: { $0.span.start > $1.span.start }) {
            result.replaceSubrange(
                acceptance.span.start..<acceptance.span.end, with: Array(acceptance.replacement.utf8))
        }
        return result
    }
}
