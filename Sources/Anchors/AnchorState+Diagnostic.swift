import Diagnostics
import Semantics

extension AnchorState {
    /// What is to be done about it; nil where nothing is.
    public func diagnostic(_ anchor: Annotations.Anchor) -> Diagnostic? {
        let what = "`\(anchor.function)` of `\(anchor.file)`"
        switch self {
        case .fine: return nil
        case .changed:
            return Diagnostic(
                .citedFunctionChanged, "\(what) has changed since this was compared with it", at: anchor.span,
                notes: [
                    Note("`git log -L :\(anchor.function):\(anchor.file)` in the source tree shows its changes"),
                    Note("where this is still right, `--accept` writes the new digest"),
                ])
        case .unreviewed:
            return Diagnostic(
                .citationNotReviewed, "nobody has compared this with \(what)", at: anchor.span,
                notes: [Note("where both say the same, `--accept` writes its digest")])
        case .fileGone:
            return Diagnostic(
                .citedFileGone, "there is no `\(anchor.file)` in the source tree", at: anchor.span,
                notes: [Note("paths are relative to the top of the tree that the command names")])
        case .functionGone(let holders):
            let notes = holders.map { Note("`\($0)` defines it") }
            return Diagnostic(
                .citedFunctionGone, "`\(anchor.file)` does not define `\(anchor.function)`", at: anchor.span,
                notes: notes)
        }
    }
}
