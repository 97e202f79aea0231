import Program

/// The choices of one execution. Executing again and again with ``advance()`` between goes through all combinations,
/// so that whoever executes is written straight on, as if it knew which choice to make.
struct Script: Sendable {
    private var indices: [Int] = []
    private var counts: [Int] = []
    private var position = 0
    /// By `choose`, in the order of this execution: what could be chosen from, and which choice that is. The same as long as
    /// all choices before are.
    private var candidates: [Int: (position: Int, all: [Candidate])] = [:]
    private var chooses = 0

    /// Which of `count` possibilities is taken; `count` is at least 1.
    mutating func pick(_ count: Int) -> Int {
        if position == indices.count {
            indices.append(0)
            counts.append(count)
        }
        defer { position += 1 }
        return indices[position]
    }

    /// What the next `choose` is from, where an execution before has found out.
    mutating func knownCandidates() -> [Candidate]? {
        chooses += 1
        return candidates[chooses]?.all
    }

    /// One of what that `choose` could choose from; there is at least one.
    mutating func pick(_ found: [Candidate]) -> Candidate {
        candidates[chooses] = (position, found)
        return found[pick(found.count)]
    }

    /// Prepares the next combination; false where there is none.
    mutating func advance() -> Bool {
        (position, chooses) = (0, 0)
        while let index = indices.last, let count = counts.last {
            if index + 1 < count {
                indices[indices.count - 1] = index + 1
                candidates = candidates.filter { $0.value.position < indices.count }
                return true
            }
            indices.removeLast()
            counts.removeLast()
        }
        return false
    }
}

/// A combination of values that a `choose` could bind.
struct Candidate: Sendable {
    let values: [Value]
    /// The violations of looking at it.
    let violations: [Violation]
    /// Looking at it had no result.
    let failure: Violation?
}
