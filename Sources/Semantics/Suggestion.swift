/// The known name that was probably meant: the nearest within two edits, the first of equals in the given order.
package func suggestion(for name: String, among known: [String]) -> String? {
    var best: (name: String, distance: Int)?
    for candidate in known where candidate != name {
        let limit = min(2, max(1, name.count / 3))
        let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
        if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var previous = [Int](repeating: 0, count: b.count + 1)
    var row = Array(0...b.count)
    for i in 0..<a.count {
        var next = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in 0..<b.count {
            next[j + 1] = min(row[j] + (a[i] == b[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { next[j + 1] = min(next[j + 1], previous[j - 1] + 1) }
        }
        previous = row
        row = next
    }
    return row[b.count]
}
