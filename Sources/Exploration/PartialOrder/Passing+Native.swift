// Unsafe code: runs for every successor of a search.

import Model

/// With compiled functions.
extension Passing {
    /// The successors as states only; nil where the machine has to look.
    mutating func expand(
        _ state: UnsafePointer<UInt64>, _ native: NativeFunctions, into pending: inout PendingStates
    ) -> QuickExpansion? {
        var flags: UInt32 = 0
        let room = rooms.room(0)
        let count = Int(truncatingIfNeeded: native.expand(state, room, UInt64(Self.most), &flags))
        guard Self.isPlain(flags), count <= Self.most else { return nil }
        begin()
        let first = pending.count
        for number in 0..<count {
            guard follow(room + number * (width + 1), Chain(), native, into: &pending) else {
                pending.removeAll(from: first)
                return nil
            }
        }
        blocked.forEachKept { state, _, _ in put(state, into: &pending) }
        return QuickExpansion(
            count: pending.count - first, moves: flags & NativeFunctions.Flags.moves.rawValue != 0)
    }

    private static func isPlain(_ flags: UInt32) -> Bool {
        flags & (NativeFunctions.Flags.violation.rawValue | NativeFunctions.Flags.fault.rawValue) == 0
    }

    /// Takes a successor in, or what is behind it; false where the machine has to look.
    private mutating func follow(
        _ state: UnsafeMutablePointer<UInt64>, _ chain: Chain, _ native: NativeFunctions,
        into pending: inout PendingStates
    ) -> Bool {
        let label = SuccessorLabel(word: state[width])
        blocked.noteStep(label.actor)
        guard let next = next(chain, action: label.action, actor: code.actors[label.actor], state: state) else {
            put(state, into: &pending)
            return count()
        }
        var flags: UInt32 = 0
        let room = rooms.room(next.depth)
        let successors = Int(
            truncatingIfNeeded: native.expandActor(state, UInt32(label.actor), room, UInt64(Self.most), &flags))
        guard Self.isPlain(flags), successors <= Self.most else { return false }
        if judgesSteps, native.judgeStep(state, state) != 0 {
            // A property of steps that is violated by a step that changes nothing it looks at: such steps must be seen.
            put(state, into: &pending)
            guard count() else { return false }
        }
        if successors == 0 {
            blocked.append(state, action: label.action, actor: label.actor)
            guard count() else { return false }
        }
        for number in 0..<successors {
            guard follow(room + number * (width + 1), next, native, into: &pending) else { return false }
        }
        return true
    }

    @inline(__always)
    private func put(_ state: UnsafePointer<UInt64>, into pending: inout PendingStates) {
        pending.reserve(words: width).update(from: state, count: width)
        _ = pending.take(length: width)
    }
}
