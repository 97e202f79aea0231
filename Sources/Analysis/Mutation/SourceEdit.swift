import Diagnostics

/// A piece of a source text that is replaced.
public struct SourceEdit: Sendable, Hashable {
    /// Byte offsets.
    public let range: Range<Int>
    public let replacement: String

    init(_ range: Range<Int>, _ replacement: String) {
        self.range = range
        self.replacement = replacement
    }
}

extension SourceText {
    /// The text with some pieces replaced; none of them overlap.
    func applying(_ edits: [SourceEdit]) -> SourceText {
        var result: [UInt8] = []
        var next = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += utf8[next..<max(next, edit.range.lowerBound)]
            result += edit.replacement.utf8
            next = max(next, edit.range.upperBound)
        }
        return SourceText(name: name, utf8: result + utf8[next...])
    }

    /// The lines that differ from those of a text made from it: old ones begin with `-`, new ones with `+`.
    ///
    /// Common lines in between are left out.
    func lines(changedIn other: SourceText) -> (first: Int, lines: [String]) {
        let old = lines, new = other.lines
        var front = 0
        while front < min(old.count, new.count), old[front] == new[front] { front += 1 }
        var back = 0
        while back < min(old.count, new.count) - front, old[old.count - 1 - back] == new[new.count - 1 - back] {
            back += 1
        }
        let gone = old[front..<old.count - back], added = new[front..<new.count - back]
        // Where locks and their unlocks are gone, what lies between is left out.
        let keptLines = Set(added)
        let common = Set(gone).intersection(keptLines)
        let shownOld = gone.count > Self.mostLines ? gone.filter { !common.contains($0) } : Array(gone)
        let shownNew = gone.count > Self.mostLines ? added.filter { !common.contains($0) } : Array(added)
        return (front + 1, shownOld.map { "- " + $0 } + shownNew.map { "+ " + $0 })
    }

    /// A difference of more lines is shown without those that are the same.
    private static let mostLines = 8

    private var lines: [String] {
        text(0, utf8.count).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
