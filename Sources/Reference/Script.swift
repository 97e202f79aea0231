import Program

/// The choices of one execution. Executing again and again with ``advance()`` between goes through all combinations,
/// so that whoever executes is written straight on, as if it knew which choice to make.
struct Script: Sendable {
    private var indices: [Int] = []
    private var counts: [Int] = []
    private var position = 0

    /// Which of `count` possibilities is taken; `count` is at least 1.
    mutating func pick(_ count: Int) -> Int {
        if position == indices.count {
            indices.append(0)
            counts.append(count)
        }
        defer { position += 1 }
        return indices[position]
    }

    /// Prepares the next combination; false where there is none.
    mutating func advance() -> Bool {
        position = 0
        while let index = indices.last, let count = counts.last {
            if index + 1 < count {
                indices[indices.count - 1] = index + 1
                return true
            }
            indices.removeLast()
            counts.removeLast()
        }
        return false
    }
}
