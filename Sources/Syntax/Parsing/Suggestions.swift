/// Finds the keyword that a misspelt word was probably meant to be.
enum Suggestions {
    /// What other languages call it.
    private static let foreign: [String: Keyword] = [
        "for": .each, "foreach": .each, "switch": .match, "def": .fun, "function": .fun, "struct": .record,
        "val": .let, "wait": .await, "thread": .process, "acquire": .lock, "release": .unlock,
        "forall": .all, "every": .all, "exists": .some, "any": .some,
    ]

    /// The closest candidate within two edits (one for short words); the first of several equally close ones.
    static func closest(to word: String, among candidates: [Keyword]) -> Keyword? {
        if let keyword = foreign[word], candidates.contains(keyword) { return keyword }
        guard word.utf8.count > 2, word.utf8.count < 20 else { return nil }
        let allowed = word.utf8.count <= 4 ? 1 : 2
        var best: (keyword: Keyword, distance: Int)?
        for candidate in candidates {
            let distance = editDistance(Array(word.utf8), Array(candidate.rawValue.utf8))
            if distance <= allowed, distance < (best?.distance ?? .max) { best = (candidate, distance) }
        }
        return best?.keyword
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
    static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (x == y ? 0 : 1))
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { best = min(best, beforePrevious[j - 1] + 1) }
                row.append(best)
            }
            beforePrevious = previous
            previous = row
        }
        return previous[b.count]
    }
}
