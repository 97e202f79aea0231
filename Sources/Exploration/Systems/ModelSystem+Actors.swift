// Unsafe code: called for every turn of a search by switches.

import Model

extension ModelSystem {
    /// The steps of one actor as states only, by compiled functions. Nil where there are none, or where a step of any
    /// actor meets a violation.
    ///
    /// Cost: the steps of all actors are made, and those of others are thrown away. That is cheaper than the machine.
    func expandQuickly(
        _ state: UnsafeBufferPointer<UInt64>, actor: Int, into pending: inout PendingStates
    ) -> QuickExpansion? {
        guard let native, let words = state.baseAddress else { return nil }
        let row = state.count + 1
        var flags: UInt32 = 0
        var place = pending.reserve(words: 16 * row)
        var room = pending.freeWords / row
        var count = Int(truncatingIfNeeded: native.expand(words, place, UInt64(room), &flags))
        if flags & (NativeFunctions.Flags.violation.rawValue | NativeFunctions.Flags.fault.rawValue) != 0 { return nil }
        // So many are taken in parts.
        if count > 1 << 14 { return nil }
        if count > room {
            place = pending.reserve(words: count * row)
            room = count
            count = Int(truncatingIfNeeded: native.expand(words, place, UInt64(room), &flags))
        }
        let own = Self.rows(of: actor, place, row, count)
        if own.lowerBound > 0, !own.isEmpty { place.update(from: place + own.lowerBound * row, count: own.count * row) }
        for _ in own { _ = pending.take(length: row - 1, gap: 1) }
        return QuickExpansion(count: own.count, moves: flags & NativeFunctions.Flags.moves.rawValue != 0)
    }

    /// The rows of an actor follow one another, and their labels are behind their words.
    private static func rows(
        of actor: Int, _ place: UnsafeMutablePointer<UInt64>, _ row: Int, _ count: Int
    ) -> Range<Int> {
        var first = 0
        while first < count, SuccessorLabel(word: place[first * row + row - 1]).actor != actor { first += 1 }
        var end = first
        while end < count, SuccessorLabel(word: place[end * row + row - 1]).actor == actor { end += 1 }
        return first..<end
    }
}
