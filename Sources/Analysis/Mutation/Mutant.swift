import Diagnostics
import Syntax

/// A spec with one small mistake.
public struct Mutant: Sendable {
    /// From 1, in the order of the text; the same for all selections.
    public let number: Int
    public let operatorName: String
    /// The changed spec.
    public let source: SourceText
    /// What was changed, in the original.
    public let span: Span
    /// `` handler `map` ``
    public let container: String
    /// Completes "no claim notices that …".
    public let change: String
    /// The first line that differs, from 1, and the lines that do.
    public let line: Int
    public let diff: [String]

    /// All that the operators make of a file, in the order of the text and then of the operators; equal texts count once.
    public static func all(of tree: FileTree, in source: SourceText) -> [Mutant] {
        var found: [(site: StatementSite, name: String, mutation: SiteMutation)] = []
        for site in MutationSites(of: tree, in: source).all {
            for kind in MutationOperator.all {
                for mutation in kind.mutations(site) { found.append((site, kind.name, mutation)) }
            }
        }
        var seen: Set<[UInt8]> = [source.utf8]
        var result: [Mutant] = []
        for (site, name, mutation) in found {
            let changed = source.applying(mutation.edits)
            guard seen.insert(changed.utf8).inserted else { continue }
            let (line, diff) = source.lines(changedIn: changed)
            result.append(
                Mutant(
                    number: result.count + 1, operatorName: name, source: changed, span: mutation.span,
                    container: site.container, change: mutation.change, line: line, diff: diff))
        }
        return result
    }
}
