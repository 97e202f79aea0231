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

    /// The lines that are gone in a text made from it, with `-`, and those that are new, with `+`, from top to bottom.
    func lines(changedIn other: SourceText) -> (first: Int, lines: [String]) {
        let old = lines, new = other.lines
        let difference = new.difference(from: old)
        var removed: [Int: String] = [:], inserted: [Int: String] = [:]
        for change in difference.removals {
            if case .remove(let offset, let line, associatedWith: _) = change { removed[offset] = line }
        }
        for change in difference.insertions {
            if case .insert(let offset, let line, associatedWith: _) = change { inserted[offset] = line }
        }
        var result: [String] = []
        var first: Int?
        var left = 0, right = 0
        while left < old.count || right < new.count {
            if let line = removed[left] {
                result.append("- " + line)
                first = first ?? left
                left += 1
            } else if let line = inserted[right] {
                result.append("+ " + line)
                first = first ?? min(left, old.count - 1)
                right += 1
            } else {
                left += 1
                right += 1
            }
        }
        let isMove = removed.values.sorted() == inserted.values.sorted()
        let last = max(removed.keys.max() ?? 0, inserted.keys.max() ?? 0)
        if isMove, let start = first, old.count == new.count, last - start < Self.mostMovedLines {
            let region = start..<min(last + 1, old.count)
            return (start + 1, old[region].map { "- " + $0 } + new[region].map { "+ " + $0 })
        }
        return ((first ?? 0) + 1, result)
    }

    /// Where lines only change places, what they pass is shown, too, unless it is longer.
    private static let mostMovedLines = 5

    private var lines: [String] {
        text(0, utf8.count).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
